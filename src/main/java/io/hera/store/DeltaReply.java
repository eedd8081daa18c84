package io.hera.store;

/** The reply to a {@link DeltaRequest}. */
public sealed interface DeltaReply permits DeltaResponse, DeltaReply.Refused {
  /**
   * Two processes use one name (P9).
   *
   * @param reason for a person
   */
  record Refused(String reason) implements DeltaReply {}
}

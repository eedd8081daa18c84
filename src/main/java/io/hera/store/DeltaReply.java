package io.hera.store;

/** The reply to a {@link DeltaRequest}. */
public sealed interface DeltaReply permits DeltaResponse, DeltaReply.Refused {
  /**
   * Two processes use one name (P9).
   *
   * @param reason for a person
   */
  record Refused(String reason) implements DeltaReply {}

  /** Returns what it cost to make the reply: to find its entries. */
  default long work() {
    return this instanceof DeltaResponse response
        ? Slices.LOOK * (1 + 2L * response.delta().size())
        : Slices.LOOK;
  }
}

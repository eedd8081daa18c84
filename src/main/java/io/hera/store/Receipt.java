package io.hera.store;

import io.hera.registry.Comparison;
import io.hera.registry.Digest;

/** What became of a peer's answer. */
public sealed interface Receipt {
  /**
   * The answer was merged.
   *
   * @param next what to ask a peer for now
   * @param comparison of the peer's checksums with those of this node
   * @param future how many entries were refused because their version is too far in the future (P3)
   */
  record Taken(Digest next, Comparison comparison, int future) implements Receipt {}

  /**
   * The peer is not the one that was expected (P9); nothing was merged.
   *
   * @param reason for a person
   */
  record Refused(String reason) implements Receipt {}
}

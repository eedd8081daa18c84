package io.hera.gossip;

import java.util.Optional;

/** How far the recovery from one peer is. Owned by {@link Recovery}. */
final class RecoveryPeer {
  /** Whether a peer is to be pulled before the node is ready. */
  enum Pull {
    /** Not before it has paid: until then it is not known to be reachable. */
    LATER,
    DUE,
    DONE
  }

  boolean owes = true;
  /** Whether a pull of all origins comes before the debt is asked for again. */
  boolean othersFirst;
  /** What it owes: the own entries above this version. */
  long above;

  Pull pull = Pull.LATER;
  boolean pulling;
  /** Not to be asked before the next retry. */
  boolean rests;

  Optional<Failure.Kind> failed = Optional.empty();

  boolean asksForOwn() {
    return owes && !othersFirst;
  }

  boolean isNext() {
    return pull == Pull.DUE && !pulling && !rests;
  }

  boolean refuses() {
    return failed.equals(Optional.of(Failure.Kind.REFUSED));
  }
}

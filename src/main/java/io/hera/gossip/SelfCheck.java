package io.hera.gossip;

import io.hera.registry.Comparison;
import java.util.HashSet;
import java.util.Set;

/**
 * When to compare with one peer, and what to make of it (protocol.md, Self-check). Plain single-threaded Java, owned by
 * {@link Peer}; times are monotonic milliseconds.
 *
 * <p>The horizons promise that two nodes become equal, and this looks whether they have. It costs a few bytes a minute as long as
 * all is well. A registration that expires here a moment before it does there is no divergence: so a difference is looked at
 * again with the next pull, and believed when it is still there. Then everything of that origin is asked for from 0. Where that
 * does not help, which takes a node that holds what it should not or is configured otherwise, it is tried ever more rarely.
 */
public final class SelfCheck {
  static final long INTERVAL_MILLIS = 60_000;
  private static final int DOUBLINGS_MAX = 6;

  private final long intervalMillis;
  private final Set<String> suspects = new HashSet<>();
  private long notBefore = Long.MIN_VALUE;
  private int repairs;

  /** Looks about once in {@code intervalMillis}, or once in 64 of them where repairs do not help. */
  public SelfCheck(long intervalMillis) {
    this.intervalMillis = intervalMillis;
  }

  /** Whether the next pull is to ask for checksums. */
  public boolean due(long nowMillis) {
    return !suspects.isEmpty() || nowMillis >= notBefore;
  }

  /**
   * The peer's checksums were compared with ours.
   *
   * @return the origins to be asked for again from 0
   */
  public Set<String> compared(Comparison found, long nowMillis) {
    Set<String> confirmed = new HashSet<>(found.differing());
    confirmed.retainAll(suspects);
    suspects.addAll(found.differing());
    suspects.removeAll(found.same());
    suspects.removeAll(confirmed);
    if (!confirmed.isEmpty()) {
      repairs++;
    } else if (found.differing().isEmpty()) {
      repairs = 0;
    }
    notBefore = nowMillis + interval();
    return confirmed;
  }

  private long interval() {
    int doublings = Math.min(DOUBLINGS_MAX, Math.max(0, repairs - 1));
    return intervalMillis << doublings;
  }
}

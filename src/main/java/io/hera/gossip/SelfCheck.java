package io.hera.gossip;

import io.hera.registry.Comparison;
import io.hera.registry.Divergence;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;

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
  private final Set<Divergence> suspects = new HashSet<>();
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
   * @return the differences that are certain: their entries are to be asked for again from 0
   */
  public Set<Divergence> compared(Comparison found, long nowMillis) {
    Set<Divergence> differing = differing(found);
    Set<Divergence> confirmed = new HashSet<>(differing);
    confirmed.retainAll(suspects);
    suspects.addAll(differing);
    suspects.removeAll(same(found));
    suspects.removeAll(confirmed);
    if (!confirmed.isEmpty()) {
      repairs++;
    } else if (differing.isEmpty()) {
      repairs = 0;
    }
    notBefore = nowMillis + interval();
    return confirmed;
  }

  /** An origin that differs explains why something else is shown. */
  private static Set<Divergence> differing(Comparison found) {
    return found.differing().isEmpty() && found.view() == Comparison.View.DIFFERS
        ? Set.of(new Divergence.OfView())
        : ofOrigins(found.differing());
  }

  private static Set<Divergence> same(Comparison found) {
    Set<Divergence> same = ofOrigins(found.same());
    if (found.view() == Comparison.View.SAME) {
      same.add(new Divergence.OfView());
    }
    return same;
  }

  private static Set<Divergence> ofOrigins(Set<String> origins) {
    return origins.stream().map(Divergence.OfOrigin::new).collect(Collectors.toSet());
  }

  private long interval() {
    int doublings = Math.min(DOUBLINGS_MAX, Math.max(0, repairs - 1));
    return intervalMillis << doublings;
  }
}

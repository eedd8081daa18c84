package io.hera.registry;

import java.time.InstantSource;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * The time of the current turn, and the detection of pauses (P10, P11, P15). Owned by
 * {@link Registry}.
 *
 * <p>Each turn reads both clocks once. The wall clock may step and be wrong; it orders writes
 * through the {@linkplain AgreedTime agreed time} only. Boot time keeps deadlines.
 *
 * <p>The purge timer takes a turn at least every {@value Registry#PURGE_INTERVAL_MILLIS} ms. A turn
 * that comes more than a second later than that shows that the process was held up, by garbage
 * collection, SIGSTOP or a suspended machine. The renewals that clients sent meanwhile wait in
 * socket buffers, or went to other nodes; the node must read them before it expires anything. The
 * deadlines of own entries therefore move on by the time lost. The entries of another origin are
 * kept until this node has its writes from after the pause ({@link #release}), or until the hold is
 * over.
 */
final class TurnClock {
  private static final long PAUSE_MILLIS = 1_000;
  private static final long ELECTION_MILLIS = 1_000;
  /** Jitter between the reading of the two clocks; a larger difference is a step. */
  private static final long STEP_MILLIS = 20;

  private final InstantSource wall;
  private final LongSupplier bootNanos;
  private final long startNanos;

  private final AgreedTime agreed = new AgreedTime();
  private final ClockJumps jumps = new ClockJumps();
  private long nowMillis;
  private long bootMillis;
  private long electionDueMillis;
  private long heldUntilMillis;
  private long heldSinceVersion;
  private int pauses;

  TurnClock(InstantSource wall, LongSupplier bootNanos) {
    this.wall = wall;
    this.bootNanos = bootNanos;
    this.startNanos = bootNanos.getAsLong();
  }

  /**
   * Begins a turn: reads both clocks, and detects a pause.
   *
   * @param limits {@code livenessMillis} is for how long entries of other origins are kept after a
   *     pause
   * @return for how many milliseconds the process was held up, 0 if it was not
   */
  long turn(RegistryLimits limits) {
    long wallMillis = wall.millis();
    long before = bootMillis;
    bootMillis = (bootNanos.getAsLong() - startNanos) / 1_000_000;
    elect(wallMillis, limits.maxSkewMillis());
    long lateMillis = bootMillis - before - Registry.PURGE_INTERVAL_MILLIS;
    if (lateMillis <= PAUSE_MILLIS) {
      return 0;
    }
    pauses++;
    heldUntilMillis = bootMillis + limits.livenessMillis();
    heldSinceVersion = nowMillis;
    return lateMillis;
  }

  private void elect(long wallMillis, long maxSkewMillis) {
    long driftMillis = Math.abs(wallMillis - bootMillis - agreed.ownOffsetMillis());
    if (agreed.followsWall() || driftMillis > STEP_MILLIS || bootMillis >= electionDueMillis) {
      agreed.elect(wallMillis, bootMillis, maxSkewMillis / 2);
      jumps.observe(agreed.ownOffsetMillis(), bootMillis);
      electionDueMillis = bootMillis + ELECTION_MILLIS;
    }
    nowMillis = agreed.millisAt(bootMillis);
  }

  /** Records the wall clock of a peer, which votes from the next turn (P15). */
  void heard(String peer, long wallMillis) {
    agreed.heard(peer, wallMillis, bootMillis);
    electionDueMillis = bootMillis;
  }

  /**
   * Returns when the life of a peer began, not earlier than it did.
   *
   * @param since the same by its wall clock, which may be behind; 0 if it is unknown, as the result then is
   */
  long beganMillis(String peer, long since) {
    return since == 0 ? 0 : since + agreed.behindMillis(peer);
  }

  /** Whether the clocks of all these peers were heard in the last minute. */
  boolean heardAll(Set<String> peers) {
    return agreed.heardAll(peers);
  }

  /** Takes away the votes of nodes that are not members any more. */
  void members(Set<String> members) {
    agreed.retain(members);
    electionDueMillis = bootMillis;
  }

  /** Returns the agreed unix time of this turn (P15). */
  long nowMillis() {
    return nowMillis;
  }

  /** Returns the agreed time minus the wall clock, and the number of votes. */
  ClockStatus status() {
    return new ClockStatus(agreed.correctionMillis(), agreed.voters(), agreed.contradicts());
  }

  /** Returns how often the wall clock and boot time jumped apart since the start (P9). */
  int jumps() {
    return jumps.count();
  }

  /**
   * Returns the boot time from the creation of the registry to this turn; it never goes back, and
   * does not stand still while the machine is suspended.
   */
  long bootMillis() {
    return bootMillis;
  }

  /** Returns the time of this turn on the scale of {@code replica}'s deadlines. */
  long millisOf(Replica replica) {
    return replica.millisAt(bootMillis);
  }

  /** Whether expired entries of this other origin are kept, because of a pause. */
  boolean holds(Replica replica) {
    return bootMillis < heldUntilMillis && replica.pauseReleased() != pauses;
  }

  /** Whether the entries of any origin may be kept because of a pause. */
  boolean holding() {
    return bootMillis < heldUntilMillis;
  }

  /** Records that a pull from the node of this origin begins. */
  void pullBegins(Replica replica) {
    replica.pauseAsked(pauses);
  }

  /** Ends the hold of an origin: its node has answered a pull that began after the pause. */
  void pullEndsWell(Replica replica) {
    if (replica.pauseAsked() == pauses) {
      replica.pauseReleased(pauses);
    }
  }

  /**
   * Ends the hold of an origin if a peer has sent its writes from after the pause.
   */
  void release(Replica replica) {
    if (replica.horizon.reached() > heldSinceVersion) {
      replica.pauseReleased(pauses);
    }
  }
}

package io.hera.registry;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * This node as the origin of its own entries: it issues their versions and answers peers for them
 * (P1, P4, P7, P8). Owned by {@link Registry}.
 *
 * <p>A peer may know more of this node than the node itself: after a restart, or when its clock was
 * ahead. The peer ignores every version that is not above its horizon, so this node has to speak
 * above its former versions. Three rules achieve that:
 *
 * <ul>
 *   <li>While it recovers, it takes no writes and asks its peers for its own entries (P7). Once it
 *       is synchronised, it looks at the keys again that it has written since.
 *   <li>When it learns of a version of its own above {@code last}, it raises its clock to it, and
 *       <i>restamps</i> its entries: it gives them new versions (P8).
 *   <li>When the agreed time was ahead and was corrected, it resets its clock and restamps (P4).
 * </ul>
 */
final class OwnOrigin {
  /**
   * How far {@code last} may exceed the accepted future without a wrong clock: a write may have to
   * exceed an entry at the very edge of it.
   */
  private static final long CLOCK_SLACK_MILLIS = 1_000;

  private static final long RESTAMP_INTERVAL_MILLIS = 5_000;
  /** An age does not include the time of an answer on its way. */
  private static final long TRANSIT_MILLIS = 1_000;

  private final Membership membership;
  private final Replica replica;
  private final HybridClock clock;
  private final Slots slots;
  private final TurnClock time;
  private final Admission admission;
  private final Map<Claim, Long> claims = new EnumMap<>(Claim.class);
  private final EarlyWrites early = new EarlyWrites();
  private final OwedResets resets = new OwedResets();

  private final Restamp restamp;

  private boolean recovering = true;
  private long restampedAtMillis = -RESTAMP_INTERVAL_MILLIS;
  private boolean outdated;

  OwnOrigin(
      Membership membership, HybridClock clock, Slots slots, TurnClock time, Admission admission) {
    this.membership = membership;
    this.replica = membership.own();
    this.clock = clock;
    this.slots = slots;
    this.time = time;
    this.admission = admission;
    this.restamp = new Restamp(replica, slots, clock);
  }

  /** Whether writes are refused, because the node does not have its own entries back yet (P7). */
  boolean recovering() {
    return recovering;
  }

  void recovered() {
    recovering = false;
  }

  /** Whether the node has what its peers held when it started (P7). */
  boolean isSynchronised() {
    return early.over();
  }

  /**
   * Ends the start: a key that was written in it is written again, with the same deadline, if
   * another origin's entry has arrived that hides the write and is not a later one (P7).
   */
  void synchronised(View view) {
    early.end(key -> {
      Slot slot = view.slot(key, replica);
      Slot winner = view.winner(key);
      if (slot != null && winner != null && winner != slot && !isLater(winner, slot)) {
        slots.lift(slot, tick(slot, winner, slot.document.length));
      }
    });
  }

  /** Whether an entry was accepted after another one, by their ages and more than by their time on the way. */
  private static boolean isLater(Slot winner, Slot slot) {
    return winner.acceptedMillis() - slot.acceptedMillis() > TRANSIT_MILLIS;
  }

  /** Returns the smallest version issued. */
  long first() {
    return clock.first();
  }

  /** Returns the newest version issued. */
  long last() {
    return clock.last();
  }

  /** Returns the newest version that a peer may know. */
  long exposed() {
    return clock.exposed();
  }

  /**
   * Whether a peer knows versions above those of own entries, which therefore need new ones (P8).
   */
  boolean outdated() {
    return outdated || restamp.isPending();
  }

  /** Whether own entries wait for new versions, which each turn gives to some of them (P4, P8). */
  boolean restamping() {
    return restamp.isPending();
  }

  /** Returns the horizon of the own name in the digest of a pull: 0 while recovering (P7). */
  long horizon() {
    return recovering ? 0 : clock.last();
  }

  /** Whether versions are ahead of the agreed time, which was corrected since (P4). */
  boolean ahead() {
    long futureMillis = admission.limits().maxSkewMillis() + CLOCK_SLACK_MILLIS;
    return clock.last() > time.nowMillis() + futureMillis;
  }

  /**
   * Begins a turn: extends the deadlines after a pause (P11), and restamps if the clock was put
   * back (P4) or a restamp is due (P8). A node that recovers has issued no version, and the agreed
   * time may be wrong until more peers have answered (P15): it does not put its clock back.
   *
   * @param lateMillis for how long the process was held up
   * @param future whether entries from the future of other origins are still here
   * @param slotsMax most entries to restamp in this turn
   */
  void turn(long lateMillis, Future future, int slotsMax) {
    replica.extend(lateMillis);
    if (!recovering && future == Future.GONE && ahead()) {
      restamp.reset(time.nowMillis());
    }
    restampIfDue();
    restamp.bound(time.nowMillis() + admission.limits().maxSkewMillis());
    restamp.slice(slotsMax);
  }

  /** Whether entries that P3 no longer allows are still to be dropped. */
  enum Future {
    GONE,
    HERE
  }

  /**
   * Writes a registration.
   *
   * @param winner the winner of the key
   * @param ttlMillis as in {@link Registry#put}
   */
  void register(Key key, @Nullable Slot winner, byte[] document, long ttlMillis) {
    boolean keeps = ttlMillis == 0 && winner != null && winner.registered() && winner.ttlChosen;
    long chosen = keeps && winner != null ? winner.ttlMillis : ttlMillis;
    RegistryLimits limits = admission.limits();
    Slot slot = slots.open(key, replica);
    early.add(key);
    slots.register(
        slot,
        document,
        tick(slot, winner, document.length),
        chosen > 0 ? Slots.TtlSource.CLIENT : Slots.TtlSource.LIVENESS,
        chosen > 0 ? limits.grantTtl(chosen) : limits.livenessMillis(),
        time.millisOf(replica));
  }

  /** Writes a drain (P18); its ttl is granted by the caller. */
  void drain(Key key, @Nullable Slot winner, byte[] document, long ttlMillis) {
    Slot slot = slots.open(key, replica);
    early.add(key);
    long version = tick(slot, winner, document.length);
    slots.register(
        slot, document, version, Slots.TtlSource.CLIENT, ttlMillis, time.millisOf(replica));
  }

  /** Writes a tombstone (P12). */
  void remove(Key key, @Nullable Slot winner) {
    Slot slot = slots.open(key, replica);
    early.add(key);
    long keepMillis = admission.tombstoneKeepMillis(key);
    slots.remove(slot, tick(slot, winner, 0), keepMillis, time.millisOf(replica));
  }

  /**
   * Adds the own origin to an answer, and seals what the answer claims (P1, P5). The part is empty
   * while the node recovers: it does not know its own entries yet.
   *
   * @param asker the member that asks; empty if it is not known
   * @param seen the horizon of the asker
   */
  void answer(PageBuilder page, Optional<String> asker, long seen) {
    if (recovering) {
      page.add(replica, seen, seen);
    } else if (seen > clock.last()) {
      answerClaim(page, asker, seen);
    } else {
      answerOrdinarily(page, asker, seen);
    }
  }

  private void answerOrdinarily(PageBuilder page, Optional<String> asker, long seen) {
    OwedResets.Answer answer =
        asker.map(member -> resets.next(member, seen)).orElse(OwedResets.Answer.ORDINARY);
    switch (answer) {
      case ORDINARY -> page.add(replica, seen, clock.last());
      case EMPTY_RESET -> page.addEmptyReset(replica);
      case FULL_RESET -> page.addReset(replica, clock.last());
    }
    clock.seal(clock.last());
  }

  /**
   * Takes back own entries that a peer returned (P7). After the recovery, the horizons of peers may
   * be above these entries, so the members have to go back. A peer that could not be asked before
   * may also reveal versions above those that this life has issued already (P8).
   */
  Merged adopt(Merger merger, OriginDelta part) {
    boolean spoke = clock.first() <= clock.last();
    Merger.Adopted adopted = merger.adopt(part);
    if (!recovering && adopted.merged().applied() > 0) {
      resets.owe(membership.members());
    }
    outdated |= spoke && adopted.later();
    return adopted.merged();
  }

  /**
   * Issues a version for a write to {@code slot} (P1). The version exceeds that of the winner, if
   * another origin wrote it. The clock exceeds the own entries anyway, unless it was put back (P4):
   * then the version exceeds what the own entry hides.
   */
  private long tick(Slot slot, @Nullable Slot winner, int documentBytes) {
    Slot below = winner == slot && slot.version > clock.last() ? slot.rival : winner;
    long witnessed = below == null || below == slot ? 0 : below.version;
    long replacedBytes = slot.version == clock.last() ? slot.pageBytes() : 0;
    return clock.tick(time.nowMillis(), witnessed, slot.pageBytes(documentBytes), replacedBytes);
  }

  /**
   * Answers a peer that claims to have seen versions of this node which the node does not know (P8):
   * the node was wiped, or its versions were lowered. New versions must lie above the claim, and a
   * member gets all own entries whatever its horizon is. Nothing is restamped: for that, an entry of
   * the former life has to come back ({@link #adopt}).
   */
  private void answerClaim(PageBuilder page, Optional<String> asker, long seen) {
    Claim claim = claim(asker, seen);
    claims.merge(claim, 1L, Long::sum);
    if (claim == Claim.EARLY || claim == Claim.FUTURE) {
      page.add(replica, seen, seen);
      return;
    }
    clock.raise(seen);
    if (claim == Claim.MEMBER) {
      page.addReset(replica, clock.last());
    } else {
      page.add(replica, seen, clock.last());
    }
    clock.seal(clock.last());
  }

  private Claim claim(Optional<String> asker, long seen) {
    long skewMillis = admission.limits().maxSkewMillis();
    if (seen > time.nowMillis() + skewMillis) {
      return Claim.FUTURE;
    }
    if (seen > time.nowMillis() + skewMillis / 2) {
      return Claim.EARLY;
    }
    return asker.isPresent() ? Claim.MEMBER : Claim.STRANGER;
  }

  /** Returns how many claims there were since the start, by kind. */
  Map<Claim, Long> claims() {
    return claims;
  }

  /**
   * Restamps if entries are outdated, at most once per interval; a later claim waits for its end.
   */
  private void restampIfDue() {
    if (outdated && time.bootMillis() - restampedAtMillis >= RESTAMP_INTERVAL_MILLIS) {
      outdated = false;
      restampedAtMillis = time.bootMillis();
      restamp.all();
    }
  }
}

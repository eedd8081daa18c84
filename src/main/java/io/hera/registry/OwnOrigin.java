package io.hera.registry;

import org.jspecify.annotations.Nullable;

/**
 * What this node does as the origin of its own entries: issues their versions, answers for them, and makes good when others
 * remember more of it than it does itself (PROTOCOL P1, P4, P7, P8). Owned by {@link Registry}.
 */
final class OwnOrigin {
  /** A write may exceed a version shown at the very edge of the accepted future; that alone is no wrong clock. */
  private static final long CLOCK_SLACK_MILLIS = 1_000;

  private static final long RESTAMP_INTERVAL_MILLIS = 5_000;

  private final Replica replica;
  private final HybridClock clock;
  private final Slots slots;
  private final TurnClock time;
  private final Admission caps;
  private final Refusals refusals;

  private boolean recovering = true;
  private long restampedAt = -RESTAMP_INTERVAL_MILLIS;
  /** Others know later versions of this node than some of its own words have (P8). */
  private boolean outdated;

  OwnOrigin(
      Replica replica,
      HybridClock clock,
      Slots slots,
      TurnClock time,
      Admission caps,
      Refusals refusals) {
    this.replica = replica;
    this.clock = clock;
    this.slots = slots;
    this.time = time;
    this.caps = caps;
    this.refusals = refusals;
  }

  boolean recovering() {
    return recovering;
  }

  void recovered() {
    recovering = false;
  }

  /** The newest version issued. */
  long last() {
    return clock.last();
  }

  /** The newest version that anybody may know of. */
  long exposed() {
    return clock.exposed();
  }

  /** Whether own words wait to be written anew (P8). */
  boolean outdated() {
    return outdated;
  }

  /** What a pull asks for: while recovering everything (P7). */
  long horizon() {
    return recovering ? 0 : clock.last();
  }

  /** Whether versions were issued by a clock that has been put back since (P4). */
  boolean ahead() {
    return clock.last() > time.now() + caps.bounds().maxSkewMillis() + CLOCK_SLACK_MILLIS;
  }

  /** A turn begins, after {@code lateMillis} in which the process was held up (P11): our clock may have been put back (P4). */
  void turn(long lateMillis) {
    replica.extend(lateMillis);
    if (ahead()) {
      clock.reset(time.now());
      slots.restamp(replica, clock);
    }
    restampIfOutdated();
  }

  /** Here it is; {@code shown} is what the view holds for the key, {@code ttlMillis} as in {@link Registry#put}. */
  void register(Key key, @Nullable Slot shown, byte[] document, long ttlMillis) {
    boolean keeps = ttlMillis == 0 && shown != null && shown.registered() && shown.ttlChosen;
    long chosen = keeps && shown != null ? shown.ttlMillis : ttlMillis;
    Slot slot = slots.open(key, replica);
    slot.ttlChosen = chosen > 0;
    long ttl = chosen > 0 ? caps.bounds().clampTtl(chosen) : caps.bounds().livenessMillis();
    slots.register(slot, document, tick(slot, shown, document.length), ttl, time.of(replica));
  }

  /** It is gone (P12). */
  void remove(Key key, @Nullable Slot shown) {
    Slot slot = slots.open(key, replica);
    slots.remove(slot, tick(slot, shown, 0), caps.tombstoneTtl(), time.of(replica));
  }

  /** P5 and P8. A node that is still recovering does not know yet what it has to say of itself. */
  void answer(PageBuilder page, long seen) {
    if (recovering) {
      page.add(replica, seen, seen, false);
    } else if (seen > clock.last()) {
      answerToTheWiser(page, seen);
    } else {
      page.add(replica, seen, clock.last(), false);
      clock.seal(clock.last());
    }
  }

  /** P7; and P8 when a peer that could not be asked before knows more of this node than it does itself. */
  Merged adopt(Merger merger, OriginDelta part) {
    long before = horizon();
    Merged merged = merger.adopt(part, before);
    outdated |= !recovering && clock.last() > before;
    return merged;
  }

  /** P1: a write to {@code slot} must exceed what another origin is shown with; own words the clock exceeds anyway. */
  private long tick(Slot slot, @Nullable Slot shown, int documentBytes) {
    long rival = shown == null || shown == slot ? 0 : shown.version;
    long replaced = slot.version == clock.last() ? slot.cost() : 0;
    return clock.tick(time.now(), rival, slot.cost(documentBytes), replaced);
  }

  /**
   * P8: the asker has seen later versions of us than we know of; we were wiped, or our clock was put back. What is newer than
   * its word must come after it, and so must all that is alive: else what the asker still holds of that earlier time would
   * hide it. A claim on the future is not believed, and not everything is written anew for each claim.
   */
  private void answerToTheWiser(PageBuilder page, long seen) {
    if (seen > time.now() + caps.bounds().maxSkewMillis() / 2) {
      refusals.count(Refusal.FUTURE_DIGEST);
      page.add(replica, seen, seen, false);
      return;
    }
    clock.raise(seen);
    outdated = true;
    restampIfOutdated();
    page.add(replica, 0, clock.last(), true);
    clock.seal(clock.last());
  }

  /** Not for each of many claims, but after the last of them. */
  private void restampIfOutdated() {
    if (outdated && time.monotonic() - restampedAt >= RESTAMP_INTERVAL_MILLIS) {
      outdated = false;
      restampedAt = time.monotonic();
      slots.restamp(replica, clock);
    }
  }
}

package io.hera.registry;

import java.time.InstantSource;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The whole state of a node and the rules by which it changes: one replica an origin, the view over all of them, and the
 * clock of the own origin. Plain single-threaded Java; the store verticle owns the one instance of a node.
 *
 * <p>Each verb is a <i>turn</i>: it reads both clocks once, notices if time has done something odd (P4, P11) and then does its
 * work. The rules that it keeps are those of the replication protocol; see the package's manual.
 */
public final class Registry {
  /** How often {@link #purge} is to be called, and how late it may call itself on time. */
  public static final long PURGE_INTERVAL_MILLIS = 250;

  /** A write may exceed a version shown at the very edge of the accepted future; that alone is no wrong clock. */
  private static final long CLOCK_SLACK_MILLIS = 1_000;

  private static final long RESTAMP_INTERVAL_MILLIS = 5_000;

  private final Time time;
  private final HybridClock clock = new HybridClock();
  private final Membership membership;
  private final Replica own;
  private final View view;
  private final Slots slots;
  private final Caps caps;
  private final Refusals refusals = new Refusals();
  private final Merger merger;

  private boolean recovering = true;
  private long expired;
  private long restampedAt = -RESTAMP_INTERVAL_MILLIS;
  /** Others know later versions of this node than some of its own words have (P8). */
  private boolean outdated;

  /**
   * A registry that is recovering: it takes no writes until {@link #recovered}.
   *
   * @param name the own origin
   * @param members names of the nodes of the cluster
   * @param wall unix time; may step and be wrong
   * @param monotonicNanos never goes back
   * @param listener is told of every change of the view
   */
  public Registry(
      String name,
      Set<String> members,
      Bounds bounds,
      InstantSource wall,
      LongSupplier monotonicNanos,
      ViewListener listener) {
    time = new Time(wall, monotonicNanos);
    membership = new Membership(name);
    own = membership.own();
    view = new View(listener);
    slots = new Slots(view, bounds.livenessMillis());
    caps = new Caps(view, slots, bounds);
    merger = new Merger(membership, view, slots, clock, time, caps, refusals);
    configure(members, bounds);
  }

  /** Changes the cluster and the bounds. What is held of a node that left expires like anything else. */
  public void configure(Set<String> members, Bounds bounds) {
    membership.members(members);
    caps.bounds(bounds);
  }

  // What clients ask for.

  /**
   * Registers an instance, or renews it with a document.
   *
   * @param document one JSON object, checked; nobody changes it from now on
   * @param ttlMillis the ttl that the client chose, or 0 if it names none: then one chosen before is kept
   */
  public Outcome put(Key key, byte[] document, long ttlMillis) {
    turn();
    if (recovering) {
      return Outcome.RECOVERING;
    }
    Slot shown = view.winner(key);
    boolean known = shown != null && shown.registered();
    Outcome outcome = known ? Outcome.DONE : caps.roomFor(key, document.length);
    if (outcome == Outcome.DONE) {
      register(key, shown, document, ttlMillis);
    }
    return outcome;
  }

  /** Renews an instance with the document that it has; {@code ttlMillis} as in {@link #put}. */
  public Outcome renew(Key key, long ttlMillis) {
    turn();
    if (recovering) {
      return Outcome.RECOVERING;
    }
    Slot shown = view.winner(key);
    if (shown == null || !shown.registered()) {
      return Outcome.UNKNOWN_INSTANCE;
    }
    register(key, shown, shown.document, ttlMillis);
    return Outcome.DONE;
  }

  /** Deregisters an instance, known or not: a registration of it that is still on its way here is hidden too (P12). */
  public Outcome remove(Key key) {
    turn();
    if (recovering) {
      return Outcome.RECOVERING;
    }
    Slot shown = view.winner(key);
    if (shown != null || caps.roomForTombstone()) {
      Slot slot = slots.open(key, own);
      slots.remove(slot, tick(slot, shown, 0), caps.tombstoneTtl(), time.of(own));
    }
    return Outcome.DONE;
  }

  /** The instance as it is shown, or null. */
  public @Nullable Found find(Key key) {
    turn();
    Slot shown = view.winner(key);
    if (shown == null || !shown.registered()) {
      return null;
    }
    long remaining = shown.deadline - time.of(shown.replica);
    return new Found(shown.document, Math.max(0, remaining), shown.replica.origin);
  }

  /** Gives the instances shown of a service, ids in byte order. */
  public void forEach(String service, BiConsumer<String, byte[]> reader) {
    view.forEach(service, reader);
  }

  /** Services shown, in byte order, with the number of their instances. */
  public SortedMap<String, Integer> services() {
    return view.counts();
  }

  // What gossip asks for.

  /** What to ask a peer for. Begins a pull: whatever was refused before is asked for again (P5). */
  public Digest digest() {
    turn();
    time.pullBegins();
    membership.replicas().forEach(Replica::retry);
    return digest(recovering ? 0 : clock.last());
  }

  /** What to ask the same peer for after a page that did not hold everything. */
  public Digest nextDigest() {
    return digest(clock.last());
  }

  /** A pull has ended well, with nothing left to ask for. */
  public void pulled() {
    time.pullEndsWell();
  }

  /**
   * What this node has above {@code asked}, at most a page. Only members that are asked for are answered for. What is answered
   * of the own origin is sealed: no later write gets a version within it (P1).
   *
   * @param pageBytesMax when to stop; exceeded by at most one tie of equal versions
   */
  public Delta delta(Digest asked, Dialect dialect, int pageBytesMax) {
    turn();
    PageBuilder page =
        new PageBuilder(dialect, time.monotonic(), slots.longestTtlMillis(), pageBytesMax);
    asked.horizons().forEach((name, seen) -> {
      if (name.equals(own.origin)) {
        answerForOwn(page, seen);
      } else if (membership.isMember(name)) {
        Replica replica = membership.replica(name);
        page.add(replica, seen, Math.max(seen, replica.horizon()), false);
      }
    });
    return page.build();
  }

  /** Applies what a peer has answered. Entries of the own origin are taken back as own (P7). */
  public Merged merge(Delta delta) {
    turn();
    Merged merged = Merged.NOTHING;
    for (OriginDelta part : delta.origins()) {
      boolean mine = part.origin().equals(own.origin);
      merged = merged.plus(mine ? adopt(part) : merger.apply(part));
    }
    return merged;
  }

  // What time asks for.

  /** The node has its own entries back, or has waited for them long enough (P7). */
  public void recovered() {
    recovering = false;
  }

  /** Whether writes are refused still. */
  public boolean recovering() {
    return recovering;
  }

  /**
   * Drops what has expired.
   *
   * @param slotsMax how many slots to look at, at most
   * @return whether there may be more to do at once
   */
  public boolean purge(int slotsMax) {
    turn();
    for (Replica replica : membership.replicas()) {
      if (replica != own) {
        merger.dropFuture(replica);
      }
    }
    for (int looked = 0; looked < slotsMax; looked++) {
      Slot slot = slots.poll(time.monotonic());
      if (slot == null) {
        return false;
      }
      visit(slot);
    }
    return true;
  }

  /** A reading for people and for metrics. */
  public RegistryStats stats() {
    Map<String, RegistryStats.OriginStats> origins = new TreeMap<>();
    for (Replica replica : membership.replicas()) {
      long horizon = replica == own ? clock.last() : replica.horizon();
      origins.put(replica.origin, new RegistryStats.OriginStats(replica.size(), horizon));
    }
    return new RegistryStats(
        recovering,
        view.instances(),
        view.services(),
        slots.tombstones(),
        slots.bytes(),
        expired,
        origins,
        refusals.counts());
  }

  private Digest digest(long ownHorizon) {
    Map<String, Long> horizons = new TreeMap<>();
    for (String name : membership.members()) {
      Replica replica = membership.replica(name);
      horizons.put(name, replica == own ? ownHorizon : replica.reached());
    }
    return new Digest(horizons);
  }

  private void turn() {
    own.extend(time.turn(caps.bounds().livenessMillis()));
    if (clock.last() > merger.limit() + CLOCK_SLACK_MILLIS) {
      clock.reset(time.now());
      slots.restamp(own, clock);
    }
    restampIfOutdated();
  }

  /** Not for each of many claims, but after the last of them. */
  private void restampIfOutdated() {
    if (outdated && time.monotonic() - restampedAt >= RESTAMP_INTERVAL_MILLIS) {
      outdated = false;
      restampedAt = time.monotonic();
      slots.restamp(own, clock);
    }
  }

  private void register(Key key, @Nullable Slot shown, byte[] document, long ttlMillis) {
    boolean keeps = ttlMillis == 0 && shown != null && shown.registered() && shown.ttlChosen;
    long chosen = keeps && shown != null ? shown.ttlMillis : ttlMillis;
    Slot slot = slots.open(key, own);
    slot.ttlChosen = chosen > 0;
    long ttl = chosen > 0 ? caps.bounds().clampTtl(chosen) : caps.bounds().livenessMillis();
    slots.register(slot, document, tick(slot, shown, document.length), ttl, time.of(own));
  }

  /** P1: a write to {@code slot} must exceed what another origin is shown with; own words the clock exceeds anyway. */
  private long tick(Slot slot, @Nullable Slot shown, int documentBytes) {
    long rival = shown == null || shown == slot ? 0 : shown.version;
    long replaced = slot.version == clock.last() ? slot.cost() : 0;
    return clock.tick(time.now(), rival, slot.cost(documentBytes), replaced);
  }

  /** P7; and P8 when a peer that could not be asked before knows more of this node than it does itself. */
  private Merged adopt(OriginDelta part) {
    if (recovering) {
      return merger.adopt(part, 0);
    }
    long before = clock.last();
    Merged merged = merger.adopt(part, before);
    outdated |= clock.last() > before;
    return merged;
  }

  /** P5 and P8. A node that is still recovering does not know yet what it has to say of itself. */
  private void answerForOwn(PageBuilder page, long seen) {
    if (recovering) {
      page.add(own, seen, seen, false);
    } else if (seen > clock.last()) {
      answerToTheWiser(page, seen);
    } else {
      page.add(own, seen, clock.last(), false);
      clock.seal(clock.last());
    }
  }

  /**
   * P8: the asker has seen later versions of us than we know of; we were wiped, or our clock was put back. What is newer than
   * its word must come after it, and so must all that is alive: else what the asker still holds of that earlier time would
   * hide it. A claim on the future is not believed, and not everything is written anew for each claim.
   */
  private void answerToTheWiser(PageBuilder page, long seen) {
    if (seen > time.now() + caps.bounds().maxSkewMillis() / 2) {
      refusals.count(Refusal.FUTURE_DIGEST);
      page.add(own, seen, seen, false);
      return;
    }
    clock.raise(seen);
    outdated = true;
    restampIfOutdated();
    page.add(own, 0, clock.last(), true);
    clock.seal(clock.last());
  }

  private void visit(Slot slot) {
    boolean mine = slot.replica == own;
    long due = slot.replica.due(slot.deadline);
    if (due > time.monotonic()) {
      slots.revisit(slot, due);
    } else if (!mine && time.holding()) {
      slots.revisit(slot, time.monotonic() + 1_000);
    } else if (!slot.registered()) {
      slots.drop(slot);
    } else {
      expired++;
      expire(slot);
    }
  }

  /** Also a word that is hidden leaves its trace: an older one of the same origin may be all that a peer has. */
  private void expire(Slot slot) {
    if (caps.roomForExpired()) {
      slots.expire(slot, slot.version, slot.ttlMillis, slot.deadline - slot.ttlMillis);
    } else {
      slots.drop(slot);
    }
  }
}

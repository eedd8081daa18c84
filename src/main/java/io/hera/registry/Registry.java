package io.hera.registry;

import java.time.InstantSource;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The whole state of a node and the rules by which it changes: one replica an origin, the view over all of them, and the
 * own origin. Plain single-threaded Java; the store verticle owns the one instance of a node.
 *
 * <p>Each verb is a <i>turn</i>: it reads both clocks once, notices if time has done something odd (P4, P11) and then does its
 * work. The rules that it keeps are those of the replication protocol; see the package's manual.
 */
public final class Registry {
  /** How often {@link #purge} is to be called, and how late it may call itself on time. */
  public static final long PURGE_INTERVAL_MILLIS = 250;

  /** A self-check that would have to purge more than this is left to another time. */
  private static final int CHECK_SLOTS_MAX = 10_000;

  // Package-private for the simulation's observer, which looks without taking a turn.
  final Membership membership;
  final OwnOrigin own;
  final View view;
  final Slots slots;
  final TurnClock time;

  private final Admission caps;
  private final Refusals refusals = new Refusals();
  private final Merger merger;
  private final Checksums checksums;

  private long expired;

  /**
   * A registry that is recovering: it takes no writes until {@link #recovered}.
   *
   * @param name the own origin
   * @param members names of the nodes of the cluster
   * @param wall unix time; may step and be wrong
   * @param monotonicNanos never goes back
   * @param hash tells what the content of an instance is
   * @param listener is told of every change of the view
   */
  public Registry(
      String name,
      Set<String> members,
      RegistryLimits bounds,
      InstantSource wall,
      LongSupplier monotonicNanos,
      ContentHash hash,
      ViewListener listener) {
    time = new TurnClock(wall, monotonicNanos);
    membership = new Membership(name);
    view = new View(hash, listener);
    slots = new Slots(view, bounds.livenessMillis());
    caps = new Admission(view, slots, bounds);
    HybridClock clock = new HybridClock();
    own = new OwnOrigin(membership.own(), clock, slots, time, caps, refusals);
    merger = new Merger(membership, view, slots, clock, time, caps, refusals);
    checksums = new Checksums(membership, slots, time, own::last);
    configure(members, bounds);
  }

  /** Changes the cluster and the bounds. What is held of a node that left expires like anything else. */
  public void configure(Set<String> members, RegistryLimits bounds) {
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
    if (own.recovering()) {
      return Outcome.RECOVERING;
    }
    Slot shown = view.winner(key);
    boolean known = shown != null && shown.registered();
    Outcome outcome = known ? Outcome.DONE : caps.roomFor(key, document.length);
    if (outcome == Outcome.DONE) {
      own.register(key, shown, document, ttlMillis);
    }
    return outcome;
  }

  /** Renews an instance with the document that it has; {@code ttlMillis} as in {@link #put}. */
  public Outcome renew(Key key, long ttlMillis) {
    turn();
    if (own.recovering()) {
      return Outcome.RECOVERING;
    }
    Slot shown = view.winner(key);
    if (shown == null || !shown.registered()) {
      return Outcome.UNKNOWN_INSTANCE;
    }
    own.register(key, shown, shown.document, ttlMillis);
    return Outcome.DONE;
  }

  /** Deregisters an instance, known or not: a registration of it that is still on its way here is hidden too (P12). */
  public Outcome remove(Key key) {
    turn();
    if (own.recovering()) {
      return Outcome.RECOVERING;
    }
    Slot shown = view.winner(key);
    if (shown != null || caps.roomForTombstone()) {
      own.remove(key, shown);
    }
    return Outcome.DONE;
  }

  /** The instance as it is shown, or null. */
  public @Nullable InstanceView find(Key key) {
    turn();
    Slot shown = view.winner(key);
    if (shown == null || !shown.registered()) {
      return null;
    }
    long remaining = shown.deadline - time.of(shown.replica);
    ContentVersion content = Objects.requireNonNull(shown.content);
    return new InstanceView(shown.document, Math.max(0, remaining), shown.replica.origin, content);
  }

  /** The document shown for the instance, or null. */
  public byte @Nullable [] shown(Key key) {
    Service service = view.service(key.service());
    return service == null ? null : service.shown(key.id());
  }

  /** Gives the instances shown of a service, ids in byte order. */
  public void forEach(String service, BiConsumer<String, byte[]> reader) {
    view.forEach(service, reader);
  }

  /** Services shown, in byte order, with the number of their instances. */
  public SortedMap<String, Integer> services() {
    return view.counts();
  }

  /** The content of all instances of the service. */
  public ContentVersion content(String service) {
    Service found = view.service(service);
    return found == null ? ContentVersion.NONE : found.content();
  }

  /** The content of everything. */
  public ContentVersion content() {
    return view.content();
  }

  /** How many instances of the service are shown. */
  public int instances(String service) {
    Service found = view.service(service);
    return found == null ? 0 : found.shown();
  }

  // What gossip asks for.

  /** What to ask a peer for. Begins a pull: whatever was refused before is asked for again (P5). */
  public Digest digest() {
    turn();
    time.pullBegins();
    membership.replicas().forEach(Replica::retry);
    return digest(own.horizon());
  }

  /** What to ask the same peer for after a page that did not hold everything. */
  public Digest nextDigest() {
    return digest(own.last());
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
      if (isOwn(name)) {
        own.answer(page, seen);
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
      merged = merged.plus(isOwn(part.origin()) ? own.adopt(merger, part) : merger.apply(part));
    }
    return merged;
  }

  // What the self-check asks for.

  /**
   * What is held of each origin that was asked for; nothing of one that a peer cannot compare with. To be asked for in the same
   * turn as {@link #delta}: then what is said of the own origin is sealed.
   */
  public Map<String, Checksum> checksums(Digest asked) {
    if (!settled()) {
      return Map.of();
    }
    Map<String, Checksum> all = checksums.all();
    all.keySet().retainAll(asked.horizons().keySet());
    return all;
  }

  /** How a peer's checksums, which came with a delta that is merged now, compare with the own ones. */
  public Comparison compare(Map<String, Checksum> theirs) {
    return settled() ? checksums.compare(theirs) : new Comparison(Set.of(), Set.of());
  }

  /** Counts that a peer held something else of {@code origin} at the same horizon. */
  public void diverged(String origin) {
    if (membership.isMember(origin)) {
      membership.replica(origin).diverge();
    }
  }

  /** Whether exactly what is alive is held: everything due is purged, and nothing is kept that has expired (P11). */
  private boolean settled() {
    return !purge(CHECK_SLOTS_MAX) && !time.holding() && !own.recovering();
  }

  // What time asks for.

  /** The node has its own entries back, or has waited for them long enough (P7). */
  public void recovered() {
    own.recovered();
  }

  /** The newest version issued: while it stays the same, nobody who has asked has missed a write. */
  public long last() {
    return own.last();
  }

  /** Whether writes are refused still. */
  public boolean recovering() {
    return own.recovering();
  }

  /**
   * Drops what has expired.
   *
   * @param slotsMax how many slots to look at, at most
   * @return whether there may be more to do at once
   */
  public boolean purge(int slotsMax) {
    turn();
    dropFuture();
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
      origins.put(
          replica.origin,
          new RegistryStats.OriginStats(replica.size(), checksums.of(replica), replica.diverged()));
    }
    return new RegistryStats(
        own.recovering(),
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
      horizons.put(name, replica == membership.own() ? ownHorizon : replica.reached());
    }
    return new Digest(horizons);
  }

  /** Own words are not written anew above those of others that are from the future by the corrected clock (P3, P4). */
  private void turn() {
    long lateMillis = time.turn(caps.bounds().livenessMillis());
    if (own.ahead()) {
      dropFuture();
    }
    own.turn(lateMillis);
  }

  private void dropFuture() {
    for (Replica replica : membership.replicas()) {
      if (replica != membership.own()) {
        merger.dropFuture(replica);
      }
    }
  }

  private boolean isOwn(String origin) {
    return origin.equals(membership.own().origin);
  }

  private void visit(Slot slot) {
    boolean mine = slot.replica == membership.own();
    long due = slot.replica.due(slot.deadline);
    if (due > time.monotonic()) {
      slots.revisit(slot, due);
    } else if (!mine && time.holding()) {
      slots.revisit(slot, time.monotonic() + 1_000);
    } else if (!slot.registered() && slot.hidesUntil() > 0) {
      slots.prolong(slot, Math.max(slot.hidesUntil(), time.monotonic() + 1_000) - due);
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

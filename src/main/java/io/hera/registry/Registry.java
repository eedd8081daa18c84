package io.hera.registry;

import io.hera.registry.OwnOrigin.Future;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The state of one node: a replica per origin, and the view over all of them. It keeps the rules of
 * the replication protocol; the {@linkplain io.hera.registry package description} explains them.
 *
 * <p>A registry is plain single-threaded Java. The store owns the one instance of a node and calls it from one event loop.
 *
 * <p>Each method that may change something is a <i>turn</i>: it first reads both clocks, detects a
 * pause (P11) or an agreed time that was put back (P4), and then does its work.
 */
public final class Registry {
  /** The interval of {@link #purge}; a turn more than a second later than this shows a pause (P11). */
  public static final long PURGE_INTERVAL_MILLIS = 250;

  /** Entries from the future that a turn drops (P3), and entries that it restamps (P4, P8). */
  static final int TURN_SLOTS_MAX = 1_000;

  // Package-private for the observer of the simulation, which reads them without taking a turn.
  final Membership membership;
  final OwnOrigin own;
  final View view;
  final Slots slots;
  final TurnClock time;
  /** Lowered by the simulation, whose nodes hold few entries. */
  int turnSlotsMax = TURN_SLOTS_MAX;

  private final Admission admission;
  private final Merger merger;
  private final Replication replication;
  private final Expiry expiry;
  private final Checksums checksums;
  private final Census census;
  private final Absences absences;
  private final Snapshots snapshots;
  private final ClientWrites writes;
  private final Drains drains;
  private final Entries entries;

  /**
   * Creates a registry that is recovering: it takes no writes until {@link #recovered} (P7).
   *
   * @param name the own origin
   * @param members names of the nodes of the cluster
   * @param wall unix time; may step and be wrong
   * @param bootNanos a time that never goes back, and goes on while the machine is suspended
   * @param hash the content of an instance
   * @param listener is notified of each change of the view, within the turn
   */
  public Registry(
      String name,
      Set<String> members,
      RegistryLimits limits,
      InstantSource wall,
      LongSupplier bootNanos,
      ContentHash hash,
      ViewListener listener) {
    time = new TurnClock(wall, bootNanos);
    membership = new Membership(name);
    Silences silences = new Silences(membership.own(), time::nowMillis, listener);
    view = new View(hash, listener, silences, time::bootMillis);
    slots = new Slots(view, limits.livenessMillis());
    admission = new Admission(view, slots, limits);
    HybridClock clock = new HybridClock();
    Refusals refusals = new Refusals();
    own = new OwnOrigin(membership, clock, slots, time, admission);
    merger = new Merger(membership, view, slots, clock, time, admission, refusals);
    absences = new Absences(membership, view, slots);
    replication = new Replication(membership, own, slots, merger, time, admission, absences);
    snapshots = new Snapshots(membership, view, slots, clock, time, admission, refusals);
    expiry = new Expiry(membership.own(), slots, time, admission);
    entries = new Entries(view, membership, expiry, time);
    checksums =
        new Checksums(membership, slots, time, own::last, view::compared, this::purgeForCheck);
    writes = new ClientWrites(membership.own(), view, own, admission, time);
    drains = new Drains(membership, view, own, time, admission);
    census = new Census(membership, own, view, slots, expiry, checksums, drains, refusals, time);
    configure(members, limits);
  }

  /** Replaces members and limits. The entries of a node that left expire like any other. */
  public void configure(Set<String> members, RegistryLimits limits) {
    membership.members(members);
    time.members(members);
    admission.limits(limits);
  }

  // Writes of clients.

  /**
   * Registers an instance, or renews it with a document, one JSON object, which must not be modified any more.
   *
   * @param ttlMillis chosen by the client; 0 if it chose none, which keeps an earlier choice
   */
  public Outcome put(Key key, byte[] document, long ttlMillis) {
    turn();
    return writes.put(key, document, ttlMillis);
  }

  /** Renews an instance with its document; {@code ttlMillis} as in {@link #put}. Before it is synchronised, a node knows no unknown ones (P7). */
  public Outcome renew(Key key, long ttlMillis) {
    turn();
    return writes.renew(key, ttlMillis);
  }

  /** Deregisters an instance, an unknown one too: its registration may be on its way (P12). */
  public Outcome remove(Key key) {
    turn();
    return writes.remove(key);
  }

  /** Returns the drains (P18). */
  public Drains drains() {
    turn();
    return drains;
  }

  /** Returns an instance, drained or not, or null. It is never one whose deadline has passed. */
  public @Nullable InstanceView instance(Key key) {
    turn();
    expiry.expireIfDue(view, key);
    return view.instance(key, time);
  }

  /** Returns what reads entries. */
  public Entries entries() {
    turn();
    return entries;
  }

  /** Returns the view, for reading between two turns. */
  public View view() {
    return view;
  }

  // Exchanges with peers.

  /** Begins a pull from a member: returns its first digest, which asks again for every entry that was refused before (P5). */
  public Digest digest(String peer) {
    turn();
    return replication.firstDigest(peer);
  }

  /** Returns what a peer is to be asked for now, without beginning a pull. */
  public Digest nextDigest(String peer) {
    return replication.nextDigest(peer);
  }

  /** Returns the same for the next request of a pull, which may be behind those from others (P14). */
  public Digest nextOfPull(String peer) {
    return absences.goesOn(peer, replication.nextDigest(peer));
  }

  /** Ends a pull that has got everything that the member has. */
  public void pulled(String peer) {
    replication.pulled(peer);
  }

  /** Returns the agreed unix time of the last turn (P15). */
  public long nowMillis() {
    return time.nowMillis();
  }

  /** Returns the state of the node's clock (P15). */
  public ClockStatus clock() {
    return time.status();
  }

  /** Returns how often the wall clock and boot time jumped apart (P9). */
  public int clockJumps() {
    return time.jumps();
  }

  /** Records the wall clock of a member that has just answered in version 2 (P15). */
  public void heard(String peer, long wallMillis) {
    time.heard(peer, wallMillis);
  }

  /**
   * Returns the entries above {@code asked}, at most a page. The part of the own origin is sealed: no
   * later write gets a version within it (P1). A known member goes back to 0 if own entries have
   * come back that its horizon hides (P7), or if it claims later ones (P8).
   *
   * @param pageBytesMax size of the page, which one tie of equal versions may exceed
   */
  public Delta delta(Asker asker, Digest asked, Dialect dialect, int pageBytesMax) {
    turn();
    return replication.delta(asker, asked, dialect, pageBytesMax);
  }

  /** Returns the origins of entries here that {@code asked} does not name, with horizons (P16). */
  public Map<String, Long> held(Digest asked) {
    return replication.held(asked);
  }

  /**
   * Applies the answer of a peer. Entries of the own origin are adopted as own entries (P7).
   *
   * @param origins those asked for, which the peer may answer for; parts of others are refused (P16)
   * @param exact those of which it has the true ttls and ages: what a node of 2012 has passed on has none (P6)
   */
  public Merged merge(Delta delta, Set<String> origins, Set<String> exact) {
    turn();
    return replication.merge(delta, origins, exact);
  }

  /** Names these origins in the next digest of the present pull: a peer holds entries of them. */
  public void want(Set<String> origins) {
    membership.want(origins);
  }

  /** Returns the checksums that nodes compare. */
  public Checksums checksums() {
    return checksums;
  }

  /** Notes that all of a peer's answer was merged: restored entries that it does not name have ended (P14). Its clock tells {@code since}. */
  public void answered(String peer, long since, Digest asked, Delta answer, Set<String> origins) {
    absences.answered(peer, time.beganMillis(peer, since), asked, answer, origins);
  }

  /** Returns the peer that does not have an entry, while a {@link Change} of the kind ABSENT is handled. */
  public String absentAt() {
    return absences.teller();
  }

  /** Returns what a snapshot takes and brings back. */
  public Snapshots snapshots() {
    turn();
    return snapshots;
  }

  /** Ends the recovery: own entries are back, or the wait for them is over (P7). */
  public void recovered() {
    own.recovered();
  }

  /** Ends the start: the entries of the peers are here, or the wait for them is over (P7). */
  public void synchronised() {
    turn();
    own.synchronised(view);
    drains.synchronised();
  }

  /** Whether writes are refused, because the recovery has not ended. */
  public boolean recovering() {
    return own.recovering();
  }

  /** Returns the newest version issued: while it stays, a peer that asked has missed no write. */
  public long last() {
    return own.last();
  }

  /**
   * Purges expired entries, drops entries from the future by the agreed time (P3), and restamps own
   * ones that wait for it (P4, P8): a slice of each.
   *
   * @param slotsMax most slots to purge, and most to drop
   * @return whether more may be due
   */
  public boolean purge(int slotsMax) {
    turn();
    boolean future = merger.dropFuture(slotsMax);
    boolean absent = absences.drop(slotsMax);
    boolean due = expiry.purge(slotsMax);
    drains.prolong();
    return future || absent || due || own.restamping() || drains.walk(slotsMax);
  }

  /** Returns counts. */
  public RegistryStats stats() {
    return census.take();
  }

  /** Begins a turn. If the agreed time was put back, entries from the future go before own ones are restamped (P3, P4). */
  private void turn() {
    long lateMillis = time.turn(admission.limits());
    boolean future = own.ahead() && merger.dropFuture(turnSlotsMax);
    own.turn(lateMillis, future ? Future.HERE : Future.GONE, turnSlotsMax);
  }

  /**
   * Purges before a self-check and its delta. Returns whether exactly the live entries are held now:
   * none is due, none is kept after a pause (P11), and the own ones are complete.
   */
  public boolean purgeForCheck() {
    return !purge(Checksums.SLOTS_MAX) && !time.holding() && !own.recovering();
  }
}

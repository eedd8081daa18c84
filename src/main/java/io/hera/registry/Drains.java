package io.hera.registry;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * The drains: what operators say of instances, beside what their clients say (P18). Owned by
 * {@link Registry}.
 *
 * <p>A drain is an entry like any other, under a key of its own: a selector of instances in place of an
 * id. So it has a version, travels between nodes, expires, leaves tombstones, and is saved. The client's
 * writes touch another key, and cannot undo it. {@link Showing} decides which instances are shown.
 *
 * <p><i>Lasting drains.</i> A drain that has no end of its own would be lost with its origin. So after
 * half of its time some node that holds it writes a copy, which is an entry of that node. It waits for a
 * moment when all members are heard, so that it knows of a removal, for ten days at most.
 *
 * <p><i>Commands.</i> A document says when its command was given, and a copy says the same. So a removal
 * ends the copies too that were written without it, whichever of the two has the later version. A removal
 * has no document; its version says when it was given.
 */
public final class Drains {
  /** The service of the keys of drains; no client can use it. */
  public static final String SERVICE = "_drain";

  /** How long a drain lasts that has no end of its own, from the last time that a node wrote it. */
  public static final long TTL_MILLIS = TimeUnit.DAYS.toMillis(30);

  /** Most drains in force for which a node takes a further one from a client. */
  public static final int MAX = 1_000;

  /** The same for keys of drains, most of them with tombstones. */
  static final int KEYS_MAX = 4 * MAX;

  /** How long the tombstone of a drain is kept. */
  static final long TOMBSTONE_MILLIS = 2 * TTL_MILLIS;

  private static final long PROLONG_MILLIS = TTL_MILLIS / 2;
  /** When a copy does not wait any more for a moment when all members are heard. */
  private static final long PROLONG_ALONE_MILLIS = TTL_MILLIS / 6 * 5;

  /** Within this time after either, each node has its own moment: mostly one node writes. */
  private static final long SPREAD_MILLIS = TimeUnit.DAYS.toMillis(1);

  private static final long LOOK_MILLIS = TimeUnit.MINUTES.toMillis(1);

  private final Membership membership;
  private final View view;
  private final OwnOrigin own;
  private final TurnClock time;
  private final Admission admission;
  private long lookDueMillis = LOOK_MILLIS;

  Drains(Membership membership, View view, OwnOrigin own, TurnClock time, Admission admission) {
    this.membership = membership;
    this.view = view;
    this.own = own;
    this.time = time;
    this.admission = admission;
  }

  /**
   * A drain in force.
   *
   * @param selector the text of its selector
   * @param document a JSON object, as the operator's node made it; not to be modified
   * @param origin the node that wrote it last
   * @param commandMillis agreed unix time of the operator's command
   * @param endMillis agreed unix time of its end; empty if it lasts
   * @param instances how many instances it matches
   */
  public record State(
      String selector,
      byte[] document,
      String origin,
      long commandMillis,
      OptionalLong endMillis,
      int instances) {}

  /**
   * A drain that hides an instance.
   *
   * @param selector the text of its selector
   * @param reason why, as the operator says; perhaps empty
   * @param by the identity of the operator; empty without access control
   */
  public record Hiding(String selector, String reason, String by) {}

  /** Returns the drains in force, in no particular order. */
  public List<State> all() {
    return view.drains().all().stream().map(this::state).toList();
  }

  private State state(Drain drain) {
    Slot slot = drain.slot;
    return new State(
        slot.id,
        slot.document,
        slot.replica.origin,
        view.drains().command(slot),
        lasts(slot) ? OptionalLong.empty() : OptionalLong.of(time.nowMillis() + leftMillis(slot)),
        drain.instances);
  }

  private long leftMillis(Slot slot) {
    return Math.max(0, slot.deadlineMillis - time.millisOf(slot.replica));
  }

  private static boolean lasts(Slot slot) {
    return slot.ttlMillis >= TTL_MILLIS;
  }

  /** Returns counts. */
  RegistryStats.Drained stats() {
    OptionalLong first = view.drains().all().stream()
        .filter(drain -> lasts(drain.slot))
        .mapToLong(drain -> view.drains().command(drain.slot))
        .min();
    return new RegistryStats.Drained(
        view.drains().size(),
        view.all().drained(),
        first.isPresent()
            ? OptionalLong.of(Math.max(0, time.nowMillis() - first.getAsLong()))
            : first);
  }

  /** Returns the services that a drain would leave without an instance that is shown. */
  public Emptied emptied(Selector selector) {
    return new Emptied(view, selector);
  }

  /**
   * Hides the instances that match, from the next {@link #walk} on: another drain of the same selector
   * is replaced.
   *
   * @param document a JSON object; the caller must not modify it any more
   * @param ttlMillis when it ends; 0 if it lasts
   */
  public Outcome put(Selector selector, byte[] document, long ttlMillis) {
    if (own.recovering()) {
      return Outcome.RECOVERING;
    }
    Key key = selector.drainKey();
    boolean oneMore = !view.drains().has(key.id());
    if (oneMore && (view.drains().size() >= MAX || !hasRoomFor(key))) {
      return Outcome.DRAINS_FULL;
    }
    Slot winner = view.winner(key);
    long command = Math.max(time.nowMillis(), view.drains().lastCommand(winner) + 1);
    byte[] commanded = DrainIndex.withCommand(document, command);
    own.drain(key, winner, commanded, ttlMillis > 0 ? ttlMillis : TTL_MILLIS);
    return Outcome.DONE;
  }

  /** Ends a drain; one that is not known may be on its way, and ends too (P12). */
  public Outcome remove(Selector selector) {
    if (own.recovering()) {
      return Outcome.RECOVERING;
    }
    Key key = selector.drainKey();
    if (!hasRoomFor(key)) {
      return Outcome.TOMBSTONES_FULL;
    }
    own.remove(key, view.winner(key));
    return Outcome.DONE;
  }

  private boolean hasRoomFor(Key key) {
    return view.winner(key) != null || admission.drainKeys() < KEYS_MAX;
  }

  /**
   * Looks at a bounded number of instances, whether drains match them; returns whether more are to be
   * looked at.
   */
  public boolean walk(int looksMax) {
    return view.showing().walk(looksMax);
  }

  /**
   * Ends the start. A drain that came back with the snapshot, and that no peer has returned, is held by this node alone: its own
   * node has lost it. Peers that have asked beyond its version would never get it, so a copy is written.
   */
  void synchronised() {
    view.drains().all().stream()
        .map(drain -> drain.slot)
        .filter(slot -> slot.replica != membership.own())
        .filter(slot -> slot.restored)
        .toList()
        .forEach(slot -> copy(slot, lasts(slot) ? TTL_MILLIS : leftMillis(slot)));
  }

  private void copy(Slot slot, long ttlMillis) {
    if (view.drains().hasCommand(slot)) {
      Key key = new Key(SERVICE, slot.id);
      own.drain(key, view.winner(key), slot.document, ttlMillis);
    }
  }

  /** Writes copies of lasting drains that are old. */
  void prolong() {
    if (time.bootMillis() < lookDueMillis || view.drains().size() == 0) {
      return;
    }
    lookDueMillis = time.bootMillis() + LOOK_MILLIS;
    Set<String> peers = new HashSet<>(membership.members());
    peers.remove(membership.own().origin);
    if (!own.recovering()) {
      long olderMillis = time.heardAll(peers) ? PROLONG_MILLIS : PROLONG_ALONE_MILLIS;
      new ArrayList<>(view.drains().all()).forEach(drain -> prolong(drain.slot, olderMillis));
    }
  }

  private void prolong(Slot slot, long olderMillis) {
    long ageMillis = time.bootMillis() - slot.acceptedMillis();
    long hash = Checksum.hash(membership.own().origin, slot.id, 0);
    boolean old = ageMillis > olderMillis + (hash >>> 1) % SPREAD_MILLIS;
    if (lasts(slot) && old) {
      copy(slot, TTL_MILLIS);
    }
  }
}

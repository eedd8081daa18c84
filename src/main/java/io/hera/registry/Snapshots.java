package io.hera.registry;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a snapshot takes from a registry, and brings back to it (P14). Owned by {@link Registry}.
 *
 * <p>A snapshot holds what this node would answer to a peer that asks from 0, and the entries that
 * it shows without knowing them to be complete. An entry that comes back is <i>restored</i>: it is shown,
 * and can be renewed, but it is neither restamped nor believed to be alive still, until something
 * confirms it.
 */
public final class Snapshots {
  private static final double LOT_MAX = 0.1;

  private final Membership membership;
  private final View view;
  private final Slots slots;
  private final HybridClock clock;
  private final TurnClock time;
  private final Admission admission;
  private final Refusals refusals;

  Snapshots(
      Membership membership,
      View view,
      Slots slots,
      HybridClock clock,
      TurnClock time,
      Admission admission,
      Refusals refusals) {
    this.membership = membership;
    this.view = view;
    this.slots = slots;
    this.clock = clock;
    this.time = time;
    this.admission = admission;
    this.refusals = refusals;
  }

  /** Returns the origins of which there are entries, this node among them. */
  public List<String> origins() {
    return membership.replicas().stream()
        .filter(replica -> replica.size() > 0 || replica == membership.own())
        .map(replica -> replica.origin)
        .toList();
  }

  /**
   * Returns the next page of an origin: its entries above {@code above}, at most {@code bytesMax} of
   * them or one tie. Own versions are sealed, as by an answer (P1): no later write gets one of them.
   */
  public SnapshotPage page(String origin, long above, int bytesMax) {
    Replica replica = membership.replica(origin);
    boolean own = replica == membership.own();
    Slot newest = replica.newest();
    long end = newest == null ? above : Math.max(above, newest.version);
    boolean issued = own && above < clock.last();
    long to = issued ? clock.last() : end;
    PageBuilder builder =
        new PageBuilder(Dialect.V2_DRAINS, time.bootMillis(), slots.longestTtlMillis(), bytesMax);
    builder.add(replica, above, to);
    if (own) {
      clock.seal(clock.last());
    }
    List<OriginDelta> built = builder.build().origins();
    long next = built.isEmpty() ? to : built.get(0).to();
    List<Entry> entries = built.isEmpty() ? List.of() : built.get(0).entries();
    OriginDelta part = issued
        ? new OriginDelta(origin, above, next, false, entries, replica.restored() > 0)
        : new OriginDelta(origin, 0, 0, false, entries, replica.restored() > 0);
    return new SnapshotPage(part, next, next < end);
  }

  /** Returns the entries of all drains, with their tombstones, for a file of their own (P18). */
  public Delta drains() {
    Map<Replica, List<Slot>> slots = new LinkedHashMap<>();
    Service drains = view.service(Drains.SERVICE);
    if (drains != null) {
      drains.forEachSlot(
          slot -> slots.computeIfAbsent(slot.replica, any -> new ArrayList<>()).add(slot));
    }
    return new Delta(
        slots.entrySet().stream().map(of -> drains(of.getKey(), of.getValue())).toList(), false);
  }

  private OriginDelta drains(Replica replica, List<Slot> slots) {
    List<Entry> entries = slots.stream()
        .sorted(Comparator.comparingLong(slot -> slot.version))
        .map(this::entry)
        .toList();
    long to = replica == membership.own() ? clock.last() : 0;
    return new OriginDelta(replica.origin, 0, to, false, entries, false);
  }

  private Entry entry(Slot slot) {
    Key key = new Key(slot.service.name, slot.id);
    long ageMillis = time.bootMillis() - slot.acceptedMillis();
    return slot.registered()
        ? new Registration(
            key, slot.document, slot.version, ageMillis, slot.ttlMillis, slot.restored)
        : new Tombstone(key, slot.version, ageMillis);
  }

  /**
   * Takes a page back, before the recovery. A registration lives for the rest that its ttl had at the
   * save, and once for at least {@code liveness}, or its ttl if that is shorter: time in which this
   * node could not hear its client does not count against it. One that was restored before, and not
   * confirmed, keeps its rest. No horizon of another origin moves: what ended meanwhile is unknown.
   *
   * @param livenessMillis the setting {@code liveness} at the save: such a ttl was not chosen by a
   *     client
   */
  public void restore(OriginDelta part, long livenessMillis) {
    Replica replica = membership.replica(part.origin());
    for (Entry entry : part.entries()) {
      Slot slot = view.slot(entry.key(), replica);
      if (slot != null && !slot.isOlderThan(entry)) {
        continue;
      }
      if (entry instanceof Registration registration) {
        restore(replica, registration, livenessMillis);
      } else {
        restore(replica, (Tombstone) entry);
      }
    }
    if (replica == membership.own()) {
      clock.raise(part.to());
      replica.horizon.reach(part.to());
    }
  }

  private void restore(Replica replica, Registration entry, long livenessMillis) {
    long ttl = Math.min(admission.peerTtlMaxMillis(entry.key()), entry.ttlMillis());
    long left = leftMillis(entry, ttl);
    if (left <= 0) {
      return;
    }
    Slot winner = view.winner(entry.key());
    boolean known = winner != null && winner.registered();
    if (!known && admission.roomFor(entry.key(), entry.document().length) != Outcome.DONE) {
      refusals.count(Refusal.CAPACITY);
      return;
    }
    Slot slot = slots.open(entry.key(), replica);
    slots.register(
        slot,
        entry.document(),
        entry.version(),
        entry.ttlMillis() == livenessMillis ? Slots.TtlSource.LIVENESS : Slots.TtlSource.CLIENT,
        ttl,
        time.millisOf(replica) + left - ttl);
    slots.flagRestored(slot);
  }

  /**
   * Those that were saved together do not end together: up to a tenth of the grace is by lot. A drain
   * has no client that could not be heard (P18).
   */
  private long leftMillis(Registration entry, long ttl) {
    long rest = ttl - entry.ageMillis();
    if (entry.restored() || entry.key().isOfDrain()) {
      return rest;
    }
    long grace = Math.min(ttl, admission.limits().livenessMillis());
    long hash = Checksum.hash(entry.key().service(), entry.key().id(), entry.version());
    double lot = (hash >>> 40) / (double) (1 << 24);
    return (long) (Math.max(rest, grace) * (1 + LOT_MAX * lot));
  }

  private void restore(Replica replica, Tombstone entry) {
    long keepMillis = admission.tombstoneKeepMillis(entry.key());
    if (entry.ageMillis() >= keepMillis || !admission.makeRoomForTombstone(entry.key())) {
      return;
    }
    slots.restoreTombstone(
        slots.open(entry.key(), replica),
        entry.version(),
        keepMillis,
        time.millisOf(replica) - entry.ageMillis());
  }
}

package io.hera.registry;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The three steps of an exchange between two nodes: digest, delta, merge (P5). Owned by
 * {@link Registry}.
 *
 * <p>The own origin differs from the others in each step. Its horizon is the newest version issued,
 * its answer is sealed (P1), and entries of it that a peer returns are adopted (P7).
 */
final class Replication {
  /** Most origins that an answer names besides those asked for. */
  private static final int HELD_MAX = 1_000;

  private final Membership membership;
  private final OwnOrigin own;
  private final Slots slots;
  private final Merger merger;
  private final TurnClock time;
  private final Admission admission;
  private final Absences absences;

  Replication(
      Membership membership,
      OwnOrigin own,
      Slots slots,
      Merger merger,
      TurnClock time,
      Admission admission,
      Absences absences) {
    this.membership = membership;
    this.own = own;
    this.slots = slots;
    this.merger = merger;
    this.time = time;
    this.admission = admission;
    this.absences = absences;
  }

  /** Begins a pull from a peer, and returns the digest of its first request. */
  Digest firstDigest(String peer) {
    if (membership.isMember(peer)) {
      time.pullBegins(membership.replica(peer));
    }
    membership.pullBegins();
    membership.replicas().forEach(this::retryIfDue);
    return absences.asksForAll(peer) ? digestOfAll(peer) : digest(peer, own.horizon());
  }

  /** Asks for everything of the origins that have restored entries (P14). */
  private Digest digestOfAll(String peer) {
    Map<String, Long> horizons = new TreeMap<>(digest(peer, own.horizon()).horizons());
    horizons.replaceAll((origin, reached) ->
        membership.isKnown(origin) && membership.replica(origin).restored() > 0 ? 0 : reached);
    return new Digest(horizons);
  }

  /** A frozen origin is asked for again more and more rarely, but at once when there is room (P5). */
  private void retryIfDue(Replica replica) {
    replica.horizon.freeze().pullBegins();
    long pauseMillisMax = admission.limits().livenessMillis() / 2;
    if (replica.horizon.freeze().frozen()
        && replica.horizon.freeze().due(time.bootMillis(), pauseMillisMax, admission.hasRoom())) {
      replica.horizon.retry();
    }
  }

  /** Returns the digest of the next request to this peer. */
  Digest nextDigest(String peer) {
    return digest(peer, own.last());
  }

  /** Ends a pull that has got everything that the peer has. */
  void pulled(String peer) {
    if (membership.isMember(peer)) {
      time.pullEndsWell(membership.replica(peer));
    }
  }

  /** Builds the answer to {@code asked}; see {@link Registry#delta}. */
  Delta delta(Asker asker, Digest asked, Dialect dialect, int pageBytesMax) {
    PageBuilder page =
        new PageBuilder(dialect, time.bootMillis(), slots.longestTtlMillis(), pageBytesMax);
    asked.horizons().forEach((origin, seen) -> answer(page, asker, origin, seen, dialect));
    return page.build();
  }

  /** Applies the parts of a peer's answer that are of these origins; see {@link Registry#merge}. */
  Merged merge(Delta delta, Set<String> origins, Set<String> exact) {
    Merged merged = Merged.NOTHING;
    for (OriginDelta part : delta.origins()) {
      merged = merged.plus(merge(part, origins, exact.contains(part.origin())));
    }
    return merged;
  }

  /** Returns the origins of which there are entries here that {@code asked} does not name. */
  Map<String, Long> held(Digest asked) {
    Map<String, Long> held = new TreeMap<>();
    for (Replica replica : membership.replicas()) {
      boolean silent = replica == membership.own() && own.recovering();
      if (replica.size() > 0
          && !silent
          && !asked.horizons().containsKey(replica.origin)
          && held.size() < HELD_MAX) {
        held.put(
            replica.origin, replica == membership.own() ? own.last() : replica.horizon.version());
      }
    }
    return held;
  }

  private Merged merge(OriginDelta part, Set<String> origins, boolean exact) {
    if (!origins.contains(part.origin())) {
      return merger.refuseOrigin();
    }
    return membership.isOwn(part.origin())
        ? own.adopt(merger, absences.withoutEnded(part))
        : merger.apply(part, exact);
  }

  /**
   * A node of 2012 gets members only, as it always did; others get every origin known (P16). A node that asks for its own
   * entries gets those above the horizon too: they are all that is left of its former life (P7).
   */
  private void answer(PageBuilder page, Asker asker, String origin, long seen, Dialect dialect) {
    if (membership.isOwn(origin)) {
      own.answer(page, asker.member(), seen);
    } else if (dialect == Dialect.V1 ? membership.isMember(origin) : membership.isKnown(origin)) {
      Replica replica = membership.replica(origin);
      long left = asker.name().equals(origin) ? replica.newestVersion() : 0;
      long to = Math.max(replica.horizon.version(), left);
      page.add(replica, seen, Math.max(seen, to));
    }
  }

  private Digest digest(String peer, long ownHorizon) {
    Map<String, Long> horizons = new TreeMap<>();
    for (String name : membership.origins()) {
      horizons.put(name, membership.isOwn(name) ? ownHorizon : reached(name, peer));
    }
    return new Digest(horizons);
  }

  /** An origin itself sends its entries again that came through others, without ttls and ages (P6). */
  private long reached(String origin, String peer) {
    if (!membership.isKnown(origin)) {
      return 0;
    }
    Replica replica = membership.replica(origin);
    return origin.equals(peer) ? replica.horizon.exact() : replica.horizon.reached();
  }
}

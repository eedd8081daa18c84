package io.hera.registry;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The three steps of an exchange between two nodes: digest, delta, merge (P5). Owned by
 * {@link Registry}.
 *
 * <p>The own origin differs from the others in each step. Its horizon is the newest version issued,
 * its answer is sealed (P1), and entries of it that a peer returns are adopted (P7).
 */
final class Replication {
  private final Membership membership;
  private final OwnOrigin own;
  private final Slots slots;
  private final Merger merger;
  private final TurnClock time;
  private final Admission admission;

  Replication(
      Membership membership,
      OwnOrigin own,
      Slots slots,
      Merger merger,
      TurnClock time,
      Admission admission) {
    this.membership = membership;
    this.own = own;
    this.slots = slots;
    this.merger = merger;
    this.time = time;
    this.admission = admission;
  }

  /** Begins a pull from a peer, and returns the digest of its first request. */
  Digest firstDigest(String peer) {
    if (membership.isMember(peer)) {
      time.pullBegins(membership.replica(peer));
    }
    membership.replicas().forEach(this::retryIfDue);
    return digest(own.horizon());
  }

  /** A frozen origin is asked for again more and more rarely, but at once when there is room (P5). */
  private void retryIfDue(Replica replica) {
    long pauseMillisMax = admission.limits().livenessMillis() / 2;
    if (replica.freeze().frozen()
        && replica.freeze().due(time.bootMillis(), pauseMillisMax, admission.hasRoom())) {
      replica.retry();
    }
  }

  /** Returns the digest of the next request of the same pull. */
  Digest nextDigest() {
    return digest(own.last());
  }

  /** Builds the answer to {@code asked}; see {@link Registry#delta}. */
  Delta delta(Optional<String> asker, Digest asked, Dialect dialect, int pageBytesMax) {
    PageBuilder page =
        new PageBuilder(dialect, time.bootMillis(), slots.longestTtlMillis(), pageBytesMax);
    asked.horizons().forEach((origin, seen) -> answer(page, asker, origin, seen));
    return page.build();
  }

  /** Applies the answer of a peer, part by part. */
  Merged merge(Delta delta) {
    Merged merged = Merged.NOTHING;
    for (OriginDelta part : delta.origins()) {
      boolean isOwn = membership.isOwn(part.origin());
      merged = merged.plus(isOwn ? own.adopt(merger, part) : merger.apply(part));
    }
    return merged;
  }

  private void answer(PageBuilder page, Optional<String> asker, String origin, long seen) {
    if (membership.isOwn(origin)) {
      own.answer(page, asker, seen);
    } else if (membership.isMember(origin)) {
      Replica replica = membership.replica(origin);
      page.add(replica, seen, Math.max(seen, replica.horizon()));
    }
  }

  private Digest digest(long ownHorizon) {
    Map<String, Long> horizons = new TreeMap<>();
    for (String name : membership.members()) {
      horizons.put(
          name, membership.isOwn(name) ? ownHorizon : membership.replica(name).reached());
    }
    return new Digest(horizons);
  }
}

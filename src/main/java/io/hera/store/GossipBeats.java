package io.hera.store;

import io.hera.registry.Delta;
import io.hera.registry.Digest;
import io.hera.registry.Merged;
import io.hera.registry.OriginDelta;
import io.hera.registry.Registry;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Watches the exchanges with peers for listeners: how much each peer says and asks, and how long a write takes to get there. Nothing is
 * gathered while there is no listener; one that does not ask for ten seconds is forgotten: a node that is held up for less misses
 * nothing. Owned by {@link PeerTurns}.
 *
 * <p>A digest says by itself what its sender has: so the time from an own write until a peer has it is known without a message more.
 */
final class GossipBeats {
  private static final long LISTENS_NANOS = TimeUnit.SECONDS.toNanos(10);
  private static final int WRITES_MAX = 1_024;

  private final Registry registry;
  private final String own;
  private final LongSupplier monotonicNanos;
  private final Map<BeatListener, BeatGatherer> listeners = new HashMap<>();
  /** The last own versions, oldest first, and when they were new. */
  private final Deque<OwnWrite> writes = new ArrayDeque<>();

  /** Watches the exchanges of the node with the name {@code own}. */
  GossipBeats(Registry registry, String own, LongSupplier monotonicNanos) {
    this.registry = registry;
    this.own = own;
    this.monotonicNanos = monotonicNanos;
  }

  private record OwnWrite(long version, long nanos) {}

  /** Returns the exchanges since the listener last asked. */
  Beat take(BeatListener listener) {
    long now = monotonicNanos.getAsLong();
    return listeners.computeIfAbsent(listener, any -> new BeatGatherer(now)).take(now);
  }

  private Collection<BeatGatherer> gatherers() {
    if (!listeners.isEmpty()) {
      long now = monotonicNanos.getAsLong();
      listeners.values().removeIf(one -> one.silentNanos(now) > LISTENS_NANOS);
    }
    if (listeners.isEmpty()) {
      writes.clear();
    }
    return listeners.values();
  }

  /** A peer's answer was taken. */
  void exchanged(String peer) {
    gatherers().forEach(one -> one.exchanged(peer));
  }

  /** A part of a peer's answer was merged. */
  void merged(String peer, Delta part, Merged merged) {
    long now = registry.nowMillis();
    gatherers().forEach(one -> one.merged(peer, part, merged, now));
  }

  /** This is the newest own version. */
  void wrote(long version) {
    boolean isNew = writes.isEmpty() || writes.getLast().version < version;
    if (isNew && !gatherers().isEmpty()) {
      writes.add(new OwnWrite(version, monotonicNanos.getAsLong()));
      if (writes.size() > WRITES_MAX) {
        writes.remove();
      }
    }
  }

  /** A member has asked, and got this. */
  void asked(String peer, Digest digest, Delta answer) {
    for (BeatGatherer one : gatherers()) {
      asked(one, peer, digest);
      for (OriginDelta part : answer.origins()) {
        if (!part.origin().equals(own)) {
          one.told(peer, part.origin(), part.entries().size());
        }
      }
    }
  }

  private void asked(BeatGatherer one, String peer, Digest digest) {
    one.asked(peer);
    Map<String, Long> here = registry.nextDigest(peer).horizons();
    digest.horizons().forEach((origin, horizon) -> {
      long newest = origin.equals(own) ? registry.last() : here.getOrDefault(origin, 0L);
      one.behind(peer, origin, Math.max(0, newest - horizon));
    });
    Long seen = digest.horizons().get(own);
    if (seen != null) {
      covers(one, peer, seen);
    }
  }

  private void covers(BeatGatherer one, String peer, long seen) {
    long before = one.covers(peer, seen);
    one.told(peer, own, registry.entries().ownBetween(before, seen));
    long now = monotonicNanos.getAsLong();
    for (OwnWrite write : writes) {
      if (write.version > before && write.version <= seen) {
        one.heardAfter(peer, (now - write.nanos) / 1_000_000);
      }
    }
  }
}

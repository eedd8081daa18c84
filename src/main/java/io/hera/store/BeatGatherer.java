package io.hera.store;

import io.hera.registry.Delta;
import io.hera.registry.Entry;
import io.hera.registry.Merged;
import io.hera.registry.OriginDelta;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Sums up what happens between two questions of one listener. Owned by {@link GossipBeats}. */
final class BeatGatherer {
  /** Durations of one peer that a beat takes into account. */
  private static final int SAMPLES_MAX = 1_000;

  private final Map<String, HeardSum> heard = new TreeMap<>();
  private final Map<String, ToldSum> told = new TreeMap<>();
  /** Peer → the newest own version that its digests have covered. */
  private final Map<String, Long> covered = new HashMap<>();

  private long takenNanos;

  BeatGatherer(long nowNanos) {
    this.takenNanos = nowNanos;
  }

  private static final class HeardSum {
    int exchanges;
    int applied;
    int stale;
    int refused;
    final Map<String, Integer> entries = new TreeMap<>();
    final List<Long> lags = new ArrayList<>();

    Beat.Heard sum() {
      return new Beat.Heard(exchanges, entries, applied, stale, refused, Beat.Spread.of(lags));
    }
  }

  private static final class ToldSum {
    int questions;
    final Map<String, Integer> entries = new TreeMap<>();
    final Map<String, Long> behind = new TreeMap<>();
    final List<Long> after = new ArrayList<>();

    Beat.Told sum() {
      return new Beat.Told(questions, entries, behind, Beat.Spread.of(after));
    }
  }

  /** Returns for how long the listener has not asked. */
  long silentNanos(long nowNanos) {
    return nowNanos - takenNanos;
  }

  /** Returns the sums, and begins anew. */
  Beat take(long nowNanos) {
    Map<String, Beat.Heard> heardNow = new TreeMap<>();
    heard.forEach((peer, sum) -> heardNow.put(peer, sum.sum()));
    Map<String, Beat.Told> toldNow = new TreeMap<>();
    told.forEach((peer, sum) -> toldNow.put(peer, sum.sum()));
    Beat beat = new Beat(silentNanos(nowNanos) / 1_000_000, heardNow, toldNow);
    heard.clear();
    told.clear();
    takenNanos = nowNanos;
    return beat;
  }

  /** A peer has answered. */
  void exchanged(String peer) {
    heard.computeIfAbsent(peer, any -> new HeardSum()).exchanges++;
  }

  /** A part of a peer's answer was merged; only if all of it is new, its versions tell how long it took. */
  void merged(String peer, Delta part, Merged merged, long nowMillis) {
    HeardSum sum = heard.computeIfAbsent(peer, any -> new HeardSum());
    sum.applied += merged.applied();
    sum.stale += merged.stale() + merged.expired();
    sum.refused += merged.refused();
    for (OriginDelta of : part.origins()) {
      if (!of.entries().isEmpty()) {
        sum.entries.merge(of.origin(), of.entries().size(), Integer::sum);
      }
      for (Entry entry : merged.applied() == part.size() ? of.entries() : List.<Entry>of()) {
        add(sum.lags, Math.max(0, nowMillis - entry.version()));
      }
    }
  }

  /** A peer has asked. */
  void asked(String peer) {
    told.computeIfAbsent(peer, any -> new ToldSum()).questions++;
  }

  /** Notes the newest own version that a digest of the peer covers; returns that of its last one, {@code now} the first time. */
  long covers(String peer, long now) {
    Long before = covered.put(peer, now);
    return before == null ? now : before;
  }

  /** A peer is so far behind. */
  void behind(String peer, String origin, long millis) {
    told.computeIfAbsent(peer, any -> new ToldSum()).behind.put(origin, millis);
  }

  /** A peer has got so many entries of an origin. */
  void told(String peer, String origin, int entries) {
    if (entries > 0) {
      told.computeIfAbsent(peer, any -> new ToldSum()).entries.merge(origin, entries, Integer::sum);
    }
  }

  /** A digest of the peer covers an own write that was made so long ago. */
  void heardAfter(String peer, long millis) {
    add(told.computeIfAbsent(peer, any -> new ToldSum()).after, millis);
  }

  private static void add(List<Long> samples, long millis) {
    if (samples.size() < SAMPLES_MAX) {
      samples.add(millis);
    }
  }
}

package io.hera.store;

import io.hera.registry.Digest;
import io.hera.registry.RegistryStats;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** How far each peer was when it last asked for deltas, by its own account. Owned by {@link StoreTurns}. */
final class PeerHorizons {
  private final Map<String, Map<String, Long>> horizons = new TreeMap<>();

  /** Notes what {@code peer} asked for. A peer need not ask for all origins at once. */
  void asked(String peer, Digest digest, Set<String> members) {
    Map<String, Long> known = horizons.computeIfAbsent(peer, any -> new HashMap<>());
    known.putAll(digest.horizons());
    known.keySet().retainAll(members);
  }

  /** Forgets the peers and origins that are not members. */
  void retain(Set<String> members) {
    horizons.keySet().retainAll(members);
    horizons.values().forEach(known -> known.keySet().retainAll(members));
  }

  /** Returns peer → origin → milliseconds by which the peer was behind this node. */
  Map<String, Map<String, Long>> lags(RegistryStats stats) {
    Map<String, Map<String, Long>> lags = new TreeMap<>();
    horizons.forEach((peer, known) -> lags.put(peer, lags(stats, known)));
    return lags;
  }

  private static Map<String, Long> lags(RegistryStats stats, Map<String, Long> known) {
    Map<String, Long> lags = new TreeMap<>();
    known.forEach((name, horizon) -> {
      RegistryStats.OriginStats origin = stats.origins().get(name);
      if (origin != null && (horizon > 0 || origin.horizon() == 0)) {
        lags.put(name, Math.max(0, origin.horizon() - horizon));
      }
    });
    return lags;
  }
}

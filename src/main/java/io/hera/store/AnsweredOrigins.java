package io.hera.store;

import io.hera.registry.Registry;
import io.hera.wire.Names;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The origins for which a peer may answer (P16). */
final class AnsweredOrigins {
  private AnsweredOrigins() {}

  /**
   * Returns the origins that were asked for, and of these only the members unless the peer is
   * certainly of this cluster. Then the origins that it names besides are asked for next.
   */
  static Set<String> of(
      Reception reception, Set<String> members, PeerIdentities identities, Registry registry) {
    Set<String> origins = new HashSet<>(reception.asked().horizons().keySet());
    boolean ofThisCluster =
        reception.introduction().map(identities::ofThisCluster).orElse(false);
    if (ofThisCluster) {
      reception.introduction().ifPresent(peer -> registry.want(names(peer.held())));
    } else {
      origins.retainAll(members);
    }
    return origins;
  }

  /** Returns the values of these origins. */
  static <T> Map<String, T> of(Map<String, T> byOrigin, Set<String> origins) {
    Map<String, T> some = new HashMap<>(byOrigin);
    some.keySet().retainAll(origins);
    return some;
  }

  /** Returns the names that a digest can carry: those of nodes that do not begin like another parameter. */
  private static Set<String> names(Set<String> held) {
    return held.stream()
        .filter(name -> Names.flawOfNode(name).isEmpty() && !name.startsWith("_"))
        .collect(Collectors.toSet());
  }
}

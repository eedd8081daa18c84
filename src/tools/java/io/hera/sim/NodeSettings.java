package io.hera.sim;

import io.hera.gossip.GossipSettings;
import io.hera.gossip.PeerAddress;
import io.hera.registry.RegistryLimits;
import io.hera.store.StoreSettings;
import io.hera.wire.Address;
import io.hera.wire.SharedSettings;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The configuration of a simulated node, as each part of it gets it.
 *
 * @param members names of the nodes of the cluster, as this node knows them
 */
record NodeSettings(Plan.Cluster cluster, Set<String> members) {
  static final long RECOVERY_MILLIS = 5_000;
  static final long MAX_SKEW_MILLIS = 60_000;

  private static final long TTL_MIN_MILLIS = 1_000;
  private static final long SELF_CHECK_MILLIS = 10_000;

  NodeSettings {
    members = Set.copyOf(members);
  }

  RegistryLimits limits() {
    return new RegistryLimits(
        cluster.livenessMillis(),
        TTL_MIN_MILLIS,
        cluster.ttlMaxMillis(),
        MAX_SKEW_MILLIS,
        100,
        cluster.instancesMax(),
        1 << 20,
        1_000);
  }

  StoreSettings store() {
    return new StoreSettings(members, limits());
  }

  SharedSettings shared() {
    return new SharedSettings(
        cluster.livenessMillis(),
        TTL_MIN_MILLIS,
        cluster.ttlMaxMillis(),
        MAX_SKEW_MILLIS,
        List.of("updated_at"),
        List.copyOf(members));
  }

  /** Returns the settings of the gossip of the node with this name. */
  GossipSettings gossip(String self) {
    Map<String, PeerAddress> peers = new HashMap<>();
    members.forEach(name -> peers.put(name, new PeerAddress(new Address(name, 1))));
    peers.remove(self);
    return new GossipSettings(
        peers,
        cluster.intervalMillis(),
        RECOVERY_MILLIS,
        cluster.livenessMillis(),
        MAX_SKEW_MILLIS,
        4 * cluster.intervalMillis(),
        SELF_CHECK_MILLIS,
        GossipSettings.Search.NONE);
  }
}

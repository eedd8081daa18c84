package io.hera.config.source;

import io.hera.wire.Address;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The nodes of a cluster: listed by name, or found by DNS. */
public sealed interface ClusterNodes {
  /** Returns the address of every node by name; empty if they are found by DNS. */
  Map<String, NodeAddress> listed();

  /** Returns the DNS name whose addresses are those of the nodes, and the port of each; empty if the nodes are listed. */
  Optional<Address> dns();

  /** Nodes in the order of their names, this one among them. */
  record Listed(Map<String, NodeAddress> listed) implements ClusterNodes {
    public Listed {
      listed = Collections.unmodifiableMap(new TreeMap<>(listed));
    }

    @Override
    public Optional<Address> dns() {
      return Optional.empty();
    }
  }

  /** Nodes that say their names themselves (P21). */
  record Found(Address at) implements ClusterNodes {
    @Override
    public Map<String, NodeAddress> listed() {
      return Map.of();
    }

    @Override
    public Optional<Address> dns() {
      return Optional.of(at);
    }
  }
}

package io.hera.config;

import io.hera.config.source.HostNames;
import io.hera.config.source.NodeAddress;
import java.util.Map;

/** The standard values of {@link Settings} that follow from the addresses of nodes. */
final class ClusterAddresses {
  private static final int STANDARD_PORT = 8_080;

  private ClusterAddresses() {}

  /** Returns a cluster of this node alone, on loopback. */
  static Map<String, NodeAddress> alone(Values others) {
    int port = others.given(Settings.PORT).orElse(STANDARD_PORT);
    return Map.of(others.get(Settings.NAME), new NodeAddress("127.0.0.1", port));
  }

  /** Returns localhost for loopback, unless there another node of the cluster has the same port. */
  static String listensAt(Values others) {
    NodeAddress own = own(others);
    boolean shared = others.get(Settings.CLUSTER).values().stream()
        .filter(address -> !address.equals(own) && address.port() == own.port())
        .anyMatch(address -> HostNames.loopback(address.host()).isPresent());
    return HostNames.loopback(own.host())
        .map(address -> shared ? address : HostNames.localhost(address))
        .orElse("0.0.0.0");
  }

  /** Returns this node's address in the cluster; a placeholder if the cluster does not contain it, which is a fault. */
  static NodeAddress own(Values others) {
    return others
        .get(Settings.CLUSTER)
        .getOrDefault(others.get(Settings.NAME), new NodeAddress("127.0.0.1", STANDARD_PORT));
  }
}

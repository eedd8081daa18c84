package io.hera.config;

import io.hera.config.source.ClusterNodes;
import io.hera.config.source.HostNames;
import io.hera.config.source.NodeAddress;
import io.hera.wire.Handshake;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** The standard values of {@link Settings} that follow from the addresses of nodes. */
final class ClusterAddresses {
  private static final int STANDARD_PORT = 8_080;
  private static final String LOOPBACK = "127.0.0.1";

  /** A short name is that of another cluster in another namespace. */
  private static final String MISSING =
      "is missing: %s cannot be the name of the cluster, because it has no dot or is longer than"
          + " 64 characters";

  private ClusterAddresses() {}

  /** Returns a cluster of this node alone, on loopback. */
  static ClusterNodes alone(Values others) {
    int port = others.given(Settings.PORT).orElse(STANDARD_PORT);
    return new ClusterNodes.Listed(
        Map.of(others.get(Settings.NAME), new NodeAddress("127.0.0.1", port)));
  }

  /** Returns localhost for loopback, unless there another node of the cluster has the same port. */
  static String listensAt(Values others) {
    NodeAddress own = own(others);
    boolean shared = others.get(Settings.CLUSTER).listed().values().stream()
        .filter(address -> !address.equals(own) && address.port() == own.port())
        .anyMatch(address -> HostNames.loopback(address.host()).isPresent());
    return HostNames.loopback(own.host())
        .map(address -> shared ? address : HostNames.localhost(address))
        .orElse("0.0.0.0");
  }

  /** Returns where it answers DNS: on loopback, and at its host in the cluster, if that is another IP address. */
  static List<String> answersAt(Values others) {
    String own = own(others).host();
    return HostNames.isOneAddress(own) && !own.equals(LOOPBACK)
        ? List.of(LOOPBACK, own)
        : List.of(LOOPBACK);
  }

  /**
   * Returns this node's address in the cluster: that of all its nodes if they are found by DNS, and a placeholder if the cluster
   * does not contain it, which is a fault.
   */
  static NodeAddress own(Values others) {
    ClusterNodes cluster = others.get(Settings.CLUSTER);
    return cluster
        .dns()
        .map(at -> new NodeAddress(at, OptionalInt.empty()))
        .or(() -> Optional.ofNullable(cluster.listed().get(others.get(Settings.NAME))))
        .orElse(new NodeAddress("127.0.0.1", STANDARD_PORT));
  }

  /** Returns the name of a cluster that is found by DNS: its DNS name; empty for any other, and if that says too little. */
  static String clusterName(Values others) {
    return others
        .get(Settings.CLUSTER)
        .dns()
        .map(at -> at.host().replaceFirst("\\.$", ""))
        .filter(name -> name.contains(".") && Handshake.isCluster(name))
        .orElse("");
  }

  /** Returns the rule that a cluster breaks which is found by DNS, if it has this name. */
  static Optional<String> nameFault(ClusterNodes cluster, String clusterName) {
    return cluster
        .dns()
        .filter(at -> clusterName.isEmpty())
        .map(at -> MISSING.formatted(at.host()));
  }
}

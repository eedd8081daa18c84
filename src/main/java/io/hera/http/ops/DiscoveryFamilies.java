package io.hera.http.ops;

import io.hera.wire.NodeStatus;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.util.List;

/** The metrics of a node whose cluster is found by DNS; other nodes do not have them. Part of {@link MetricFamilies}. */
final class DiscoveryFamilies {
  private DiscoveryFamilies() {}

  static List<MetricSnapshot> of(NodeStatus.Discovery discovery) {
    return List.of(
        Family.counter(
            "hera_discovery_failures",
            "Failures of DNS, and answers without addresses.",
            discovery.failures()),
        Family.gauge(
            "hera_discovery_failing",
            "1 if DNS does not find the cluster now: /_status says why.",
            discovery.error().isEmpty() ? 0 : 1),
        Family.gauge(
            "hera_discovery_addresses",
            "Addresses that are followed.",
            discovery.addresses().size()));
  }
}

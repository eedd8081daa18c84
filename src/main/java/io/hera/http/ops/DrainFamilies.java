package io.hera.http.ops;

import io.hera.wire.NodeStatus;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.util.List;

/** The metrics of drains (P18). Part of {@link MetricFamilies}. */
final class DrainFamilies {
  private DrainFamilies() {}

  static List<MetricSnapshot> of(NodeStatus.Drains drains) {
    return List.of(
        Family.gauge("hera_drains", "Drains in force.", drains.count()),
        Family.gauge("hera_drained_instances", "Instances that drains hide.", drains.instances()),
        Family.gauge(
            "hera_drains_oldest_seconds",
            "Since the command of the oldest drain without an end; 0 if there is none.",
            drains.oldestSeconds().orElse(0)));
  }
}

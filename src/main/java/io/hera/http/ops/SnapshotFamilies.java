package io.hera.http.ops;

import io.hera.wire.NodeStatus;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.util.ArrayList;
import java.util.List;

/** The metrics of a node that keeps snapshots and a file of events; other nodes do not have them. Part of {@link MetricFamilies}. */
final class SnapshotFamilies {
  private SnapshotFamilies() {}

  static List<MetricSnapshot> of(NodeStatus.Snapshot snapshot) {
    List<MetricSnapshot> all = new ArrayList<>();
    snapshot
        .ageSeconds()
        .ifPresent(age -> all.add(Family.gauge(
            "hera_snapshot_age_seconds", "Time since the last snapshot was written.", age)));
    all.add(Family.gauge("hera_snapshot_bytes", "Size of the last snapshot.", snapshot.bytes()));
    all.add(Family.counter(
        "hera_snapshot_failures", "Snapshots that could not be written.", snapshot.failures()));
    all.add(Family.gauge(
        "hera_snapshot_failing",
        "1 if the last snapshot could not be written, or none can be: /_status says why.",
        snapshot.error().isEmpty() ? 0 : 1));
    all.add(Family.gauge(
        "hera_restored_instances",
        "Instances from a snapshot that nothing has confirmed since the start.",
        snapshot.restored()));
    all.add(Family.counter(
        "hera_event_file_written",
        "Events written to the file of events.",
        snapshot.events().written()));
    all.add(Family.counter(
        "hera_event_file_lost",
        "Events that are not in the file of events, since it could not be written.",
        snapshot.events().lost()));
    all.add(Family.gauge(
        "hera_event_file_failing",
        "1 if the last events could not be written, or none can be: /_status says why.",
        snapshot.events().error().isEmpty() ? 0 : 1));
    return all;
  }
}

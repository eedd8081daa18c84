package io.hera.disk;

import java.util.Optional;

/**
 * What operators see of the snapshots of a node.
 *
 * @param savedMillis monotonic time of the last save that succeeded; empty before the first
 * @param bytes of the last one
 * @param entries of the last one, tombstones included
 * @param failures saves that failed since the start
 * @param error why the last save failed, or why there are none; empty if all is well
 */
public record SnapshotReport(
    Optional<Long> savedMillis, long bytes, long entries, long failures, String error) {
  static final SnapshotReport NONE = new SnapshotReport(Optional.empty(), 0, 0, 0, "");

  SnapshotReport saved(long nowMillis, long bytes, long entries) {
    return new SnapshotReport(Optional.of(nowMillis), bytes, entries, failures, "");
  }

  SnapshotReport failed(String reason) {
    return new SnapshotReport(savedMillis, bytes, entries, failures + 1, reason);
  }

  SnapshotReport off(String reason) {
    return new SnapshotReport(savedMillis, bytes, entries, failures, reason);
  }
}

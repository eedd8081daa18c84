package io.hera.disk;

/**
 * What operators see of the file of events of a node.
 *
 * @param written events since the start
 * @param lost events since the start that are not in the file
 * @param failures writes that failed since the start
 * @param error why the last write failed, or why there are none; empty if all is well
 */
public record EventFileReport(long written, long lost, long failures, String error) {
  static final EventFileReport NONE = new EventFileReport(0, 0, 0, "");

  EventFileReport written(int events) {
    return new EventFileReport(written + events, lost, failures, "");
  }

  EventFileReport lost(long events) {
    return new EventFileReport(written, lost + events, failures, error);
  }

  EventFileReport failed(String reason) {
    return new EventFileReport(written, lost, failures + 1, reason);
  }

  EventFileReport off(String reason) {
    return new EventFileReport(written, lost, failures, reason);
  }
}

package io.hera.wire;

/**
 * What a node says of itself for a comparison of nodes, and of what it does.
 *
 * @param nowMillis agreed unix time
 * @param content 32 hexadecimal digits, equal at nodes that show the same instances
 * @param accepted writes of clients since the start
 */
public record NodeOverview(long nowMillis, String content, Durations durations, Accepted accepted) {
  /**
   * Settings in force by which ages are judged.
   *
   * @param livenessMillis the ttl of instances whose clients choose none
   * @param maxSkewMillis how far clocks may differ
   * @param gossipIntervalMillis between two rounds
   */
  public record Durations(long livenessMillis, long maxSkewMillis, long gossipIntervalMillis) {}

  /**
   * Writes of clients that this node has done.
   *
   * @param registrations those after which an instance was there that was not there before
   * @param renewals other registrations and renewals, whether they changed the document or not
   * @param removals deregistrations
   */
  public record Accepted(long registrations, long renewals, long removals) {}
}

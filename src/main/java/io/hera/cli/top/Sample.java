package io.hera.cli.top;

import io.hera.cli.nodes.NodeUrl;
import io.hera.wire.NodeStatus;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What the nodes said at one moment.
 *
 * @param nanos when, on a monotonic clock
 * @param nodes in the order in which they were found
 * @param services service → instances, as the first node that answers shows it
 * @param history empty if that node does not tell
 */
record Sample(
    long nanos, Map<NodeUrl, OfNode> nodes, Map<String, Long> services, Optional<History> history) {
  /** Copies the nodes in their order. */
  Sample {
    nodes = Collections.unmodifiableMap(new LinkedHashMap<>(nodes));
    services = Map.copyOf(services);
  }

  /**
   * What one node said.
   *
   * @param status empty if it did not answer
   * @param writes registrations and renewals since its start; empty if it does not show its metrics
   * @param trouble why it did not answer; else empty
   */
  record OfNode(Optional<NodeStatus> status, OptionalLong writes, String trouble) {}

  /**
   * The events of a node.
   *
   * @param last number of the newest one
   * @param changes number → service, of the newest ones
   */
  record History(NodeUrl node, String life, long last, Map<Long, String> changes) {
    History {
      changes = Map.copyOf(changes);
    }
  }
}

package io.hera.client;

import java.util.List;

/**
 * The whole answer of a node to the question which instances a service has.
 *
 * @param node URL of the node
 * @param tag its ETag; empty if it has none
 * @param instances none of them held
 * @param settled whether the node knows enough to say that an instance is gone
 */
record Reply(String node, String tag, List<Instance> instances, Settled settled) {
  /** Whether a node has been ready for so long that each living instance has had time for a heartbeat. */
  enum Settled {
    YES,
    NO,
    /** The answer does not say how long the node is up. */
    UNKNOWN
  }

  Reply {
    instances = List.copyOf(instances);
  }

  /** Returns the same answer of a node of which more is known. */
  Reply with(Settled known) {
    return new Reply(node, tag, instances, known);
  }

  /** Returns the same answer, given by another node. */
  Reply by(String other, Settled known) {
    return new Reply(other, tag, instances, known);
  }
}

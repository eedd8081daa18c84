package io.hera.wire;

import io.hera.registry.Checksum;
import io.hera.registry.Delta;
import java.util.Map;

/**
 * An answer of version 2 to a digest: the delta, the identity of the answering node, and its clock.
 *
 * @param node name of the node that answers
 * @param life of its process (P9)
 * @param nowMillis its wall clock, unix milliseconds, ≥ 0
 * @param livenessMillis its setting {@code liveness}, ≥ 0
 * @param delta the entries above the digest
 * @param checksums of its replicas, by origin; empty if the asker did not ask for them
 */
public record V2Answer(
    String node,
    String life,
    long nowMillis,
    long livenessMillis,
    Delta delta,
    Map<String, Checksum> checksums) {
  public V2Answer {
    checksums = Map.copyOf(checksums);
  }

  /** Creates an answer without checksums. */
  public V2Answer(String node, String life, long nowMillis, long livenessMillis, Delta delta) {
    this(node, life, nowMillis, livenessMillis, delta, Map.of());
  }
}

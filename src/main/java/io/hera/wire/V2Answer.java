package io.hera.wire;

import io.hera.registry.Checksum;
import io.hera.registry.Delta;
import java.util.Map;

/**
 * What a node answers to a digest in version 2: the delta, and who gives it by which clock.
 *
 * @param node name of the node that answers
 * @param life what that process calls itself (PROTOCOL P9)
 * @param nowMillis its wall clock, unix milliseconds, ≥ 0
 * @param livenessMillis how long an instance lives there that names no ttl of its own, ≥ 0
 * @param delta what it has above the digest
 * @param checksums of what it holds, by origin; empty if they were not asked for
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

  /** An answer without checksums. */
  public V2Answer(String node, String life, long nowMillis, long livenessMillis, Delta delta) {
    this(node, life, nowMillis, livenessMillis, delta, Map.of());
  }
}

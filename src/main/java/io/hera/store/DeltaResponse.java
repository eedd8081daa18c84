package io.hera.store;

import io.hera.registry.Checksum;
import io.hera.registry.Delta;
import io.hera.registry.ViewChecksum;
import java.util.Map;
import java.util.Optional;

/**
 * The answer to a peer.
 *
 * @param livenessMillis how long an instance without a ttl of its own lives on this node
 * @param held origin → horizon, of origins that the peer did not name (P16)
 * @param checksums by origin, empty unless the peer asked for them
 * @param view what this node shows, if the peer asked for checksums and understands it
 */
public record DeltaResponse(
    Delta delta,
    long livenessMillis,
    Map<String, Long> held,
    Map<String, Checksum> checksums,
    Optional<ViewChecksum> view)
    implements DeltaReply {
  /** A response without anything to compare. */
  DeltaResponse(Delta delta, long livenessMillis, Map<String, Long> held) {
    this(delta, livenessMillis, held, Map.of(), Optional.empty());
  }
}

package io.hera.store;

import io.hera.registry.Checksum;
import io.hera.registry.Delta;
import java.util.Map;

/**
 * The answer to a peer.
 *
 * @param livenessMillis how long an instance without a ttl of its own lives on this node
 * @param held origin → horizon, of origins that the peer did not name (P16)
 * @param checksums by origin, empty unless the peer asked for them
 */
public record DeltaResponse(
    Delta delta, long livenessMillis, Map<String, Long> held, Map<String, Checksum> checksums)
    implements DeltaReply {}

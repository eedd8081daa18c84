package io.hera.wire;

import io.hera.registry.Checksum;
import io.hera.registry.Delta;
import io.hera.registry.ViewChecksum;
import java.util.Map;
import java.util.Optional;

/**
 * An answer of version 2 to a digest: the delta, what the answering node says of itself, and its
 * clock.
 *
 * @param handshake of the node that answers (P9, P17)
 * @param nowMillis its wall clock, unix milliseconds, ≥ 0
 * @param livenessMillis its setting {@code liveness}, ≥ 0
 * @param members hash of the names in its cluster ({@link SharedSettings#membersHash}); empty from
 *     version 1.0
 * @param delta the entries above the digest
 * @param held origin → horizon, of origins with entries there that the asker did not name
 * @param checksums of its replicas, by origin; empty if the asker did not ask for them
 * @param view what it shows, for an asker that understands {@link Handshake#VIEW_RULE}
 */
public record V2Answer(
    Handshake handshake,
    long nowMillis,
    long livenessMillis,
    String members,
    Delta delta,
    Map<String, Long> held,
    Map<String, Checksum> checksums,
    Optional<ViewChecksum> view) {
  /** Copies the maps. */
  public V2Answer {
    held = Map.copyOf(held);
    checksums = Map.copyOf(checksums);
  }

  /** Creates an answer that names no further origins and has no checksums, as of version 1.0. */
  public V2Answer(Handshake handshake, long nowMillis, long livenessMillis, Delta delta) {
    this(handshake, nowMillis, livenessMillis, "", delta, Map.of(), Map.of(), Optional.empty());
  }
}

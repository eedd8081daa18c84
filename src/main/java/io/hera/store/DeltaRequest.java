package io.hera.store;

import io.hera.registry.Dialect;
import io.hera.registry.Digest;
import java.util.Optional;

/**
 * What a peer asks for.
 *
 * @param from the name that the peer gives, empty if it gives none
 * @param pageBytesMax size at which the delta is cut
 * @param checked whether the peer wants checksums of what it asks for
 * @param waits whether the peer waits for the next write when there is nothing newer
 */
public record DeltaRequest(
    Optional<String> from,
    Digest digest,
    Dialect dialect,
    int pageBytesMax,
    boolean checked,
    boolean waits) {}

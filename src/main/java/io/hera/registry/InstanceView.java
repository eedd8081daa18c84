package io.hera.registry;

import java.util.Optional;

/**
 * An instance as the view has it.
 *
 * @param document the client's own bytes; not to be modified
 * @param expiresInMillis time until it expires if it is not renewed, ≥ 0
 * @param ttlMillis from its last renewal until it expires
 * @param origin the node that accepted it
 * @param content the content of the document
 * @param restored whether it comes from a snapshot, and nothing has confirmed it since (P14)
 * @param drained the reason of a drain that hides it, perhaps an empty one; empty if it is shown (P18)
 */
public record InstanceView(
    byte[] document,
    long expiresInMillis,
    long ttlMillis,
    String origin,
    ContentVersion content,
    boolean restored,
    Optional<String> drained) {}

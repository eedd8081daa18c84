package io.hera.registry;

/**
 * An instance as the view shows it.
 *
 * @param document the client's own bytes; not to be modified
 * @param expiresInMillis time until it expires if it is not renewed, ≥ 0
 * @param ttlMillis from its last renewal until it expires
 * @param origin the node that accepted it
 * @param content the content of the document
 * @param restored whether it comes from a snapshot, and nothing has confirmed it since (P14)
 */
public record InstanceView(
    byte[] document,
    long expiresInMillis,
    long ttlMillis,
    String origin,
    ContentVersion content,
    boolean restored) {}

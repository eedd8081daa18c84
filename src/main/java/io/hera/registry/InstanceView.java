package io.hera.registry;

/**
 * An instance as it is shown.
 *
 * @param document the client's own bytes; not to be modified
 * @param expiresInMillis from now, unless it is renewed; ≥ 0
 * @param origin the node that accepted it
 * @param content stands for its content
 */
public record InstanceView(
    byte[] document, long expiresInMillis, String origin, ContentVersion content) {}

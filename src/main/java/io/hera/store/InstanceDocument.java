package io.hera.store;

/**
 * An instance of a service and its document.
 *
 * @param document one JSON object, checked; must not be modified
 * @param ttlMillis the ttl that its client chose; 0 if it chose none
 */
public record InstanceDocument(String id, byte[] document, long ttlMillis) {}

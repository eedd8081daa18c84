package io.hera.store;

/**
 * An instance of a service and its document.
 *
 * @param document one JSON object, checked; must not be modified
 */
public record InstanceDocument(String id, byte[] document) {}

package io.hera.registry;

/**
 * An instance and its document.
 *
 * @param document one JSON object, the registry's own, not to be modified
 */
public record KeyDocument(Key key, byte[] document) {}

package io.hera.store.page;

import io.hera.registry.ContentVersion;

/**
 * One line of a listing, for a reader that compares two listings.
 *
 * @param document the registry's own, not to be modified
 */
public record ListedInstance(String id, byte[] document, ContentVersion content) {}

package io.hera.registry;

/**
 * An entry that says: it is gone.
 *
 * @param key the instance
 * @param version the origin's version, above the one that it hides
 * @param ageMillis how long ago the origin wrote it, ≥ 0
 */
public record Tombstone(Key key, long version, long ageMillis) implements Entry {}

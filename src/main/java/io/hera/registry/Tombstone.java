package io.hera.registry;

/**
 * An entry that says that an instance is gone.
 *
 * @param key the instance
 * @param version above that of the registration it hides; after an expiry, the same version
 * @param ageMillis time since the origin accepted the deregistration, ≥ 0
 */
public record Tombstone(Key key, long version, long ageMillis) implements Entry {}

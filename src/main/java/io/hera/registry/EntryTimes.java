package io.hera.registry;

/**
 * The times of the entry behind a {@link Change}.
 *
 * @param version of the entry that causes the change; of the one that ends if no other one does
 * @param ttlMillis of the registration that is new, or that has ended
 * @param ageMillis since its origin accepted that registration: since its last renewal
 */
public record EntryTimes(long version, long ttlMillis, long ageMillis) {}

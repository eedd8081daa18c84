package io.hera.store;

/**
 * Asks for the next page of an origin, for a snapshot (P14).
 *
 * @param above exclusive lower bound of its versions
 * @param bytesMax size of the page, which one tie of equal versions may exceed
 */
public record EntriesAbove(String origin, long above, int bytesMax) {}

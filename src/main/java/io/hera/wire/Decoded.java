package io.hera.wire;

/**
 * An answer that was read from a peer.
 *
 * @param answer the answer, without the entries that were left out
 * @param quarantined number of entries that were left out, because each breaks a rule for entries
 */
public record Decoded<A>(A answer, int quarantined) {}

package io.hera.wire;

/**
 * What was read from a peer.
 *
 * @param answer the good part
 * @param quarantined how many entries were left out of it because they break a rule that concerns them alone
 */
public record Decoded<A>(A answer, int quarantined) {}

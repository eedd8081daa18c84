package io.hera.registry;

/**
 * What a node shows, for the comparison with a peer (the self-check): two nodes that hold everything
 * up to the same horizons, and have the same settings, show the same.
 *
 * @param horizons a hash of the horizons of all origins
 * @param content of all that is shown
 */
public record ViewChecksum(long horizons, ContentVersion content) {}

package io.hera.registry;

/**
 * A page of one origin for a snapshot (P14).
 *
 * @param part its bounds are those of which this node knows that it has everything between them: of
 *     the own origin alone, and not above the newest version issued
 * @param next the version above which the next page begins
 * @param more whether there is a next page
 */
public record SnapshotPage(OriginDelta part, long next, boolean more) {}

package io.hera.disk.file;

import java.nio.file.Path;

/**
 * Where and how often a node saves.
 *
 * @param node its name
 * @param cluster the name of its cluster; empty if it has none
 * @param livenessMillis the setting {@code liveness}
 * @param intervalMillis from one save to the next, if something has changed
 * @param maxAgeMillis age above which a snapshot is not used
 */
public record SnapshotSettings(
    Path directory,
    String node,
    String cluster,
    long livenessMillis,
    long intervalMillis,
    long maxAgeMillis) {}

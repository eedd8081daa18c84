package io.hera.store;

import java.util.OptionalLong;

/**
 * What this node knows of talking to a peer. Times are monotonic milliseconds of the node.
 *
 * @param address host:port
 * @param speaks {@code v1}, {@code v2}, or {@code unknown} before the first answer
 * @param way {@code hanging} while a question of ours waits there for news, else {@code pull}
 * @param succeededAt when an exchange last went well, empty if never
 * @param lastError in words, empty if the last exchange went well
 * @param skewMillis how far its clock is ahead of ours, about
 * @param rounds exchanges begun
 * @param failures of these, failed
 * @param bytes received, as they came over the wire
 * @param quarantined entries dropped for being malformed
 */
public record PeerReport(
    String name,
    String address,
    String speaks,
    String way,
    OptionalLong succeededAt,
    String lastError,
    OptionalLong skewMillis,
    long rounds,
    long failures,
    long bytes,
    long quarantined) {}

package io.hera.disk.file;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * The first line of a snapshot: whose it is, and when it was made.
 *
 * @param version of the format; a later one is left alone
 * @param node the name of the node
 * @param life of its process
 * @param cluster the name of its cluster; empty if it has none
 * @param wallMillis unix time, by the node's own clock
 * @param boot the id of the machine's boot, empty if unknown; within one, {@code uptimeMillis} tells how long ago it was
 * @param uptimeMillis time since the machine was booted
 * @param livenessMillis the setting {@code liveness}
 */
public record SnapshotHeader(
    int version,
    String node,
    String life,
    String cluster,
    long wallMillis,
    String boot,
    long uptimeMillis,
    long livenessMillis) {
  /** The format that this version writes. */
  public static final int VERSION = 1;

  /** Longest line that is taken for a header. */
  static final int BYTES_MAX = 4_096;

  /** Returns the line, with its end. */
  byte[] line() {
    JsonObject json = new JsonObject()
        .put("hera-snapshot", version)
        .put("node", node)
        .put("life", life)
        .put("cluster", cluster)
        .put("wall", wallMillis)
        .put("boot", boot)
        .put("uptime", uptimeMillis)
        .put("liveness", livenessMillis);
    return (json.encode() + "\n").getBytes(StandardCharsets.UTF_8);
  }

  /** Reads a line without its end; empty if it is not the first line of a snapshot. */
  static Optional<SnapshotHeader> read(byte[] line) {
    try {
      JsonObject json = new JsonObject(new String(line, StandardCharsets.UTF_8));
      if (json.stream().anyMatch(member -> member.getValue() == null)) {
        return Optional.empty();
      }
      return Optional.of(new SnapshotHeader(
          json.getInteger("hera-snapshot"),
          json.getString("node", ""),
          json.getString("life", ""),
          json.getString("cluster", ""),
          json.getLong("wall", 0L),
          json.getString("boot", ""),
          json.getLong("uptime", 0L),
          json.getLong("liveness", 0L)));
    } catch (DecodeException | ClassCastException | NullPointerException foreign) {
      return Optional.empty();
    }
  }
}

package io.hera.doctor;

import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * What a node says of itself at {@code /_status}.
 *
 * @param instances shown
 * @param origins what it holds of each origin, by name
 * @param peers how it gets on with each peer, by name
 * @param conflicts what it says of names that two processes use
 */
record NodeStatus(
    String node,
    String version,
    boolean ready,
    long uptimeSeconds,
    long instances,
    long services,
    Map<String, Origin> origins,
    Map<String, Peer> peers,
    Map<String, String> conflicts) {
  /**
   * One origin.
   *
   * @param checksum of what is held up to the horizon
   * @param diverged how often a difference was found and mended
   */
  record Origin(long horizon, String checksum, long diverged) {
    /** Whether both hold the same, as far as checksums tell. */
    boolean sameAs(Origin other) {
      return horizon == other.horizon && checksum.equals(other.checksum);
    }
  }

  /**
   * One peer.
   *
   * @param successAgeMillis since an exchange went well; negative if none has
   * @param lastError empty if the last exchange went well
   */
  record Peer(
      String address, String speaks, long successAgeMillis, String lastError, long skewMillis) {}

  /**
   * Reads a status.
   *
   * @throws RuntimeException if it is of another shape
   */
  static NodeStatus of(JsonObject json) {
    return new NodeStatus(
        json.getString("node"),
        json.getString("version"),
        json.getBoolean("ready"),
        json.getLong("uptime_seconds"),
        json.getLong("instances"),
        json.getLong("services"),
        members(json.getJsonObject("origins"), NodeStatus::origin),
        members(json.getJsonObject("peers"), NodeStatus::peer),
        conflicts(json.getJsonObject("conflicts", new JsonObject())));
  }

  private static Origin origin(JsonObject json) {
    return new Origin(
        json.getLong("horizon"), json.getString("checksum", ""), json.getLong("diverged", 0L));
  }

  private static Peer peer(JsonObject json) {
    return new Peer(
        json.getString("address"),
        json.getString("speaks"),
        json.getLong("last_success_age_ms", -1L),
        json.getString("last_error", ""),
        json.getLong("clock_skew_ms", 0L));
  }

  private static Map<String, String> conflicts(JsonObject json) {
    Map<String, String> conflicts = new TreeMap<>();
    json.fieldNames().forEach(name -> conflicts.put(name, String.valueOf(json.getValue(name))));
    return conflicts;
  }

  private static <T> Map<String, T> members(JsonObject json, Function<JsonObject, T> reader) {
    Map<String, T> members = new TreeMap<>();
    json.fieldNames().forEach(name -> members.put(name, reader.apply(json.getJsonObject(name))));
    return members;
  }
}

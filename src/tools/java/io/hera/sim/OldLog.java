package io.hera.sim;

import io.vertx.core.json.Json;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;
import java.util.TreeMap;

/**
 * The state of a node of 2012, by the facts that protocol.md states: a log of every PUT per origin,
 * answered newest first, strict filters, expiry by the wall clock, deltas of exactly four elements.
 */
public final class OldLog {
  /** One line of an origin's log. */
  private record Line(String service, String id, Object body, long ts) {}

  private final Set<String> members;
  private final long livenessMillis;
  private final Map<String, List<Line>> logs = new TreeMap<>();

  /** Creates an empty log for these origins, which keeps lines for a time. */
  public OldLog(Set<String> members, long livenessMillis) {
    this.members = members;
    this.livenessMillis = livenessMillis;
    members.forEach(origin -> logs.put(origin, new ArrayList<>()));
  }

  /** Records a PUT of a client at {@code origin}. */
  public void put(String origin, String service, String id, Object body, long nowMillis) {
    log(origin).add(new Line(service, id, body, nowMillis));
  }

  /** Returns the instances of a service: id → body. */
  public JsonObject lookup(String service, long nowMillis) {
    expire(nowMillis);
    Map<String, Line> newest = new TreeMap<>();
    logs.values()
        .forEach(log -> log.stream()
            .filter(line -> line.service.equals(service))
            .forEach(line -> newest.merge(line.id, line, (a, b) -> b.ts >= a.ts ? b : a)));
    JsonObject found = new JsonObject();
    newest.forEach((id, line) -> found.put(id, line.body));
    return found;
  }

  /** Returns the digest for a peer: the version of the newest line of each origin. */
  public Map<String, Long> digest() {
    Map<String, Long> digest = new TreeMap<>();
    members.forEach(origin -> digest.put(origin, lastSeen(origin)));
    return digest;
  }

  /** Returns the answer to a digest; names outside the cluster map are skipped. */
  public String answer(Map<String, Long> digest, long nowMillis) {
    expire(nowMillis);
    StringJoiner parts = new StringJoiner(", ", "{", "}");
    digest.forEach((origin, seen) -> {
      if (members.contains(origin)) {
        parts.add(Json.encode(origin) + ": " + lines(log(origin), seen));
      }
    });
    return parts.toString();
  }

  /** Merges an answer, up to the first element that is not a delta of four elements. */
  public void merge(byte[] answer) {
    try {
      JsonObject parts = new JsonObject(new String(answer, StandardCharsets.UTF_8));
      parts.fieldNames().forEach(origin -> merge(origin, parts.getJsonArray(origin)));
    } catch (RuntimeException unreadable) {
      // A node of 2012 drops the rest of the round.
    }
  }

  private void merge(String origin, JsonArray deltas) {
    long seen = lastSeen(origin);
    for (Object element : deltas) {
      JsonArray delta = (JsonArray) element;
      if (delta.size() != 4) {
        throw new IllegalArgumentException("not a delta: " + delta);
      }
      if (delta.getLong(3) > seen) {
        log(origin)
            .add(new Line(
                delta.getString(0), delta.getString(1), delta.getValue(2), delta.getLong(3)));
      }
    }
  }

  private static String lines(List<Line> log, long seen) {
    StringJoiner lines = new StringJoiner(", ", "[", "]");
    for (int i = log.size() - 1; i >= 0; i--) {
      Line line = log.get(i);
      if (line.ts > seen) {
        JsonArray delta =
            new JsonArray().add(line.service).add(line.id).add(line.body).add(line.ts);
        lines.add(python(delta));
      }
    }
    return lines.toString();
  }

  private long lastSeen(String origin) {
    return log(origin).stream().mapToLong(Line::ts).max().orElse(0);
  }

  private void expire(long nowMillis) {
    logs.values().forEach(log -> log.removeIf(line -> line.ts < nowMillis - livenessMillis));
  }

  private List<Line> log(String origin) {
    return logs.computeIfAbsent(origin, any -> new ArrayList<>());
  }

  /** Writes JSON as Python's json.dumps does. */
  public static String python(Object value) {
    if (value instanceof JsonObject object) {
      StringJoiner members = new StringJoiner(", ", "{", "}");
      object.forEach(
          member -> members.add(Json.encode(member.getKey()) + ": " + python(member.getValue())));
      return members.toString();
    }
    if (value instanceof JsonArray array) {
      StringJoiner elements = new StringJoiner(", ", "[", "]");
      array.forEach(element -> elements.add(python(element)));
      return elements.toString();
    }
    return Json.encode(value);
  }
}

package io.hera.store.history;

import io.hera.json.JsonWriter;
import io.hera.registry.EntryTimes;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Events for tests. */
public final class HistoryEvents {
  public static final long NOW = 1_700_000_000_000L;

  private HistoryEvents() {}

  /** One event of each type, with each kind of cause, numbered from {@code from}. */
  public static List<HistoryEvent> ofAllKinds(long from) {
    List<Cause> causes = List.of(
        new Cause.Client(Cause.Action.PUT, "10.1.1.7", "ci-\"deploy\""),
        new Cause.Client(Cause.Action.RENEW, "10.1.1.8", ""),
        new Cause.Client(Cause.Action.DELETE, "::1", "é"),
        new Cause.Gossip("b"),
        new Cause.Absent("c"),
        new Cause.Silence(17, 20, NOW - 60_000),
        Cause.Own.EXPIRY,
        Cause.Own.CLOCK,
        Cause.Own.UNCOVERED,
        new Cause.Drain("wéb/1", "new \"kernel\"", "alice"),
        new Cause.Drain("", "", ""),
        Cause.Own.START);
    List<HistoryEvent> events = new ArrayList<>();
    for (EventType type : EventType.values()) {
      for (Cause cause : causes) {
        events.add(event(from + events.size(), type, cause));
      }
    }
    return events;
  }

  /** Registrations of as many instances. */
  public static List<HistoryEvent> registrations(long from, int count) {
    List<HistoryEvent> events = new ArrayList<>();
    for (long n = from; n < from + count; n++) {
      events.add(event(n, EventType.REGISTERED, new Cause.Gossip("b")));
    }
    return events;
  }

  public static HistoryEvent event(long number, EventType type, Cause cause) {
    return new HistoryEvent(
        number,
        "9f2c",
        NOW + number,
        type,
        type.isOfNode() ? "" : "wéb\n",
        type.isOfInstance() ? "id " + number : "",
        type.isOfNode() ? "" : "a",
        type.isOfInstance() ? new EntryTimes(NOW, 300_000, 1_234) : new EntryTimes(0, 0, 0),
        3,
        cause,
        number % 2,
        null);
  }

  /** Returns the line of an event, without its end. */
  public static byte[] line(HistoryEvent event) {
    JsonWriter out = new JsonWriter(400);
    EventJson.write(out, event, "");
    return out.toBytes();
  }

  public static String text(HistoryEvent event) {
    return new String(line(event), StandardCharsets.UTF_8);
  }
}

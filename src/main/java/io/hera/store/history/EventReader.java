package io.hera.store.history;

import io.hera.json.JsonFields;
import io.hera.json.Malformed;
import io.hera.registry.EntryTimes;
import java.util.Optional;

/**
 * Reads events back from their JSON form. Members that it does not know are passed over, and so is an event of a type, or with a
 * cause, that only a later version has. The words for the cause are not read: they follow from it.
 */
public final class EventReader {
  /** Above it, a number would not be exact for all readers of JSON. */
  private static final long NUMBER_MAX = 1L << 53;

  private EventReader() {}

  /** Returns the event in an object, without documents; empty if it does not have one that this version knows. */
  public static Optional<HistoryEvent> read(byte[] json) {
    try {
      return read(JsonFields.parse(json));
    } catch (Malformed foreign) {
      return Optional.empty();
    }
  }

  private static Optional<HistoryEvent> read(JsonFields event) throws Malformed {
    Optional<EventType> type = EventType.of(event.text("type"));
    Optional<Cause> cause = cause(event.object("cause"));
    return type.isPresent() && cause.isPresent()
        ? Optional.of(event(event, type.get(), cause.get()))
        : Optional.empty();
  }

  private static HistoryEvent event(JsonFields event, EventType type, Cause cause)
      throws Malformed {
    return new HistoryEvent(
        count("n", event.number("n")),
        event.text("life"),
        count("at", event.number("at")),
        type,
        type.isOfNode() ? "" : event.text("service"),
        type.isOfInstance() ? event.text("id") : "",
        type.isOfNode() ? "" : event.text("origin"),
        type.isOfInstance() ? times(event) : new EntryTimes(0, 0, 0),
        size("instances", event.number("instances", 0)),
        cause,
        count("folded", event.number("folded", 0)),
        null);
  }

  private static EntryTimes times(JsonFields event) throws Malformed {
    return new EntryTimes(
        event.number("version"),
        count("ttl_ms", event.number("ttl_ms", 0)),
        count("age_ms", event.number("age_ms", 0)));
  }

  private static int size(String name, long number) throws Malformed {
    return (int) Math.min(Integer.MAX_VALUE, count(name, number));
  }

  private static long count(String name, long number) throws Malformed {
    if (number < 0 || number > NUMBER_MAX) {
      throw new Malformed(name + " is not in 0.." + NUMBER_MAX, 0);
    }
    return number;
  }

  private static Optional<Cause> cause(JsonFields cause) throws Malformed {
    String kind = cause.text("kind");
    for (Cause.Action action : Cause.Action.values()) {
      if (action.word().equals(kind)) {
        return Optional.of(
            new Cause.Client(action, cause.text("address"), cause.text("token", "")));
      }
    }
    for (Cause.Own own : Cause.Own.values()) {
      if (own.kind().equals(kind)) {
        return Optional.of(own);
      }
    }
    return switch (kind) {
      case "gossip" -> Optional.of(new Cause.Gossip(cause.text("peer")));
      case "absent" -> Optional.of(new Cause.Absent(cause.text("peer")));
      case "drain" ->
        Optional.of(new Cause.Drain(
            cause.text("selector", ""), cause.text("reason", ""), cause.text("by", "")));
      case "silence" ->
        Optional.of(new Cause.Silence(
            size("silent", cause.number("silent")),
            size("shown", cause.number("shown")),
            count("since", cause.number("since"))));
      default -> Optional.empty();
    };
  }
}

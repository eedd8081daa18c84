package io.hera.cli.events;

import io.hera.json.JsonFields;
import io.hera.json.Malformed;
import io.hera.store.history.EventType;
import java.nio.charset.StandardCharsets;

/**
 * An event as one node reports it. Its type may be one that only a later version knows.
 *
 * @param number among the events of the node
 * @param atMillis unix time
 * @param service empty for an event of the whole node
 * @param id empty for an event of the service or of the whole node
 * @param origin the node itself for an event of the whole node
 * @param folded how many earlier events of the instance it stands for
 * @param by the address of the client; empty unless the node has accepted its write
 * @param token the name of the client's identity; empty if it has none
 * @param json the event as the node has sent it
 */
record Row(
    long number,
    String life,
    long atMillis,
    String type,
    String service,
    String id,
    String origin,
    long version,
    long folded,
    String by,
    String token,
    String why,
    String json) {
  /** The node that reports an event, in one of its lives. */
  record Reporter(String node, String life) {}

  /** Reads an event that a node reports. */
  static Row read(byte[] json, Reporter reporter) throws Malformed {
    JsonFields event = JsonFields.parse(json);
    String service = event.text("service", "");
    return new Row(
        event.number("n"),
        event.text("life", reporter.life()),
        event.number("at"),
        event.text("type"),
        service,
        service.isEmpty() ? "" : event.text("id", ""),
        service.isEmpty() ? reporter.node() : event.text("origin"),
        event.number("version", 0),
        event.number("folded", 0),
        event.text("by", ""),
        event.objectOrEmpty("cause").text("token", ""),
        event.text("why", ""),
        new String(json, StandardCharsets.UTF_8));
  }

  boolean is(EventType wanted) {
    return type.equals(wanted.word());
  }

  /** Whether an instance is gone after it. */
  boolean isEnd() {
    return EventType.of(type).filter(EventType::isEnd).isPresent();
  }
}

package io.hera.cli.events;

import io.hera.json.JsonFields;
import io.hera.json.LooseCursor;
import io.hera.json.Malformed;
import java.util.ArrayList;
import java.util.List;

/**
 * Events of a node.
 *
 * @param node its name
 * @param life of its process
 * @param first number of the first event after which none is missing
 * @param last number of the last event
 * @param rows newest first
 */
record NodeHistory(String node, String life, long first, long last, List<Row> rows) {
  /** Reads the answer to a request for events. */
  static NodeHistory read(byte[] json) throws Malformed {
    JsonFields fields = JsonFields.parse(json);
    Row.Reporter reporter = new Row.Reporter(fields.text("node"), fields.text("life"));
    return new NodeHistory(
        reporter.node(),
        reporter.life(),
        fields.number("first"),
        fields.number("last"),
        rows(json, reporter));
  }

  private static List<Row> rows(byte[] json, Row.Reporter reporter) throws Malformed {
    List<Row> rows = new ArrayList<>();
    LooseCursor members = LooseCursor.members(json);
    while (members.next()) {
      if (members.name().filter("events"::equals).isPresent() && members.first() == '[') {
        LooseCursor events = LooseCursor.elements(members.value());
        while (events.next()) {
          rows.add(Row.read(events.value(), reporter));
        }
      }
    }
    return rows;
  }

  /** Returns the history with other events of the same node. */
  NodeHistory with(List<Row> others) {
    return new NodeHistory(node, life, first, last, List.copyOf(others));
  }
}

package io.hera.cli.events;

import io.hera.cli.nodes.Phrasing;
import io.hera.json.JsonWriter;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/** The lines that say what happened, for people and for programs. */
final class EventText {
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern(
          "uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
      .withZone(ZoneOffset.UTC);

  private EventText() {}

  /** Returns a line of an event: time, type, instance or service, origin, cause. */
  static String line(Row row) {
    return "%s  %-12s  %s  %s  %s%s"
        .formatted(
            time(row.atMillis()),
            Phrasing.printable(row.type()),
            subject(row),
            Phrasing.printable(row.origin()),
            Phrasing.printable(row.why()),
            row.folded() == 0
                ? ""
                : "; stands for " + Phrasing.count(row.folded(), "earlier event") + " as well");
  }

  private static String subject(Row row) {
    if (row.service().isEmpty()) {
      return "-";
    }
    return row.id().isEmpty() ? Phrasing.name(row.service()) : instance(row.service(), row.id());
  }

  /** Returns the same of a change, with the nodes that have seen it. */
  static String line(Fact fact) {
    return line(fact.row()) + "; " + Phrasing.printable(fact.sightings());
  }

  /** Returns the name of an instance as it is given to {@code hera why}. */
  static String instance(String service, String id) {
    return Phrasing.name(service) + "/" + Phrasing.name(id);
  }

  static String time(long millis) {
    return TIME.format(Instant.ofEpochMilli(millis));
  }

  /** Returns an event as one line of JSON, with its node. */
  static String json(String node, Row row) {
    JsonWriter out = new JsonWriter(64).ascii("{\"node\":").string(node);
    return join(out, row);
  }

  /** Returns a change as one line of JSON, with the nodes that have seen it. */
  static String json(Fact fact) {
    JsonWriter out = new JsonWriter(64 * fact.seen().size()).ascii("{\"seen\":");
    List<Fact.Sighting> seen = fact.seen();
    String separator = "[";
    for (Fact.Sighting one : seen) {
      out.ascii(separator).ascii("{\"node\":").string(one.node());
      out.ascii(",\"at\":").number(one.atMillis()).raw('}');
      separator = ",";
    }
    return join(out.raw(']'), fact.row());
  }

  /** Between its tokens, JSON may have line breaks and tabs; within them, any character may be escaped. */
  private static String join(JsonWriter start, Row row) {
    String members = row.json().strip().substring(1).replaceAll("[\\t\\n\\r]", " ");
    String text = new String(start.toBytes(), StandardCharsets.UTF_8) + "," + members;
    StringBuilder safe = new StringBuilder(text.length());
    text.codePoints().mapToObj(Character::toString).forEach(character -> {
      if (Phrasing.isPrintable(character)) {
        safe.append(character);
      } else {
        character.chars().forEach(unit -> safe.append("\\u%04x".formatted(unit)));
      }
    });
    return safe.toString();
  }
}

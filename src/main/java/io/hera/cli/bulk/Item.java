package io.hera.cli.bulk;

import io.hera.json.Documents;
import io.hera.json.LooseCursor;
import io.hera.json.Malformed;
import io.hera.wire.Names;
import java.util.Optional;

/**
 * One registration.
 *
 * @param name where it comes from, for a person
 * @param line as {@code /_batch} takes it
 */
record Item(String name, byte[] line) {
  private static final int DOCUMENT_MAX = 1 << 20;
  private static final int DEPTH_MAX = 64;

  static Item ofLine(long number, byte[] line) {
    return new Item("line " + number, line);
  }

  /** Returns what a node would say against it at the first glance; the node decides. */
  Optional<String> flaw() {
    String service = "";
    String id = "";
    try {
      LooseCursor members = LooseCursor.members(line);
      byte[] document = {};
      while (members.next()) {
        switch (members.name().orElse("")) {
          case "service" -> service = members.text().orElse("");
          case "id" -> id = members.text().orElse("");
          case "document" -> document = members.value();
          default -> {}
        }
      }
      Documents.check(document, DOCUMENT_MAX, DEPTH_MAX);
    } catch (Malformed malformed) {
      return Optional.of("at byte " + malformed.offset() + ": " + malformed.reason());
    }
    String named = id;
    return Names.flawOfService(service).or(() -> Names.flawOfId(named));
  }
}

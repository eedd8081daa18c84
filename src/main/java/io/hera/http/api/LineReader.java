package io.hera.http.api;

import io.hera.http.LineBodies.Line;
import io.hera.http.api.BatchItem.Refused;
import io.hera.json.LooseCursor;
import io.hera.json.Malformed;
import io.hera.wire.Durations;
import io.hera.wire.Problem;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Reads lines of {@link Ndjson}. A fault spoils its line alone; a line without names is reported by its number. */
final class LineReader {
  private final BatchReader documents;

  /** Reads documents by {@code documents}, which has the limits, and the ttl of lines that give none. */
  LineReader(BatchReader documents) {
    this.documents = documents;
  }

  /** A member of a line, as it was found. */
  private record Member(Optional<String> text, byte[] json) {}

  /** Returns the item of a line; empty if the line is blank. */
  Optional<BatchItem> read(Line line) {
    if (line.text().isEmpty()) {
      return Optional.of(unnamed(line, Problem.tooLarge(documents.documentBytesMax())));
    }
    byte[] text = line.text().get();
    if (isBlank(text)) {
      return Optional.empty();
    }
    try {
      return Optional.of(item(members(text)));
    } catch (Malformed flaw) {
      return Optional.of(unnamed(line, Problem.invalidDocument(flaw)));
    }
  }

  private static boolean isBlank(byte[] text) {
    return new String(text, StandardCharsets.UTF_8).isBlank();
  }

  private static Refused unnamed(Line line, Problem problem) {
    return new Refused("", "line " + line.number(), problem);
  }

  /** Returns the members; unknown ones are for later versions. */
  private static Map<String, Member> members(byte[] text) throws Malformed {
    Map<String, Member> members = new HashMap<>();
    LooseCursor cursor = LooseCursor.members(text);
    while (cursor.next()) {
      Member member = new Member(cursor.text(), cursor.value());
      if (members.put(cursor.name().orElse(""), member) != null) {
        throw cursor.flaw("a member appears twice");
      }
    }
    return members;
  }

  private BatchItem item(Map<String, Member> members) throws Malformed {
    String service = text(members, Ndjson.SERVICE);
    String id = text(members, Ndjson.ID);
    Member document = members.get(Ndjson.DOCUMENT);
    OptionalLong ttlMillis = ttlMillis(members.get(Ndjson.TTL));
    if (ttlMillis.isEmpty()) {
      return new Refused(
          service, id, Problem.invalidQuery("ttl: not a duration such as 15, 500ms, 15s or 5m"));
    }
    byte[] json = document == null ? new byte[0] : document.json();
    return documents.registration(service, id, json, ttlMillis.getAsLong());
  }

  private static String text(Map<String, Member> members, String name) throws Malformed {
    Member member = members.get(name);
    if (member == null || member.text().isEmpty()) {
      throw new Malformed(name + " is missing or not a string", 0);
    }
    return member.text().get();
  }

  /** Returns the ttl, at least 1; that of the request if the line has none; empty if it is not a duration. */
  private OptionalLong ttlMillis(@Nullable Member ttl) {
    String json = ttl == null ? "null" : new String(ttl.json(), StandardCharsets.UTF_8);
    if (json.equals("null") || ttl == null) {
      return OptionalLong.of(documents.ttlMillis());
    }
    OptionalLong millis = Durations.millis(ttl.text().orElse(json));
    return millis.isPresent() ? OptionalLong.of(Math.max(1, millis.getAsLong())) : millis;
  }
}

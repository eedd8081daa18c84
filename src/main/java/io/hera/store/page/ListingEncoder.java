package io.hera.store.page;

import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;

/** The encoding of members of compact JSON objects. */
public final class ListingEncoder {
  private ListingEncoder() {}

  /** Appends the name of a member to an unfinished object; the caller appends the value. */
  public static Buffer name(Buffer json, String name) {
    comma(json);
    return text(json, name).appendByte((byte) ':');
  }

  /**
   * Appends the name of a service or an instance as a string. Of the characters that JSON escapes,
   * a name can have only the quotation mark.
   */
  public static Buffer text(Buffer json, String name) {
    byte[] escaped = name.replace("\"", "\\\"").getBytes(StandardCharsets.UTF_8);
    return json.appendByte((byte) '"').appendBytes(escaped).appendByte((byte) '"');
  }

  /** Appends a comma, unless the object has no member yet. */
  public static void comma(Buffer json) {
    if (json.length() > 1) {
      json.appendByte((byte) ',');
    }
  }
}

package io.hera.store.page;

import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;

/** Writes members of compact JSON objects. */
public final class ListingEncoder {
  private ListingEncoder() {}

  /** Begins a member of the object that {@code json} is to become; its value is to follow. */
  public static Buffer name(Buffer json, String name) {
    comma(json);
    return text(json, name).appendByte((byte) ':');
  }

  /** Writes the name of a service or an instance as a string: of what JSON escapes it can only have quotation marks. */
  public static Buffer text(Buffer json, String name) {
    byte[] escaped = name.replace("\"", "\\\"").getBytes(StandardCharsets.UTF_8);
    return json.appendByte((byte) '"').appendBytes(escaped).appendByte((byte) '"');
  }

  /** Parts a member from one before it. */
  public static void comma(Buffer json) {
    if (json.length() > 1) {
      json.appendByte((byte) ',');
    }
  }
}

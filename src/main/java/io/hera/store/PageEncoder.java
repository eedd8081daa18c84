package io.hera.store;

import io.hera.registry.Registry;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Writes members of compact JSON objects, and the list of all services. */
final class PageEncoder {
  private PageEncoder() {}

  static Page services(Registry registry) {
    Buffer json = Buffer.buffer().appendByte((byte) '{');
    for (Map.Entry<String, Integer> service : registry.services().entrySet()) {
      name(json, service.getKey()).appendString("{\"instances\":" + service.getValue() + "}");
    }
    return new Page(json.appendByte((byte) '}'));
  }

  /** Begins a member of the object that {@code json} is to become; its value is to follow. */
  static Buffer name(Buffer json, String name) {
    comma(json);
    byte[] escaped = name.replace("\"", "\\\"").getBytes(StandardCharsets.UTF_8);
    return json.appendByte((byte) '"')
        .appendBytes(escaped)
        .appendByte((byte) '"')
        .appendByte((byte) ':');
  }

  /** Parts a member from one before it. */
  static void comma(Buffer json) {
    if (json.length() > 1) {
      json.appendByte((byte) ',');
    }
  }
}

package io.hera.store;

import io.hera.registry.Registry;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Writes the list of all services as compact JSON. */
final class PageEncoder {
  private PageEncoder() {}

  static Page services(Registry registry) {
    Buffer json = Buffer.buffer().appendByte((byte) '{');
    for (Map.Entry<String, Integer> service : registry.services().entrySet()) {
      name(json, service.getKey()).appendString("{\"instances\":" + service.getValue() + "}");
    }
    return new Page(json.appendByte((byte) '}'));
  }

  private static Buffer name(Buffer json, String name) {
    if (json.length() > 1) {
      json.appendByte((byte) ',');
    }
    byte[] escaped = name.replace("\"", "\\\"").getBytes(StandardCharsets.UTF_8);
    return json.appendByte((byte) '"')
        .appendBytes(escaped)
        .appendByte((byte) '"')
        .appendByte((byte) ':');
  }
}

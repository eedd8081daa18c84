package io.hera.store;

import io.hera.registry.Registry;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Writes pages: what is shown, as compact JSON, documents spliced in as they came. */
final class PageEncoder {
  private PageEncoder() {}

  static Page service(Registry registry, String service) {
    Buffer json = Buffer.buffer().appendByte((byte) '{');
    registry.forEach(service, (id, document) -> {
      name(json, id).appendBytes(document);
    });
    return new Page(json.appendByte((byte) '}'));
  }

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

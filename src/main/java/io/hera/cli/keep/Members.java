package io.hera.cli.keep;

import io.hera.client.Document;
import io.hera.json.JsonWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The document of an instance from members that were typed: {@code name=text} or {@code name:=JSON}. */
final class Members {
  private Members() {}

  /**
   * Returns the document with the port and these members.
   *
   * @throws IllegalArgumentException if one is neither form, or its JSON is not valid
   */
  static Document document(int port, List<String> members) {
    JsonWriter out = new JsonWriter(256).ascii("{\"port\":").number(port);
    for (String member : members) {
      int equals = member.indexOf('=');
      boolean json = equals > 0 && member.charAt(equals - 1) == ':';
      String name = member.substring(0, Math.max(0, json ? equals - 1 : equals));
      if (name.isEmpty()) {
        throw new IllegalArgumentException("--set: " + member + " is not K=V or K:=JSON");
      }
      String value = member.substring(equals + 1);
      out.raw(',').string(name).raw(':');
      if (json) {
        out.raw(value.getBytes(StandardCharsets.UTF_8));
      } else {
        out.string(value);
      }
    }
    try {
      return Document.of(out.raw('}').toBytes());
    } catch (IllegalArgumentException flaw) {
      throw new IllegalArgumentException("--set: " + flaw.getMessage(), flaw);
    }
  }
}

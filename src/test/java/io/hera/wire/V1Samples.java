package io.hera.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.hera.json.Malformed;
import io.hera.registry.Delta;
import io.hera.registry.Digest;
import io.hera.registry.OriginDelta;
import io.hera.registry.Registration;
import java.util.List;
import java.util.Map;

/** Answers of version 1, and what tests ask of them. */
final class V1Samples {
  static final long NOW = 1_355_833_270_000L;

  /** The example in the description of the 2012 project, completed. */
  static final String SEED = """
      {
        "sr-lon-1": [["srv1", "id1", {"host": "10.1.1.1", "name": "\\u00e5"}, 1355833258675]],
        "sr-ash-1": [["srv1", "id2", {}, 1355833268199]]
      }""";

  static final V1Request ASKED = new V1Request(
      new Digest(Map.of("sr-lon-1", 1_355_833_258_000L, "sr-ash-1", 0L)), NOW, Samples.LIVENESS);

  static final V1Request ONE = new V1Request(Digest.of("o", 100), NOW, Samples.LIVENESS);

  private V1Samples() {}

  /** Returns {@code service/id document version} of each registration. */
  static List<String> words(OriginDelta part) {
    return part.entries().stream()
        .filter(Registration.class::isInstance)
        .map(Registration.class::cast)
        .map(entry -> entry.key().service() + "/" + entry.key().id() + " "
            + new String(entry.document(), UTF_8).strip() + " " + entry.version())
        .toList();
  }

  static OriginDelta only(Decoded<Delta> decoded) {
    return decoded.answer().origins().get(0);
  }

  static Decoded<Delta> decode(String body) throws Malformed {
    return V1Codec.decode(body.getBytes(UTF_8), ONE, 100);
  }
}

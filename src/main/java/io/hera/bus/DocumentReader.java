package io.hera.bus;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.core.json.jackson.JacksonCodec;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * Reads documents as JSON objects for verticles.
 *
 * <p>Jackson refuses numbers of more than 1,000 characters, and very long names and strings, unless
 * a factory has other limits; HTTP takes them. The documents here are within the limits of HTTP already.
 */
final class DocumentReader {
  private static final JsonFactory FACTORY = JsonFactory.builder()
      .streamReadConstraints(StreamReadConstraints.builder()
          .maxNumberLength(Integer.MAX_VALUE)
          .maxStringLength(Integer.MAX_VALUE)
          .maxNameLength(Integer.MAX_VALUE)
          .build())
      .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
      .build();

  private DocumentReader() {}

  /** Returns JSON, whose value is an object, as an object. */
  static JsonObject read(byte[] json) {
    try (JsonParser parser = FACTORY.createParser(json)) {
      parser.nextToken();
      return new JsonObject(JacksonCodec.parseObject(parser));
    } catch (IOException malformed) {
      throw new UncheckedIOException(malformed);
    }
  }

  /** Returns the JSON in a buffer, whose value is an object, as an object. */
  static JsonObject read(Buffer json) {
    return read(json.getBytes());
  }
}

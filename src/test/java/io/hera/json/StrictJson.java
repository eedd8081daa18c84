package io.hera.json;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * JSON as two independent parsers read it, the JDK's UTF-8 decoder and Jackson: an oracle for the
 * readers under test.
 */
public final class StrictJson {
  private static final JsonFactory JACKSON = JsonFactory.builder()
      .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
      .streamReadConstraints(StreamReadConstraints.builder()
          .maxNumberLength(Integer.MAX_VALUE)
          .maxNameLength(Integer.MAX_VALUE)
          .maxStringLength(Integer.MAX_VALUE)
          .build())
      .build();

  private final String text;
  private final JsonParser parser;

  private StrictJson(String text, JsonParser parser) {
    this.text = text;
    this.parser = parser;
  }

  /** A value. */
  public sealed interface Value {
    /** Returns the number of levels of nesting: 0 for a scalar, 1 for an array of scalars. */
    int depth();
  }

  /**
   * An object.
   *
   * @param raw its text, from brace to brace
   */
  public record Members(Map<String, Value> members, String raw, int depth) implements Value {}

  /** An array. */
  public record Items(List<Value> items, int depth) implements Value {}

  /** A string, unescaped. */
  public record Text(String text) implements Value {
    @Override
    public int depth() {
      return 0;
    }
  }

  /** A number, true, false or null, as it is written. */
  public record Scalar(String text) implements Value {
    @Override
    public int depth() {
      return 0;
    }
  }

  /**
   * Returns the object that {@code json} is; empty if it is not one valid object of RFC 8259, has a
   * key twice, or is deeper than 1,000 levels.
   */
  public static Optional<Members> object(byte[] json) {
    try {
      String text = UTF_8.newDecoder().decode(ByteBuffer.wrap(json)).toString();
      try (JsonParser parser = JACKSON.createParser(text)) {
        if (parser.nextToken() != JsonToken.START_OBJECT) {
          return Optional.empty();
        }
        Members whole = new StrictJson(text, parser).members();
        return parser.nextToken() == null ? Optional.of(whole) : Optional.empty();
      }
    } catch (CharacterCodingException | JsonProcessingException flaw) {
      return Optional.empty();
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  /** Returns whether each string is whole Unicode, and each number is within a double's range. */
  public static boolean isInteroperable(Value value) {
    if (value instanceof Members object) {
      return object.members().entrySet().stream()
          .allMatch(member -> isWhole(member.getKey()) && isInteroperable(member.getValue()));
    }
    if (value instanceof Items array) {
      return array.items().stream().allMatch(StrictJson::isInteroperable);
    }
    if (value instanceof Text string) {
      return isWhole(string.text());
    }
    String scalar = ((Scalar) value).text();
    return !scalar.matches("[-0-9].*") || !Double.isInfinite(Double.parseDouble(scalar));
  }

  private static boolean isWhole(String text) {
    return UTF_8.newEncoder().canEncode(text);
  }

  private Members members() throws IOException {
    int start = (int) parser.currentTokenLocation().getCharOffset();
    Map<String, Value> members = new LinkedHashMap<>();
    int depth = 0;
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = parser.currentName();
      parser.nextToken();
      Value value = value();
      members.put(name, value);
      depth = Math.max(depth, value.depth());
    }
    int end = (int) parser.currentTokenLocation().getCharOffset();
    return new Members(members, text.substring(start, end + 1), depth + 1);
  }

  private Items items() throws IOException {
    List<Value> items = new ArrayList<>();
    int depth = 0;
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      Value value = value();
      items.add(value);
      depth = Math.max(depth, value.depth());
    }
    return new Items(items, depth + 1);
  }

  private Value value() throws IOException {
    return switch (parser.currentToken()) {
      case START_OBJECT -> members();
      case START_ARRAY -> items();
      case VALUE_STRING -> new Text(parser.getText());
      default -> new Scalar(parser.getText());
    };
  }
}

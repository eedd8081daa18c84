package io.hera.client;

import io.hera.json.JsonWriter;
import io.hera.json.LooseCursor;
import io.hera.json.Malformed;
import io.hera.json.ObjectCursor;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Converts checked JSON to values of Java and back, as {@link Document} describes them. */
final class JsonValues {
  private static final Pattern INTEGER = Pattern.compile("-?[0-9]{1,18}");
  private static final Pattern NUMBER =
      Pattern.compile("-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][+-]?[0-9]+)?");
  private static final int NUMBER_LENGTH_MAX = 1_000;

  private JsonValues() {}

  /** Returns the value of JSON that was checked before, without white space around it. */
  static @Nullable Object of(byte[] json) {
    return switch (json[0]) {
      case '{' -> map(json);
      case '[' -> list(json);
      case '"' -> text(json);
      case 't' -> true;
      case 'f' -> false;
      case 'n' -> null;
      default -> number(new String(json, StandardCharsets.US_ASCII));
    };
  }

  private static Map<String, @Nullable Object> map(byte[] json) {
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    ObjectCursor members = new ObjectCursor(json);
    while (members.next()) {
      map.put(members.name(), of(members.value()));
    }
    return Collections.unmodifiableMap(map);
  }

  private static List<@Nullable Object> list(byte[] json) {
    List<@Nullable Object> list = new ArrayList<>();
    LooseCursor elements = LooseCursor.elements(json);
    try {
      while (elements.next()) {
        list.add(of(elements.value()));
      }
    } catch (Malformed defect) {
      throw new IllegalStateException("the JSON was not checked", defect);
    }
    return Collections.unmodifiableList(list);
  }

  /** Returns the string that this is: the name of the only member of an object around it. */
  private static String text(byte[] json) {
    byte[] object =
        new JsonWriter(json.length + 6).ascii("{\"\":").raw(json).raw('}').toBytes();
    ObjectCursor member = new ObjectCursor(object);
    member.next();
    return member.text();
  }

  /** Returns a long or a double; a number beyond its range, which old nodes may show, is infinite. */
  private static Number number(String text) {
    try {
      return Long.valueOf(text);
    } catch (NumberFormatException notLong) {
      return Double.valueOf(text);
    }
  }

  /** Returns the integer of 32 bits that a value is. */
  static OptionalInt integer(Object value) {
    double number = Double.NaN;
    if (value instanceof Number found) {
      number = found.doubleValue();
    } else if (value instanceof String text && INTEGER.matcher(text).matches()) {
      number = Double.parseDouble(text);
    }
    return number == (int) number ? OptionalInt.of((int) number) : OptionalInt.empty();
  }

  /**
   * Returns the JSON of a value.
   *
   * @throws IllegalArgumentException if it has no JSON
   */
  static byte[] bytes(Object value) {
    JsonWriter out = new JsonWriter(64);
    write(out, value, Document.DEPTH_MAX);
    return out.toBytes();
  }

  private static void write(JsonWriter out, @Nullable Object value, int depthLeft) {
    if (depthLeft < 0) {
      throw new IllegalArgumentException(
          "document: nested deeper than level " + Document.DEPTH_MAX);
    }
    if (value == null) {
      out.ascii("null");
    } else if (value instanceof String text) {
      out.string(text);
    } else if (value instanceof Number number) {
      out.ascii(json(number));
    } else if (value instanceof Boolean flag) {
      out.ascii(flag.toString());
    } else if (value instanceof Collection<?> elements) {
      writeElements(out, elements, depthLeft);
    } else if (value instanceof Map<?, ?> members) {
      writeMembers(out, members, depthLeft);
    } else {
      throw new IllegalArgumentException("document: a value is a "
          + value.getClass().getName() + ", not a String, Number, Boolean, List or Map");
    }
  }

  private static void writeElements(JsonWriter out, Collection<?> elements, int depthLeft) {
    out.raw('[');
    String comma = "";
    for (Object element : elements) {
      out.ascii(comma);
      write(out, element, depthLeft - 1);
      comma = ",";
    }
    out.raw(']');
  }

  private static void writeMembers(JsonWriter out, Map<?, ?> members, int depthLeft) {
    out.raw('{');
    String comma = "";
    for (Map.Entry<?, ?> member : members.entrySet()) {
      if (!(member.getKey() instanceof String name)) {
        throw new IllegalArgumentException("document: the name of a member is not a String");
      }
      out.ascii(comma).string(name).raw(':');
      write(out, member.getValue(), depthLeft - 1);
      comma = ",";
    }
    out.raw('}');
  }

  private static String json(Number number) {
    String text = number.toString();
    if (text.length() > NUMBER_LENGTH_MAX || !NUMBER.matcher(text).matches()) {
      throw new IllegalArgumentException(
          "document: " + number.getClass().getName() + " has a value that is not a JSON number");
    }
    return text;
  }
}

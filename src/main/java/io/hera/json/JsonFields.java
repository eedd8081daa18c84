package io.hera.json;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * A small JSON object, read into maps by type: for answers whose members are looked up by name.
 * Members of other types (null, arrays of anything but integers) are left out. Immutable.
 *
 * <p>Not for documents: those are kept as bytes and walked through with {@link ObjectCursor}.
 */
public final class JsonFields {
  private static final int DEPTH_MAX = 16;
  private static final int NUMBER_LENGTH_MAX = 24;
  private static final Pattern INTEGER = Pattern.compile("-?[0-9]{1,18}");

  private final Map<String, String> texts = new TreeMap<>();
  private final Map<String, Long> numbers = new TreeMap<>();
  private final Map<String, List<Long>> lists = new TreeMap<>();
  private final Map<String, Boolean> flags = new TreeMap<>();
  private final Map<String, JsonFields> objects = new TreeMap<>();

  private JsonFields() {}

  /**
   * Reads one object.
   *
   * @param json UTF-8, at most 16 levels deep
   * @throws Malformed if it is not one JSON object, or has a key twice
   */
  public static JsonFields parse(byte[] json) throws Malformed {
    JsonScanner in = new JsonScanner(json);
    new JsonChecker(in, DEPTH_MAX, JsonRules.RFC_8259).document();
    in.expectEnd();
    return of(new ObjectCursor(json));
  }

  /**
   * Returns the string of this name.
   *
   * @throws Malformed if there is none
   */
  public String text(String name) throws Malformed {
    return required(name, texts);
  }

  /** Returns the string of this name, or {@code fallback} if there is none. */
  public String text(String name, String fallback) {
    return texts.getOrDefault(name, fallback);
  }

  /**
   * Returns the integer of this name.
   *
   * @throws Malformed if there is none
   */
  public long number(String name) throws Malformed {
    return required(name, numbers);
  }

  /** Returns the integer of this name, or {@code fallback} if there is none. */
  public long number(String name, long fallback) {
    return numbers.getOrDefault(name, fallback);
  }

  /** Returns the integer of this name; empty if there is none. */
  public OptionalLong optionalNumber(String name) {
    Long number = numbers.get(name);
    return number == null ? OptionalLong.empty() : OptionalLong.of(number);
  }

  /**
   * Returns the boolean of this name.
   *
   * @throws Malformed if there is none
   */
  public boolean flag(String name) throws Malformed {
    return required(name, flags);
  }

  /** Returns the boolean of this name, or {@code fallback} if there is none. */
  public boolean flag(String name, boolean fallback) {
    return flags.getOrDefault(name, fallback);
  }

  /** Returns the boolean of this name; empty if there is none. */
  public Optional<Boolean> optionalFlag(String name) {
    return Optional.ofNullable(flags.get(name));
  }

  /**
   * Returns the object of this name.
   *
   * @throws Malformed if there is none
   */
  public JsonFields object(String name) throws Malformed {
    return required(name, objects);
  }

  /** Returns the object of this name, or one without members if there is none. */
  public JsonFields objectOrEmpty(String name) {
    return objects.getOrDefault(name, new JsonFields());
  }

  /** Returns all strings by name. */
  public Map<String, String> texts() {
    return Collections.unmodifiableMap(texts);
  }

  /** Returns all integers by name. */
  public Map<String, Long> numbers() {
    return Collections.unmodifiableMap(numbers);
  }

  /** Returns all arrays of integers by name. */
  public Map<String, List<Long>> lists() {
    return Collections.unmodifiableMap(lists);
  }

  /** Returns all objects by name. */
  public Map<String, JsonFields> objects() {
    return Collections.unmodifiableMap(objects);
  }

  private static JsonFields of(ObjectCursor members) {
    JsonFields fields = new JsonFields();
    while (members.next()) {
      byte[] value = members.value();
      switch (value[0]) {
        case '"' -> fields.texts.put(members.name(), members.text());
        case '{' -> fields.objects.put(members.name(), of(new ObjectCursor(value)));
        case 't', 'f' -> fields.flags.put(members.name(), value[0] == 't');
        case '[' -> integers(value).ifPresent(list -> fields.lists.put(members.name(), list));
        case 'n' -> {}
        default -> integer(value).ifPresent(number -> fields.numbers.put(members.name(), number));
      }
    }
    return fields;
  }

  /** Returns the numbers of an array if all its elements are integers. */
  private static Optional<List<Long>> integers(byte[] array) {
    String elements = new String(array, 1, array.length - 2, StandardCharsets.UTF_8).strip();
    List<Long> integers = new ArrayList<>();
    for (String element : elements.isEmpty() ? new String[0] : elements.split(",", -1)) {
      String text = element.strip();
      if (!INTEGER.matcher(text).matches()) {
        return Optional.empty();
      }
      integers.add(Long.parseLong(text));
    }
    return Optional.of(List.copyOf(integers));
  }

  /**
   * Returns the number if it is an integer of 64 bits. A long one is not parsed: it could ask for
   * memory of any size.
   */
  private static OptionalLong integer(byte[] number) {
    if (number.length > NUMBER_LENGTH_MAX) {
      return OptionalLong.empty();
    }
    try {
      String text = new String(number, StandardCharsets.US_ASCII);
      return OptionalLong.of(new BigDecimal(text).longValueExact());
    } catch (ArithmeticException notInteger) {
      return OptionalLong.empty();
    }
  }

  private static <V> V required(String name, Map<String, V> values) throws Malformed {
    V value = values.get(name);
    if (value == null) {
      throw new Malformed(name + " is missing or of another type", 0);
    }
    return value;
  }
}

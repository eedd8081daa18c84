package io.hera.eureka;

import io.hera.json.ObjectCursor;
import io.hera.registry.InstanceAddress;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The members of a JSON object, as far as they are worth anything: null is as if it were not there.
 *
 * @param scalars name → text, in the order of the object
 * @param address those of them that may give an address: strings, and the port as a string or number
 * @param structures name → object or array
 */
record Members(
    Map<String, String> scalars, Map<String, String> address, Map<String, byte[]> structures) {
  static final Members NONE = new Members(Map.of(), Map.of(), Map.of());

  private static final int NUMBER_LENGTH_MAX = 20;

  /** Reads a checked object. */
  static Members of(byte[] object) {
    Map<String, String> scalars = new LinkedHashMap<>();
    Map<String, String> address = new HashMap<>();
    Map<String, byte[]> structures = new LinkedHashMap<>();
    ObjectCursor cursor = new ObjectCursor(object);
    while (cursor.next()) {
      if (cursor.isStructure()) {
        structures.put(cursor.name(), cursor.value());
      } else if (!cursor.isNull()) {
        scalars.put(cursor.name(), cursor.text());
        if (cursor.isText() || cursor.isNamed(InstanceAddress.PORT)) {
          address.put(cursor.name(), cursor.text());
        }
      }
    }
    return new Members(scalars, address, structures);
  }

  /** Returns the members of a member; none if it is not an object. */
  Members object(String name) {
    byte[] value = structures.get(name);
    return value == null || value[0] != '{' ? NONE : of(value);
  }

  /** Returns the text of a member that is not an empty one. */
  Optional<String> text(String name) {
    return Optional.ofNullable(scalars.get(name)).filter(text -> !text.isEmpty());
  }

  /** Returns the whole number that a member is, as a number or as a text, if it is within these bounds. */
  OptionalLong number(String name, long min, long max) {
    String text = scalars.getOrDefault(name, "");
    if (text.isEmpty() || text.length() > NUMBER_LENGTH_MAX) {
      return OptionalLong.empty();
    }
    try {
      long number = new BigDecimal(text).longValueExact();
      return number < min || number > max ? OptionalLong.empty() : OptionalLong.of(number);
    } catch (ArithmeticException | NumberFormatException notWhole) {
      return OptionalLong.empty();
    }
  }

  boolean has(String name) {
    return scalars.containsKey(name) || structures.containsKey(name);
  }
}

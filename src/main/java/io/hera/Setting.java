package io.hera;

import java.util.List;

/**
 * What a source of settings has at one place, before anything is known about its meaning; built by {@link YamlText} and
 * {@link OptionSettings}, understood by {@link ConfigReader}.
 */
sealed interface Setting {
  /** Where it is written. */
  Place place();

  /**
   * Where a setting is written.
   *
   * @param source file, or what else it comes from
   * @param line from 1; 0 where there are no lines
   */
  record Place(String source, int line) {
    Fault fault(String key, String value, String rule) {
      return new Fault(source, line, key, value, rule);
    }
  }

  /** A single value as it is written; {@code kind} says whether every reader of YAML takes it for text. */
  record Scalar(Place place, String text, Kind kind) implements Setting {}

  /** A list. */
  record Items(Place place, List<Setting> items) implements Setting {}

  /** A mapping with the keys in the order of the source, doubles included. */
  record Section(Place place, List<Member> members) implements Setting {}

  /** Something that was refused already: a fault has been noted, and nothing more is to be said of it. */
  record Refused(Place place) implements Setting {}

  /** One key of a mapping and its value. */
  record Member(Scalar key, Setting value) {}

  /** What a scalar is without its quotes. */
  enum Kind {
    /** Text and nothing else. */
    TEXT,
    /** A number, a truth value or a date to some readers of YAML. */
    AMBIGUOUS,
    /** Nothing: {@code key:}, {@code ~} or {@code null}. */
    EMPTY
  }
}

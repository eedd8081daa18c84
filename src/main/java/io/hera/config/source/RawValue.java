package io.hera.config.source;

import java.util.List;

/** A value as its source has it, with its place and before its meaning is known. */
public sealed interface RawValue {
  /** Returns where it is written. */
  Place place();

  /** Returns the text of a single value, and an empty text for anything else. */
  default String shown() {
    return "";
  }

  /**
   * Where a value is written.
   *
   * @param source file, environment variable, or {@code options}
   * @param line from 1; 0 where there are no lines
   */
  record Place(String source, int line) {
    /** Returns the fault that {@code value} at this place breaks {@code rule}. */
    public Fault fault(String key, String value, String rule) {
      return new Fault(source, line, key, value, rule);
    }
  }

  /** A single value as it is written. */
  record Scalar(Place place, String text, Kind kind) implements RawValue {
    @Override
    public String shown() {
      return text;
    }
  }

  /** A list. */
  record Items(Place place, List<RawValue> items) implements RawValue {}

  /** A mapping with the keys in the order of the source, repeated ones included. */
  record Section(Place place, List<Member> members) implements RawValue {}

  /** A value for which a fault has been noted already; readers ignore it. */
  record Refused(Place place) implements RawValue {}

  /** One key of a mapping and its value. */
  record Member(Scalar key, RawValue value) {}

  /** What a scalar is to a reader of YAML if it has no quotes. */
  enum Kind {
    /** Text to all of them. */
    TEXT,
    /** A number, a truth value or a date to some of them. */
    AMBIGUOUS,
    /** No value: {@code key:}, {@code ~} or {@code null}. */
    EMPTY
  }
}

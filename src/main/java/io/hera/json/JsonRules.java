package io.hera.json;

/** Which JSON a {@link JsonChecker} accepts. */
public enum JsonRules {
  /** RFC 8259, without an object that has a key twice. */
  RFC_8259,

  /**
   * JSON that every parser can read (I-JSON, RFC 7493): also without half of a surrogate pair in a
   * string or a key, and without a number beyond the range of a double. Parsers of several
   * languages refuse a whole text because of one of these. The precision of numbers is not limited,
   * and noncharacters such as U+FFFF are accepted, because parsers read both.
   */
  I_JSON
}

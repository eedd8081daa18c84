package io.hera.json;

/** The names of the kinds of JSON values, for messages. */
final class JsonKind {
  private JsonKind() {}

  /** Returns the kind of the value that begins with the byte {@code first}. */
  static String of(int first) {
    return switch (first) {
      case '{' -> "an object";
      case '[' -> "an array";
      case '"' -> "a string";
      case 't', 'f' -> "true or false";
      case 'n' -> "null";
      case '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' -> "a number";
      default -> "invalid JSON";
    };
  }
}

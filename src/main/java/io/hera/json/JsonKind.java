package io.hera.json;

/** What a JSON value is called, by the byte it begins with. */
final class JsonKind {
  private JsonKind() {}

  static String of(int first) {
    return switch (first) {
      case '{' -> "an object";
      case '[' -> "an array";
      case '"' -> "a string";
      case 't', 'f' -> "true or false";
      case 'n' -> "null";
      case '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' -> "a number";
      default -> "something else";
    };
  }
}

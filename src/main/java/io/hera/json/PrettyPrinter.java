package io.hera.json;

/**
 * The layout that {@code ?pretty} asks for: what Python 2's {@code json.dumps(indent=2)} writes, as the 2012 node did.
 *
 * <p>Two spaces a level, {@code ": "} behind a key, and a comma is followed by one space before the line break. It works on
 * bytes and changes no token, so that {@code 1.10} stays {@code 1.10}.
 */
public final class PrettyPrinter {
  private PrettyPrinter() {}

  /**
   * Lays out JSON anew, in linear time.
   *
   * @param json checked before: one value; white space between its tokens is of no account
   * @return the same tokens, without a line break at the end; a token grows by at most two bytes a level, and three
   */
  public static byte[] print(byte[] json) {
    JsonWriter out = new JsonWriter(json.length + json.length / 2);
    int depth = 0;
    int at = 0;
    while (at < json.length) {
      int start = at;
      byte b = json[at++];
      switch (b) {
        case ' ', '\t', '\r', '\n' -> {}
        case '{', '[' -> {
          at = space(json, at);
          if (at < json.length && json[at] == b + 2) {
            out.raw(b).raw(json[at++]);
          } else {
            out.raw(b).line(2 * ++depth);
          }
        }
        case '}', ']' -> out.line(2 * --depth).raw(b);
        case ',' -> out.raw(b).raw(' ').line(2 * depth);
        case ':' -> out.raw(b).raw(' ');
        default -> {
          at = b == '"' ? Escapes.quote(json, at) + 1 : word(json, at);
          out.raw(json, start, at);
        }
      }
    }
    return out.toBytes();
  }

  private static int space(byte[] json, int from) {
    int at = from;
    while (at < json.length && json[at] <= ' ') {
      at++;
    }
    return at;
  }

  /** Behind a number, true, false or null. */
  private static int word(byte[] json, int from) {
    int at = from;
    while (json.length > at && json[at] > ' ' && ",]}".indexOf(json[at]) < 0) {
      at++;
    }
    return at;
  }
}

package io.hera.json;

/**
 * The layout for {@code ?pretty}: that of Python 2's {@code json.dumps(indent=2)}, which nodes of
 * 2012 used.
 *
 * <p>Each level is indented by two spaces, {@code ": "} follows a key, and a comma is followed by
 * one space and the line break. The printer works on bytes and changes no token: {@code 1.10} stays
 * {@code 1.10}.
 */
public final class PrettyPrinter {
  private PrettyPrinter() {}

  /**
   * Lays out JSON, in linear time.
   *
   * @param json one value, checked before; white space between its tokens is ignored
   * @return the same tokens, without a line break at the end. The layout adds at most three bytes
   *     per token, and two per level of nesting
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
          at = skipSpace(json, at);
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
          at = b == '"' ? Escapes.closingQuote(json, at) + 1 : endOfToken(json, at);
          out.raw(json, start, at);
        }
      }
    }
    return out.toBytes();
  }

  private static int skipSpace(byte[] json, int from) {
    int at = from;
    while (at < json.length && json[at] <= ' ') {
      at++;
    }
    return at;
  }

  /** Returns the index after a number or a literal. */
  private static int endOfToken(byte[] json, int from) {
    int at = from;
    while (json.length > at && json[at] > ' ' && ",]}".indexOf(json[at]) < 0) {
      at++;
    }
    return at;
  }
}

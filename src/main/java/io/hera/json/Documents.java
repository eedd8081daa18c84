package io.hera.json;

/**
 * The check of a document: one JSON object that all readers understand in the same way.
 *
 * <p>A document is strict UTF-8 without a byte order mark. An object has no key twice, compared
 * after unescaping. Nothing but white space follows the object. Numbers may have any precision, but
 * each is within the range of a double, and no string has half of a surrogate pair: see {@link
 * JsonRules#I_JSON}. Otherwise one document would make its whole service unreadable for clients
 * whose parsers refuse such values.
 */
public final class Documents {
  private static final int STRUCTURE_DEPTH_MAX = 64;

  private Documents() {}

  /**
   * Checks a document in one pass.
   *
   * @param document the bytes as the client sent them
   * @param bytesMax most bytes
   * @param depthMax most levels of nesting; the outermost object is level 1. At most a few hundred,
   *     because the check is recursive
   * @throws Malformed with a pointer to the faulty member, if there is one
   */
  public static void check(byte[] document, int bytesMax, int depthMax) throws Malformed {
    if (document.length > bytesMax) {
      throw new Malformed("the document is larger than " + bytesMax + " bytes", bytesMax);
    }
    JsonScanner in = new JsonScanner(document);
    try {
      new JsonChecker(in, depthMax, JsonRules.I_JSON).document();
      in.expectEnd();
    } catch (Malformed flaw) {
      throw explained(flaw, document);
    }
  }

  /** Returns whether the text is one object or array (RFC 8259), at most 64 levels deep. */
  public static boolean isStructure(byte[] text) {
    JsonScanner in = new JsonScanner(text);
    try {
      if (in.peek() != '{' && in.peek() != '[') {
        return false;
      }
      new JsonChecker(in, STRUCTURE_DEPTH_MAX, JsonRules.RFC_8259).value(1);
      in.expectEnd();
      return true;
    } catch (Malformed flaw) {
      return false;
    }
  }

  private static Malformed explained(Malformed flaw, byte[] document) {
    if (startsWithByteOrderMark(document)) {
      return new Malformed("the document begins with a byte order mark", 0);
    }
    return new Malformed(flaw.reason(), flaw.offset(), JsonPointer.to(document, flaw.offset()));
  }

  private static boolean startsWithByteOrderMark(byte[] document) {
    return document.length >= 3
        && document[0] == (byte) 0xef
        && document[1] == (byte) 0xbb
        && document[2] == (byte) 0xbf;
  }
}

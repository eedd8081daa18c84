package io.hera.json;

/**
 * The rule of what an instance document is: one JSON object (RFC 8259) that every reader understands in the same way.
 *
 * <p>Strict UTF-8 without a byte order mark, no key twice in an object (compared after unescaping), nothing behind the end.
 * Numbers may be of any size and escapes of lone surrogates such as {@code "\ud800"} pass, as RFC 8259 allows both and a
 * document is kept as it came, never interpreted.
 */
public final class Documents {
  private Documents() {}

  /**
   * Checks a document in one pass.
   *
   * @param document the bytes as the client sent them
   * @param bytesMax most bytes
   * @param depthMax most levels of nesting, the outermost object being 1; at most some hundreds
   * @throws Malformed with the member at fault where there is one
   */
  public static void check(byte[] document, int bytesMax, int depthMax) throws Malformed {
    if (document.length > bytesMax) {
      throw new Malformed("the document is larger than " + bytesMax + " bytes", bytesMax);
    }
    JsonScanner in = new JsonScanner(document);
    try {
      new JsonChecker(in, depthMax).document();
      in.finish();
    } catch (Malformed flaw) {
      throw explained(flaw, document);
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

package io.hera.tls;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One block of a PEM text (RFC 7468).
 *
 * @param label the words after BEGIN
 * @param der the content
 * @param encrypted whether a password is needed to read it
 */
record PemBlock(String label, byte[] der, boolean encrypted) {
  private static final Pattern BEGIN = Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----");
  private static final Pattern HEADER = Pattern.compile("(?m)^[A-Za-z-]+:.*$");

  /**
   * Returns the blocks of {@code text}, in their order; text between them is ignored.
   *
   * @throws IllegalArgumentException with the predicate of a sentence about the text
   */
  static List<PemBlock> of(String text) {
    List<PemBlock> blocks = new ArrayList<>();
    Matcher begin = BEGIN.matcher(text);
    int from = 0;
    while (begin.find(from)) {
      String label = begin.group(1);
      String endLine = "-----END " + label + "-----";
      int end = text.indexOf(endLine, begin.end());
      if (end < 0) {
        throw new IllegalArgumentException("is cut off: the line " + endLine + " is missing");
      }
      blocks.add(block(label, text.substring(begin.end(), end)));
      from = end + endLine.length();
    }
    return blocks;
  }

  private static PemBlock block(String label, String body) {
    boolean encrypted = label.startsWith("ENCRYPTED") || body.contains("ENCRYPTED");
    String base64 = HEADER.matcher(body).replaceAll("").replaceAll("\\s", "");
    try {
      return new PemBlock(label, Base64.getDecoder().decode(base64), encrypted);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "has a block " + label + " that is not Base64: it was cut or changed", e);
    }
  }
}

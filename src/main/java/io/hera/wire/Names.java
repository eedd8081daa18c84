package io.hera.wire;

import java.util.Optional;

/**
 * The rules of what may be a name, in one place for paths, answers of peers and settings.
 *
 * <p>Nothing is normalised: two names are the same exactly when their UTF-8 bytes are.
 */
public final class Names {
  /** Most bytes of UTF-8 a name may have. */
  public static final int BYTES_MAX = 255;

  private static final int LIFE_MAX = 64;

  private Names() {}

  /** Why {@code service}, decoded, may not be a service, in plain words; empty if it may. */
  public static Optional<String> flawOfService(String service) {
    if (service.startsWith("_")) {
      return Optional.of("the service begins with '_', which is reserved");
    }
    return flaw(service, "the service");
  }

  /** Why {@code id}, decoded, may not be the id of an instance, in plain words; empty if it may. */
  public static Optional<String> flawOfId(String id) {
    return flaw(id, "the id");
  }

  /**
   * Why {@code node} may not be a node's name; empty if it may. It travels in a header, so it is 1–255 printable ASCII
   * characters without ';', spaces only within.
   */
  public static Optional<String> flawOfNode(String node) {
    if (!printable(node, BYTES_MAX) || node.startsWith(" ") || node.endsWith(" ")) {
      return Optional.of("a node's name must be 1 to 255 printable ASCII characters without ';'");
    }
    return Optional.empty();
  }

  /** Whether {@code life} may be what a process calls itself: 1–64 printable ASCII characters without ';' and space. */
  static boolean isLife(String life) {
    return printable(life, LIFE_MAX) && life.indexOf(' ') < 0;
  }

  /** A name of whatever origin, fit to be shown: short, and nothing in it but printable ASCII. */
  static String shown(String name) {
    StringBuilder shown = new StringBuilder();
    for (int i = 0; i < name.length() && i < 60; i++) {
      char c = name.charAt(i);
      shown.append(c >= ' ' && c < 0x7f ? c : '?');
    }
    return name.length() > 60 ? shown.append("...").toString() : shown.toString();
  }

  private static Optional<String> flaw(String name, String what) {
    if (name.isEmpty()) {
      return Optional.of(what + " is empty");
    }
    if (name.equals(".") || name.equals("..")) {
      return Optional.of(what + " is '" + name + "', which is not a name");
    }
    return flawOfCharacters(name, what);
  }

  private static Optional<String> flawOfCharacters(String name, String what) {
    int bytes = 0;
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (c == '/' || c == '\\') {
        return Optional.of(what + " contains '" + c + "'");
      }
      if (c < ' ' || (c >= 0x7f && c < 0xa0)) {
        return Optional.of(what + " contains a control character");
      }
      if (Character.isSurrogate(c)) {
        if (Character.isLowSurrogate(c) || Character.charCount(name.codePointAt(i)) == 1) {
          return Optional.of(what + " contains half a surrogate pair");
        }
        i++;
        bytes += 4;
      } else {
        bytes += c < 0x80 ? 1 : c < 0x800 ? 2 : 3;
      }
      if (bytes > BYTES_MAX) {
        return Optional.of(what + " is longer than " + BYTES_MAX + " bytes of UTF-8");
      }
    }
    return Optional.empty();
  }

  private static boolean printable(String text, int lengthMax) {
    return !text.isEmpty()
        && text.length() <= lengthMax
        && text.chars().allMatch(c -> c >= ' ' && c < 0x7f && c != ';');
  }
}

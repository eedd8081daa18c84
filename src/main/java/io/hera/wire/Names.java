package io.hera.wire;

import java.util.Optional;

/**
 * The rules for names, the same in paths, in answers of peers and in settings.
 *
 * <p>Names are not normalised: two names are equal if and only if their UTF-8 bytes are.
 */
public final class Names {
  /** Most bytes of a name in UTF-8. */
  public static final int BYTES_MAX = 255;

  private static final int LIFE_MAX = 64;

  private Names() {}

  /** Returns the rule that {@code service}, decoded, breaks; empty if it is a valid service. */
  public static Optional<String> flawOfService(String service) {
    if (service.startsWith("_")) {
      return Optional.of("the service begins with '_', which is reserved");
    }
    return flaw(service, "the service");
  }

  /**
   * Returns the rule that {@code id}, decoded, breaks; empty if it is a valid id of an instance.
   */
  public static Optional<String> flawOfId(String id) {
    return flaw(id, "the id");
  }

  /**
   * Returns the rule that {@code node} breaks; empty if it is a valid name of a node. Node names
   * travel in a header: they are 1–255 printable ASCII characters without ';', and without spaces
   * at either end.
   */
  public static Optional<String> flawOfNode(String node) {
    if (!printable(node, BYTES_MAX) || node.startsWith(" ") || node.endsWith(" ")) {
      return Optional.of("a node's name must be 1 to 255 printable ASCII characters without ';'");
    }
    return Optional.empty();
  }

  /**
   * Returns whether {@code life} is a valid life: 1–64 printable ASCII characters without ';' and
   * space.
   */
  static boolean isLife(String life) {
    return printable(life, LIFE_MAX) && life.indexOf(' ') < 0;
  }

  /** Returns any name in a form for messages: short, and in printable ASCII only. */
  static String forMessage(String name) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < name.length() && i < 60; i++) {
      char c = name.charAt(i);
      text.append(c >= ' ' && c < 0x7f ? c : '?');
    }
    return name.length() > 60 ? text.append("...").toString() : text.toString();
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
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < ' ' || c >= 0x7f || c == ';') {
        return false;
      }
    }
    return !text.isEmpty() && text.length() <= lengthMax;
  }
}

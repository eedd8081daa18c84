package io.hera.registry;

import java.util.Comparator;

/**
 * The name of one instance: both path segments together.
 *
 * <p>Two keys are equal if and only if their UTF-8 bytes are. The caller has checked the rules for
 * names; the registry itself accepts any two strings.
 *
 * @param service the service, 1–255 bytes of UTF-8
 * @param id the instance within the service, 1–255 bytes of UTF-8
 */
public record Key(String service, String id) {
  /** The order of the UTF-8 bytes, which differs from {@link String#compareTo} beyond U+FFFF. */
  public static final Comparator<String> BYTE_ORDER = Key::compareBytes;

  /** Whether it names a drain, and no instance (P18): a client cannot use this name of a service. */
  public boolean isOfDrain() {
    return service.equals(Drains.SERVICE);
  }

  private static int compareBytes(String a, String b) {
    int length = Math.min(a.length(), b.length());
    for (int i = 0; i < length; i++) {
      char x = a.charAt(i);
      char y = b.charAt(i);
      if (x != y) {
        return Character.isSurrogate(x) == Character.isSurrogate(y)
            ? Character.compare(x, y)
            : Boolean.compare(Character.isSurrogate(x), Character.isSurrogate(y));
      }
    }
    return Integer.compare(a.length(), b.length());
  }
}

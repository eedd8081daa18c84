package io.hera.torture;

import java.util.List;
import java.util.stream.IntStream;

/** The instances that clients write. Each has one owner. */
final class Keys {
  private static final int CHANGING = 12;
  private static final int LIVING = 9;

  private Keys() {}

  /** Returns those that are put, put again, left to expire, and deleted, in the service {@code s}. */
  static List<String> changing() {
    return numbered("k", CHANGING);
  }

  /** Returns those that their owners renew in time and never delete, in the service {@code live}. */
  static List<String> living() {
    return numbered("v", LIVING);
  }

  private static List<String> numbered(String prefix, int count) {
    return IntStream.range(0, count).mapToObj(number -> prefix + number).toList();
  }

  static String service(String key) {
    return key.startsWith("v") ? "live" : "s";
  }

  /** Returns the ttl: odd keys choose 8 s, the others have the liveness of the nodes. */
  static long ttl(String key) {
    return Integer.parseInt(key.substring(1)) % 2 == 1 ? 8_000 : 20_000;
  }
}

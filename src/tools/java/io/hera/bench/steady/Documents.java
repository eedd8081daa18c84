package io.hera.bench.steady;

import java.util.function.IntFunction;

/** The documents of instances, of about 130 bytes. */
final class Documents {
  private Documents() {}

  /** Returns the document of instance {@code i}, in one of ten zones; another number changes it. */
  static String of(int i, int number) {
    return ("{\"host\":\"10.%d.%d.%d\",\"port\":%d,\"zone\":\"z%d\",\"version\":\"1.%06d\","
            + "\"started\":\"2026-01-02T03:04:05Z\",\"weight\":100,\"tls\":true}")
        .formatted(i >> 16, i >> 8 & 255, i & 255, 1_024 + i % 60_000, i % 10, number);
  }

  /** Returns the first documents. */
  static IntFunction<String> first() {
    return i -> of(i, 1);
  }

  /** Returns a document for instance {@code i} of this size. */
  static IntFunction<String> large(int bytes) {
    String filling = "x".repeat(bytes);
    return i -> "{\"filling\":\"" + filling + "\"}";
  }
}

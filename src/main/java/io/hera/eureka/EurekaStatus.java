package io.hera.eureka;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The status of an instance: all words that Eureka has for it, in alphabetic order. */
public enum EurekaStatus {
  DOWN,
  OUT_OF_SERVICE,
  STARTING,
  UNKNOWN,
  UP;

  private static final Map<String, EurekaStatus> OTHER_WORDS = Map.of(
      "drain", OUT_OF_SERVICE,
      "draining", OUT_OF_SERVICE,
      "maintenance", OUT_OF_SERVICE,
      "critical", DOWN);

  /** Returns the status of this name, in upper or lower case. */
  public static Optional<EurekaStatus> named(String name) {
    return Arrays.stream(values())
        .filter(status -> status.name().equals(name.toUpperCase(Locale.ROOT)))
        .findAny();
  }

  /** Returns what the member {@code status} of a document stands for: whatever Eureka has no word for is up. */
  static EurekaStatus ofDocument(String text) {
    String word = text.toLowerCase(Locale.ROOT);
    return named(word).orElseGet(() -> OTHER_WORDS.getOrDefault(word, UP));
  }

  /** Returns the word for documents. */
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}

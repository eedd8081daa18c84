package io.hera.client;

import java.util.Locale;

/** The state that an instance says it is in: the member {@code status} of its document. */
public enum Status {
  /** It takes calls: the status of a document with another value than the others', or without one. */
  UP,
  /** It does not work, as far as it knows; it is called only if most others do not work either. */
  DOWN,
  /** It finishes its calls and gets no new one. */
  DRAIN;

  /** Returns the status of a document; upper and lower case are the same. */
  static Status of(Document document) {
    String text = document.text("status").orElse("").toLowerCase(Locale.ROOT);
    return switch (text) {
      case "down" -> DOWN;
      case "drain" -> DRAIN;
      default -> UP;
    };
  }
}

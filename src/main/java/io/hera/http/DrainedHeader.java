package io.hera.http;

import io.vertx.core.http.HttpHeaders;
import java.nio.charset.StandardCharsets;

/** The header {@code Hera-Drained}: why a drain hides an instance, or how many instances of a service drains hide (P18). */
public final class DrainedHeader {
  private static final CharSequence NAME = HttpHeaders.createOptimized("hera-drained");

  private DrainedHeader() {}

  /** Says why the instance of the reply is hidden. */
  public static void put(Exchange exchange, String reason) {
    exchange.putHeader(NAME, reason.isBlank() ? "drained" : printable(reason));
  }

  /** Says how many instances are left out; nothing if there are none. */
  public static void put(Exchange exchange, int count) {
    if (count > 0) {
      exchange.putHeader(NAME, Integer.toString(count));
    }
  }

  /** Returns a text for a header: characters that it cannot have are percent-encoded. */
  public static String printable(String reason) {
    StringBuilder text = new StringBuilder();
    for (byte b : reason.strip().getBytes(StandardCharsets.UTF_8)) {
      if (b >= ' ' && b < 0x7f) {
        text.append((char) b);
      } else {
        text.append("%%%02X".formatted(b & 0xff));
      }
    }
    return text.toString();
  }
}

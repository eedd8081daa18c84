package io.hera.http;

import io.vertx.core.http.HttpServerRequest;
import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Pattern;

/** What a client lists in the headers with which it says what it takes. */
final class Accepts {
  private static final Pattern NEVER = Pattern.compile("q=0(\\.0*)?");

  private Accepts() {}

  /** Whether a header that lists alternatives has {@code wanted} among them, and not at weight 0. */
  static boolean has(HttpServerRequest request, CharSequence header, String wanted) {
    String first = request.headers().get(header);
    return first != null
        && (first.equals(wanted)
            || request.headers().getAll(header).stream().anyMatch(line -> has(line, wanted)));
  }

  private static boolean has(String line, String wanted) {
    return Arrays.stream(line.split(",", -1))
        .map(
            alternative -> alternative.toLowerCase(Locale.ROOT).replace(" ", "").split(";", -1))
        .anyMatch(parts -> parts[0].strip().equals(wanted)
            && Arrays.stream(parts).noneMatch(part -> NEVER.matcher(part).matches()));
  }
}

package io.hera.http;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.vertx.core.MultiMap;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;

/**
 * Headers in which a client lists what it takes, each with a weight (RFC 9110, 12.4.2): {@code gzip, br;q=0.5}. Parameters other than
 * the weight are ignored.
 */
final class Alternatives {
  private static final int WEIGHT_MAX = 1_000;
  private static final String WEIGHT = "q=";
  private static final String GZIP = "gzip";

  private Alternatives() {}

  /**
   * Returns whether the client names this media type, at no lower weight than it gives to JSON, by name or as one of many types.
   */
  static boolean prefersToJson(MultiMap headers, String mediaType) {
    String first = headers.get(HttpHeaderNames.ACCEPT);
    if (first == null || first.equals(mediaType) || first.equals("*/*")) {
      return mediaType.equals(first);
    }
    List<String> lines = headers.getAll(HttpHeaderNames.ACCEPT);
    int weight = firstWeight(lines, mediaType);
    return weight > 0 && weight >= firstWeight(lines, "application/json", "application/*", "*/*");
  }

  /** Returns whether the client names HTML, and neither JSON nor, before that, any type: only browsers do. */
  static boolean wantsPage(MultiMap headers) {
    String accept = headers.get(HttpHeaderNames.ACCEPT);
    if (accept == null || accept.equals("*/*")) {
      return false;
    }
    String all = String.join(",", headers.getAll(HttpHeaderNames.ACCEPT)).toLowerCase(Locale.ROOT);
    int html = all.indexOf("text/html");
    int any = all.indexOf("*/*");
    return html >= 0 && (any < 0 || html < any) && !all.contains("json");
  }

  /** Returns whether the client takes gzip, at no lower weight than it gives to plain bytes. */
  static boolean acceptsGzip(MultiMap headers) {
    String first = headers.get(HttpHeaderNames.ACCEPT_ENCODING);
    if (first == null || first.equals(GZIP)) {
      return first != null;
    }
    List<String> lines = headers.getAll(HttpHeaderNames.ACCEPT_ENCODING);
    int weight = firstWeight(lines, GZIP, "x-gzip", "*");
    return weight > 0 && weight >= firstWeight(lines, "identity");
  }

  /** Returns the weight of {@code wanted} in thousandths, the highest if it is listed several times; empty if it is not listed. */
  static OptionalInt weight(List<String> lines, String wanted) {
    return lines.stream()
        .flatMap(line -> split(line, ',').stream())
        .map(alternative -> split(alternative, ';'))
        .filter(parts -> parts.get(0).strip().equalsIgnoreCase(wanted))
        .mapToInt(Alternatives::weight)
        .max();
  }

  /** Returns the weight of the first of these names that is listed; 0 if none is. */
  static int firstWeight(List<String> lines, String... names) {
    for (String name : names) {
      OptionalInt weight = weight(lines, name);
      if (weight.isPresent()) {
        return weight.getAsInt();
      }
    }
    return 0;
  }

  /** A weight that is not a number counts as none: 1. */
  private static int weight(List<String> parts) {
    for (String part : parts.subList(1, parts.size())) {
      String parameter = part.replace(" ", "").replace("\t", "").toLowerCase(Locale.ROOT);
      if (parameter.startsWith(WEIGHT)) {
        return thousandths(parameter.substring(WEIGHT.length()));
      }
    }
    return WEIGHT_MAX;
  }

  private static int thousandths(String weight) {
    if (!weight.matches("[0-9]{0,9}(\\.[0-9]{0,9})?") || weight.length() < 1) {
      return WEIGHT_MAX;
    }
    double parsed = weight.equals(".") ? 1 : Double.parseDouble(weight);
    return (int) Math.min(WEIGHT_MAX, Math.ceil(WEIGHT_MAX * parsed));
  }

  /** Splits at a separator outside quotation marks. */
  private static List<String> split(String text, char separator) {
    List<String> parts = new ArrayList<>();
    boolean quoted = false;
    int from = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"') {
        quoted = !quoted;
      } else if (c == '\\' && quoted) {
        i++;
      } else if (c == separator && !quoted) {
        parts.add(text.substring(from, i));
        from = i + 1;
      }
    }
    parts.add(text.substring(from));
    return parts;
  }
}

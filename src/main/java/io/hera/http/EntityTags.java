package io.hera.http;

import java.util.List;

/** Entity tags that a client says it knows. */
public final class EntityTags {
  private EntityTags() {}

  /**
   * Returns whether {@code etag} is among those listed, by weak comparison (RFC 9110, 13.1.2). None of our tags has a comma in it.
   *
   * @param lines the headers {@code If-None-Match}
   */
  public static boolean has(List<String> lines, String etag) {
    if (lines.isEmpty()) {
      return false;
    }
    String opaque = etag.substring(2);
    for (String line : lines) {
      for (String tag : line.split(",", -1)) {
        String bare = tag.strip();
        if (bare.equals("*") || bare.equals(etag) || bare.equals(opaque)) {
          return true;
        }
      }
    }
    return false;
  }
}

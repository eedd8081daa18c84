package io.hera.http.api;

import io.hera.http.Exchange;
import io.hera.http.HttpLimits;
import io.netty.handler.codec.http.HttpHeaderNames;
import java.util.Locale;
import java.util.Set;

/**
 * Registrations as lines of JSON (NDJSON), for exports and imports of any size: {@code
 * {"service":"web","id":"1","ttl":15,"document":{…}}}. The ttl is that which the client chose, in seconds; without it, the instance
 * lives as long as {@code liveness}.
 */
public final class Ndjson {
  static final String TYPE = "application/x-ndjson";
  static final String SERVICE = "service";
  static final String ID = "id";
  static final String TTL = "ttl";
  static final String DOCUMENT = "document";

  private static final Set<String> TYPES = Set.of(TYPE, "application/ndjson", "application/jsonl");

  /** Room for two names of which each byte is escaped, and for what stands around them. */
  private static final int LINE_OVERHEAD = 8 << 10;

  private Ndjson() {}

  /** Returns the most bytes of a line: any registration within the limits fits. */
  public static int lineBytesMax(HttpLimits limits) {
    return limits.documentBytesMax() + LINE_OVERHEAD;
  }

  /** Returns whether the body of a request has this type. */
  static boolean isSent(Exchange exchange) {
    return exchange
        .header(HttpHeaderNames.CONTENT_TYPE)
        .map(type -> type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT))
        .filter(TYPES::contains)
        .isPresent();
  }
}

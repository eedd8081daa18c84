package io.hera.http.api;

import io.hera.http.EntityTags;
import io.hera.http.Exchange;
import io.hera.wire.ProblemException;
import io.netty.handler.codec.http.HttpHeaderNames;
import java.util.List;

/**
 * What a client says with a read.
 *
 * @param pretty whether it wants JSON for people
 * @param knownTags its headers {@code If-None-Match}
 */
record ReadTerms(boolean pretty, List<String> knownTags) {
  /** Reads them from a request. */
  static ReadTerms of(Exchange exchange) throws ProblemException {
    return new ReadTerms(
        exchange.query().pretty(), exchange.headers(HttpHeaderNames.IF_NONE_MATCH));
  }

  /** Returns whether the client has an answer, of whatever content. */
  boolean knowAny() {
    return !knownTags.isEmpty();
  }

  /** Returns whether the client has the content with this entity tag. */
  boolean know(String etag) {
    return EntityTags.has(knownTags, etag);
  }
}

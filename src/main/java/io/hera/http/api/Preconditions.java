package io.hera.http.api;

import io.hera.http.EntityTags;
import io.hera.http.Exchange;
import io.hera.store.Write;
import io.netty.handler.codec.http.HttpHeaderNames;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The conditions under which a client wants a write (RFC 9110, 13.1). They are evaluated at this node, in the turn of the write: of
 * two clients at one node, the second sees the write of the first; of two at different nodes, both may get 204.
 *
 * <p>Tags are compared weakly in {@code If-Match} too. All tags are weak, because a heartbeat changes bytes but not content; strong
 * comparison would never hold.
 */
final class Preconditions {
  private Preconditions() {}

  /** Returns the write, under the conditions of the request if it has any. */
  static Write conditional(Exchange exchange, Write write) {
    List<String> wanted = exchange.headers(HttpHeaderNames.IF_MATCH);
    List<String> unwanted = exchange.headers(HttpHeaderNames.IF_NONE_MATCH);
    if (wanted.isEmpty() && unwanted.isEmpty()) {
      return write;
    }
    Predicate<Optional<String>> condition =
        shown -> (wanted.isEmpty() || isAmong(wanted, shown)) && !isAmong(unwanted, shown);
    return new Write.Conditional(write, condition);
  }

  private static boolean isAmong(List<String> lines, Optional<String> shown) {
    return shown.filter(etag -> EntityTags.has(lines, etag)).isPresent();
  }
}

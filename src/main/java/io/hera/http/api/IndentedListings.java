package io.hera.http.api;

import io.hera.json.PrettyPrinter;
import io.hera.store.page.Listing;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.util.HashMap;
import java.util.Map;

/**
 * Listings with line breaks and indents, for people. A worker makes a large one, once for all that ask meanwhile. One per HTTP
 * verticle, used on its context only.
 */
final class IndentedListings {
  private static final int AT_ONCE_BYTES = 64 << 10;

  private final Vertx vertx;
  private final Map<Listing, Future<Buffer>> underWay = new HashMap<>();

  IndentedListings(Vertx vertx) {
    this.vertx = vertx;
  }

  /** Returns the listing, indented. */
  Future<Buffer> of(Listing listing) {
    if (listing.json().length() <= AT_ONCE_BYTES) {
      return Future.succeededFuture(indented(listing));
    }
    Future<Buffer> known = underWay.get(listing);
    return known == null ? begin(listing) : known;
  }

  private Future<Buffer> begin(Listing listing) {
    Future<Buffer> begun = vertx
        .executeBlocking(() -> indented(listing), false)
        .onComplete(ended -> underWay.remove(listing));
    underWay.put(listing, begun);
    return begun;
  }

  private static Buffer indented(Listing listing) {
    return Buffer.buffer(PrettyPrinter.print(listing.json().getBytes()));
  }
}

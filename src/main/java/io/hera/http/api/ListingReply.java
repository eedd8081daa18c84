package io.hera.http.api;

import io.hera.http.Compression;
import io.hera.http.Exchange;
import io.hera.http.OnThisLoop;
import io.hera.store.page.Listing;
import io.vertx.core.Vertx;

/**
 * Replies with a listing as the client wants it: compact, indented, or compressed. One whose bytes are not all there is compact for
 * all. One per HTTP verticle.
 */
final class ListingReply {
  private final Vertx vertx;
  private final IndentedListings indented;

  ListingReply(Vertx vertx) {
    this.vertx = vertx;
    this.indented = new IndentedListings(vertx);
  }

  void pretty(Exchange exchange, Listing listing) {
    if (!listing.isWhole()) {
      compact(exchange, listing);
      return;
    }
    indented
        .of(listing)
        .onSuccess(json -> exchange.json(listing.etag(), json))
        .onFailure(exchange::fail);
  }

  void compact(Exchange exchange, Listing listing) {
    if (listing.isWhole() && Compression.pays(listing.length()) && exchange.acceptsGzip()) {
      compressed(exchange, listing);
    } else {
      exchange.json(listing.etag(), listing.page());
    }
  }

  private void compressed(Exchange exchange, Listing listing) {
    OnThisLoop.of(vertx, listing.compressed(plain -> Compression.gzip(vertx, plain)))
        .onSuccess(gzip -> exchange.gzippedJson(listing.etag(), gzip))
        .onFailure(exchange::fail);
  }
}

package io.hera.http.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.hera.registry.ContentVersion;
import io.hera.store.page.Listing;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Tests that clients which want the same listing indented share the work. */
@Timeout(60)
class IndentedListingsTest {
  private final Vertx vertx = Vertx.vertx();
  private final IndentedListings indented = new IndentedListings(vertx);

  @AfterEach
  void close() {
    vertx.close().await();
  }

  private static Listing listing(int length) {
    return new Listing(
        Buffer.buffer("{\"x\":\"" + "x".repeat(length) + "\"}"), ContentVersion.NONE);
  }

  /** Asks twice within one turn. */
  private Future<Boolean> sharesTheWork(Listing listing) {
    return Future.future(promise -> vertx.runOnContext(turn -> {
      Future<Buffer> first = indented.of(listing);
      Future<Buffer> second = indented.of(listing);
      first.map(json -> first == second).onComplete(promise);
    }));
  }

  @Test
  void aLargeListingIsIndentedOnceForAllThatAskMeanwhile() {
    Listing large = listing(100_000);
    assertThat(sharesTheWork(large).await()).isTrue();
    assertThat(sharesTheWork(large).await()).isTrue();
  }

  @Test
  void aSmallListingIsIndentedAtOnce() {
    Future<Buffer> small = indented.of(listing(10));
    assertThat(small.result().toString()).isEqualTo("{\n  \"x\": \"xxxxxxxxxx\"\n}");
  }
}

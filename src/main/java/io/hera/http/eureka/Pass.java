package io.hera.http.eureka;

import io.hera.eureka.EurekaListing;
import io.hera.registry.View;
import io.hera.store.DocumentsAsked;
import io.hera.store.InstanceDocument;
import io.hera.store.ServiceDocuments;
import io.hera.store.Store;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * One way through the instances of some services, which writes them piece by piece. The store returns some services at a time, a worker
 * writes them, and the next ones are asked for when there is room. Used on one context only.
 */
final class Pass {
  private static final int PIECE_BYTES = 64 << 10;
  /** Fewer bytes of documents are written by the event loop. */
  private static final long AT_ONCE_BYTES = 8 << 10;

  private final Vertx vertx;
  private final Store store;
  private final Question question;
  private final EurekaListing listing;
  private final Sink sink;
  private final Promise<EurekaListing> ended = Promise.promise();
  private List<String> services = List.of();
  private int next;

  /** Where the pieces go. */
  @FunctionalInterface
  interface Sink {
    /** Takes a piece; completes when there is room for the next one, and fails if none is wanted any more. */
    Future<Void> take(byte[] piece);
  }

  Pass(Vertx vertx, Store store, Question question, EurekaListing listing, Sink sink) {
    this.vertx = vertx;
    this.store = store;
    this.question = question;
    this.listing = listing;
    this.sink = sink;
  }

  /** Goes through these services; completes when the sink has all. */
  Future<EurekaListing> through(List<String> some) {
    services = some;
    step();
    return ended.future();
  }

  private void step() {
    if (next < services.size()) {
      store
          .documents(DocumentsAsked.next(services, next, View.Extent.ALL))
          .onSuccess(this::write)
          .onFailure(ended::tryFail);
    } else {
      listing.end();
      sink.take(listing.take())
          .onSuccess(taken -> ended.tryComplete(listing))
          .onFailure(ended::tryFail);
    }
  }

  private void write(List<ServiceDocuments> documents) {
    next += documents.size();
    long bytes = documents.stream()
        .flatMap(service -> service.instances().stream())
        .mapToLong(instance -> instance.document().length)
        .sum();
    Future<List<byte[]>> written = bytes <= AT_ONCE_BYTES
        ? Future.succeededFuture(pieces(documents))
        : vertx.executeBlocking(() -> pieces(documents), false);
    written.onSuccess(pieces -> hand(pieces.iterator())).onFailure(ended::tryFail);
  }

  private List<byte[]> pieces(List<ServiceDocuments> documents) {
    List<byte[]> pieces = new ArrayList<>();
    for (ServiceDocuments service : documents) {
      for (InstanceDocument instance : service.instances()) {
        if (question.mayHave(instance.id())) {
          listing.add(service.service(), instance.id(), instance.document(), instance.drained());
        }
        if (listing.size() >= PIECE_BYTES) {
          pieces.add(listing.take());
        }
      }
    }
    return pieces;
  }

  private void hand(Iterator<byte[]> pieces) {
    if (pieces.hasNext()) {
      sink.take(pieces.next()).onSuccess(taken -> hand(pieces)).onFailure(ended::tryFail);
    } else {
      step();
    }
  }
}

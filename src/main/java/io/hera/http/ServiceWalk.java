package io.hera.http;

import io.hera.json.ObjectCursor;
import io.hera.store.NumberedListing;
import io.hera.store.Store;
import io.hera.store.page.ListingEncoder;
import io.hera.store.page.PublishedListings;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.BiFunction;

/**
 * Answers that go through all services. Written service by service, as fast as the client reads, so each is shown as it is when its
 * turn comes. One an HTTP verticle.
 */
final class ServiceWalk {
  private final Store store;
  private final Answers answers;

  ServiceWalk(Store store, Answers answers) {
    this.store = store;
    this.answers = answers;
  }

  /** How a listing looks: what is around it, and what it says of a service, given its name and what it shows; empty for nothing. */
  record Form(Buffer start, BiFunction<String, NumberedListing, Buffer> piece, Buffer end) {}

  /** Takes a listing piece by piece; the future completes when there is room for the next one. */
  @FunctionalInterface
  interface Reader {
    Future<Void> read(Buffer piece);
  }

  /** {@code GET /_export}: every service, in the shape that {@link Batches} takes. */
  void export(HttpServerRequest request) {
    Form form = new Form(Buffer.buffer("{"), ServiceWalk::member, Buffer.buffer("}"));
    answer(request, form, services());
  }

  /** A service as a member of an object of all services. */
  static Buffer member(String service, NumberedListing look) {
    return ListingEncoder.name(Buffer.buffer(), service).appendBuffer(look.json());
  }

  /** The names of all services. */
  Future<List<String>> services() {
    return store
        .listing(PublishedListings.ALL_SERVICES)
        .map(page -> names(page.json().getBytes()));
  }

  /** Answers with these services in that form. A client that has seen the beginning can only be told by its end that it is not whole. */
  void answer(HttpServerRequest request, Form form, Future<List<String>> services) {
    services
        .onSuccess(names -> {
          if (!Answers.gone(request)) {
            answer(request, form, names);
          }
        })
        .onFailure(failure -> answers.fail(request, failure));
  }

  private void answer(HttpServerRequest request, Form form, List<String> services) {
    HttpServerResponse response = answers.begin(request);
    if (request.method().equals(HttpMethod.HEAD)) {
      response.end();
      return;
    }
    write(services, form, piece -> {
          response.write(piece);
          return drained(response);
        })
        .compose(done -> response.end())
        .onFailure(failure -> request.connection().close());
  }

  /** Gives these services in that form to {@code reader}, one after the other. */
  Future<Void> write(List<String> services, Form form, Reader reader) {
    Walk walk = new Walk(services.iterator(), form, reader);
    return reader
        .read(form.start)
        .compose(begun -> walk.begin())
        .compose(done -> reader.read(form.end));
  }

  /** On the way through the services. No future depends on the one before: there may be a hundred thousand. */
  private final class Walk {
    private final Iterator<String> services;
    private final Form form;
    private final Reader reader;
    private final Promise<Void> done = Promise.promise();
    private boolean comma;

    Walk(Iterator<String> services, Form form, Reader reader) {
      this.services = services;
      this.form = form;
      this.reader = reader;
    }

    Future<Void> begin() {
      next();
      return done.future();
    }

    private void next() {
      if (!services.hasNext()) {
        done.complete();
        return;
      }
      String service = services.next();
      store
          .numberedListingUncached(service)
          .compose(look -> read(service, look))
          .onComplete(read -> next(), done::fail);
    }

    private Future<Void> read(String service, NumberedListing look) {
      boolean none = look.json().length() <= 2;
      Buffer piece = none ? Buffer.buffer() : form.piece.apply(service, look);
      if (piece.length() == 0) {
        return Future.succeededFuture();
      }
      Buffer next = comma ? Buffer.buffer(",").appendBuffer(piece) : piece;
      comma = true;
      return reader.read(next);
    }
  }

  private static List<String> names(byte[] page) {
    List<String> names = new ArrayList<>();
    ObjectCursor services = new ObjectCursor(page);
    while (services.next()) {
      names.add(services.name());
    }
    return names;
  }

  private static Future<Void> drained(HttpServerResponse response) {
    if (response.closed()) {
      return Future.failedFuture("the client has gone");
    }
    if (!response.writeQueueFull()) {
      return Future.succeededFuture();
    }
    Promise<Void> drained = Promise.promise();
    response.drainHandler(drained::tryComplete);
    response.closeHandler(gone -> drained.tryFail("the client has gone"));
    return drained.future();
  }
}

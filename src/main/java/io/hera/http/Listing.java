package io.hera.http;

import io.hera.store.PageEncoder;
import io.hera.store.Store;
import io.hera.store.Views;
import io.hera.wire.Members;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;

/**
 * Answers that go through all services. Written service by service, as fast as the client reads, so each is shown as it is when its
 * turn comes. One an HTTP verticle.
 */
final class Listing {
  private final Store store;
  private final Answers answers;

  Listing(Store store, Answers answers) {
    this.store = store;
    this.answers = answers;
  }

  /** How a listing looks: what is around it, and what it says of a service, given its name and {@link Store#look}; empty for nothing. */
  record Form(String start, BiFunction<String, Buffer, Buffer> piece, String end) {}

  /** {@code GET /_export}: every service, in the shape that {@link Batches} takes. */
  void export(HttpServerRequest request) {
    all(request, new Form("{", Listing::member, "}"));
  }

  private static Buffer member(String service, Buffer instances) {
    return PageEncoder.name(Buffer.buffer(), service).appendBuffer(instances);
  }

  /** Writes all services in that form. */
  void all(HttpServerRequest request, Form form) {
    store
        .page
        .ask(Views.ALL_SERVICES)
        .map(page -> names(page.json().getBytes()))
        .onSuccess(services -> write(request, services, form))
        .onFailure(failure -> answers.problem(request, Problem.of(failure)));
  }

  /** Writes these services in that form. A client that has seen the beginning can only be told by its end that it is not whole. */
  void write(HttpServerRequest request, List<String> services, Form form) {
    if (Answers.gone(request)) {
      return;
    }
    HttpServerResponse response = answers.begin(request);
    if (request.method().equals(HttpMethod.HEAD)) {
      response.end();
      return;
    }
    response.write(form.start);
    write(response, services, form, 0, "")
        .compose(done -> response.end(form.end))
        .onFailure(failure -> request.connection().close());
  }

  private static List<String> names(byte[] page) {
    List<String> names = new ArrayList<>();
    Members services = new Members(page);
    while (services.next()) {
      names.add(services.name());
    }
    return names;
  }

  private Future<Void> write(
      HttpServerResponse response, List<String> services, Form form, int at, String comma) {
    if (at == services.size()) {
      return Future.succeededFuture();
    }
    if (response.closed()) {
      return Future.failedFuture("the client has gone");
    }
    String service = services.get(at);
    return store.look.ask(service).compose(instances -> {
      boolean none = instances.length() <= 2;
      Buffer piece = none ? Buffer.buffer() : form.piece.apply(service, instances);
      if (piece.length() > 0) {
        response.write(Buffer.buffer(comma).appendBuffer(piece));
      }
      String next = piece.length() > 0 ? "," : comma;
      return drained(response).compose(drained -> write(response, services, form, at + 1, next));
    });
  }

  private static Future<Void> drained(HttpServerResponse response) {
    if (!response.writeQueueFull()) {
      return Future.succeededFuture();
    }
    Promise<Void> drained = Promise.promise();
    response.drainHandler(drained::tryComplete);
    response.closeHandler(gone -> drained.tryFail("the client has gone"));
    return drained.future();
  }
}

package io.hera.http;

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

/**
 * {@code GET /_export}: every service, in the shape that {@link Batches} takes. Written service by service, as fast as the client
 * reads, so it shows each service as it is when its turn comes. One an HTTP verticle.
 */
final class Export {
  private final Store store;
  private final Answers answers;

  Export(Store store, Answers answers) {
    this.store = store;
    this.answers = answers;
  }

  void handle(HttpServerRequest request) {
    store
        .page
        .ask(Views.ALL_SERVICES)
        .map(page -> names(page.json().getBytes()))
        .compose(services -> {
          HttpServerResponse response = answers.begin(request);
          if (request.method().equals(HttpMethod.HEAD)) {
            return response.end();
          }
          response.write(Buffer.buffer("{"));
          return write(response, services, 0, "").compose(done -> response.end("}"));
        })
        .onFailure(failure -> fail(request, failure));
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
      HttpServerResponse response, List<String> services, int at, String comma) {
    if (at == services.size()) {
      return Future.succeededFuture();
    }
    if (response.closed()) {
      return Future.failedFuture("the client has gone");
    }
    return store.member.ask(services.get(at)).compose(member -> {
      if (member.length() > 0) {
        response.write(Buffer.buffer(comma).appendBuffer(member));
      }
      String next = member.length() > 0 ? "," : comma;
      return drained(response).compose(drained -> write(response, services, at + 1, next));
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

  /** A client that has seen the beginning of an answer can only be told by its end that something is wrong. */
  private void fail(HttpServerRequest request, Throwable failure) {
    if (request.response().headWritten()) {
      request.connection().close();
    } else {
      answers.problem(request, Problem.of(failure));
    }
  }
}

package io.hera.client.vertx;

import io.hera.client.Document;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * HTTP servers that are instances of a service. A server answers {@code <id> <Host>}; at {@code
 * /redirect?to=…} it redirects, at {@code /cut} it closes the connection, and at {@code /hold} it waits for
 * {@link #release}.
 */
final class CalledServers {
  private final Vertx vertx;
  private final Map<String, HttpServer> servers = new ConcurrentHashMap<>();
  private final Map<String, AtomicInteger> requests = new ConcurrentHashMap<>();
  private final Promise<Void> released = Promise.promise();

  CalledServers(Vertx vertx) {
    this.vertx = vertx;
  }

  /** Starts a server; returns its document. */
  Document start(String id) {
    return start(id, new HttpServerOptions());
  }

  Document start(String id, HttpServerOptions options) {
    HttpServer server = vertx
        .createHttpServer(options.setHost("127.0.0.1").setPort(0))
        .requestHandler(request -> answer(id, request))
        .listen()
        .await();
    servers.put(id, server);
    return document(server.actualPort());
  }

  static Document document(int port) {
    return Document.of(Map.of("host", "127.0.0.1", "port", port));
  }

  private void answer(String id, HttpServerRequest request) {
    requests.computeIfAbsent(id, one -> new AtomicInteger()).incrementAndGet();
    String answer = id + " " + request.authority();
    switch (request.path()) {
      case "/redirect" ->
        request
            .response()
            .setStatusCode(302)
            .putHeader("Location", request.getParam("to"))
            .end();
      case "/cut" -> request.connection().close();
      case "/hold" -> released.future().onSuccess(now -> request.response().end(answer));
      default -> request.response().end(answer);
    }
  }

  int port(String id) {
    return servers.get(id).actualPort();
  }

  /** Returns how many requests a server has got. */
  int requests(String id) {
    return requests.getOrDefault(id, new AtomicInteger()).get();
  }

  /** Returns how many requests all servers have got. */
  int requests() {
    return requests.values().stream().mapToInt(AtomicInteger::get).sum();
  }

  /** Answers the requests that wait. */
  void release() {
    released.complete();
  }

  /** Stops a server, with its connections. */
  void stop(String id) {
    servers.remove(id).close().await();
  }
}

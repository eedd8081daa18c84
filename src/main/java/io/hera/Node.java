package io.hera;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;

/** One whole node. */
public final class Node {
  private final HttpServer server;

  private Node(HttpServer server) {
    this.server = server;
  }

  /** Starts a node; fails when its address cannot be listened on. */
  public static Future<Node> start(Vertx vertx, Config config) {
    return vertx
        .createHttpServer(new HttpServerOptions().setHttp2ClearTextEnabled(false))
        .requestHandler(request -> request
            .response()
            .setStatusCode(request.path().startsWith("/_health/") ? 200 : 404)
            .end())
        .listen(config.port(), config.host())
        .map(Node::new);
  }

  /** Takes over what may change in a running node. */
  public void reconfigure(Config config) {
    config.peers();
  }

  /** Stops what was started. */
  public Future<Void> stop() {
    return server.close();
  }
}

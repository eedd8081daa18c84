package io.hera.http;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * The HTTP server of a node. Several instances share the port, one per event loop; each has its own connections and endpoints. What
 * they share is safe for threads: {@link ServerContext}, and what the endpoints are made with.
 */
public final class HttpVerticle extends VerticleBase {
  private static final long PARTING_MILLIS = 300;
  private static final long DRAIN_SECONDS = 5;

  private final HttpSettings settings;
  private final ServerContext server;
  private final EndpointFactory endpoints;
  private Optional<Running> running = Optional.empty();

  /** One server of the node; {@code endpoints} makes what it serves. */
  public HttpVerticle(HttpSettings settings, ServerContext server, EndpointFactory endpoints) {
    this.settings = settings;
    this.server = server;
    this.endpoints = endpoints;
  }

  private record Running(HttpServer http, Connections connections) {}

  @Override
  public Future<?> start() {
    return endpoints
        .make(context)
        .compose(this::listen)
        .onSuccess(listening -> server.readiness().serve());
  }

  private Future<HttpServer> listen(List<Endpoint> served) {
    Connections connections = new Connections(vertx, server, settings);
    Dispatcher dispatcher = new Dispatcher(vertx, connections, served);
    HttpServer http = vertx
        .createHttpServer(options())
        .connectionHandler(connections::opened)
        .requestHandler(dispatcher::handle)
        .invalidRequestHandler(dispatcher::handleInvalid);
    running = Optional.of(new Running(http, connections));
    return http.listen();
  }

  /**
   * Stops in four steps. The node is no longer ready. Parked and streaming requests are completed. For a moment each reply asks the
   * client to close its connection, so that a client between two requests loses none. Then the last requests end, and the port
   * is free.
   */
  @Override
  public Future<?> stop() {
    server.readiness().stop();
    return running.map(this::stop).orElseGet(Future::succeededFuture);
  }

  private Future<Void> stop(Running last) {
    last.connections.drain();
    return vertx
        .timer(PARTING_MILLIS, TimeUnit.MILLISECONDS)
        .compose(parted -> last.http.shutdown(DRAIN_SECONDS, TimeUnit.SECONDS));
  }

  private HttpServerOptions options() {
    return new HttpServerOptions()
        .setHost(settings.host())
        .setPort(settings.port())
        .setHttp2ClearTextEnabled(false)
        .setCompressionSupported(false)
        .setDecompressionSupported(false)
        .setTcpNoDelay(true)
        .setMaxInitialLineLength(settings.requestLineBytesMax())
        .setMaxHeaderSize(settings.headerBytesMax());
  }
}

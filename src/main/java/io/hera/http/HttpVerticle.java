package io.hera.http;

import io.hera.tls.live.LiveTls;
import io.netty.channel.ChannelHandlerContext;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerConfig;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.impl.ConnectionBase;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The HTTP server of a node, at one address or at both loopback addresses; while its cluster switches TLS on, at a port with it and at one without. Several instances share the port, one per event loop; each has its own connections and endpoints. What
 * they share is safe for threads: {@link ServerContext}, and what the endpoints are made with.
 */
public final class HttpVerticle extends VerticleBase {
  private static final Logger log = LoggerFactory.getLogger(HttpVerticle.class);
  private static final long DRAIN_SECONDS = 5;

  private final HttpSettings settings;
  private final ServerContext server;
  private final EndpointFactory endpoints;
  private final BooleanSupplier replaced;
  private Optional<Running> running = Optional.empty();
  private Runnable unfollow = () -> {};

  /**
   * One server of the node.
   *
   * @param endpoints makes what it serves
   * @param replaced says whether others have taken its place, so that the node stays when it stops
   */
  public HttpVerticle(
      HttpSettings settings,
      ServerContext server,
      EndpointFactory endpoints,
      BooleanSupplier replaced) {
    this.settings = settings;
    this.server = server;
    this.endpoints = endpoints;
    this.replaced = replaced;
  }

  private record Running(List<HttpServer> servers, Connections connections) {}

  @Override
  public Future<?> start() {
    return endpoints
        .make(context)
        .compose(this::listen)
        .onSuccess(listening -> server.readiness().serve());
  }

  private Future<?> listen(List<Endpoint> served) {
    Connections connections = new Connections(context, server, settings);
    context.exceptionHandler(connections::failed);
    Dispatcher dispatcher = new Dispatcher(context, connections, served);
    List<HttpServer> main = servers(settings.port(), server.tls());
    List<HttpServer> eureka = eurekaServers();
    List<HttpServer> all = new ArrayList<>(main);
    settings.clearPort().ifPresent(port -> all.addAll(servers(port, Optional.empty())));
    all.forEach(each -> each.requestHandler(dispatcher::handle));
    eureka.forEach(each -> each.requestHandler(dispatcher::handleEureka));
    all.addAll(eureka);
    all.forEach(each -> each.connectionHandler(connection -> opened(connections, connection))
        .invalidRequestHandler(dispatcher::handleInvalid));
    running = Optional.of(new Running(all, connections));
    // A peer that finds the clear port open, but not yet that of TLS, would ask in clear for a
    // while.
    return bind(main)
        .compose(listening -> bind(all.subList(main.size(), all.size())))
        .onSuccess(
            listening -> followTls(Stream.concat(main.stream(), eureka.stream()).toList()));
  }

  private List<HttpServer> eurekaServers() {
    OptionalInt port = settings.eureka().ownPort();
    return port.isPresent() ? servers(port.getAsInt(), server.tls()) : List.of();
  }

  private static Future<?> bind(List<HttpServer> servers) {
    return Future.all(servers.stream().map(HttpServer::listen).toList());
  }

  private List<HttpServer> servers(int port, Optional<LiveTls> by) {
    return ListenAddresses.of(settings.host(), port).stream()
        .map(address -> create(options(address, port), by))
        .toList();
  }

  private HttpServer create(HttpServerOptions options, Optional<LiveTls> by) {
    return by.map(tls -> vertx
            .httpServerBuilder()
            .with(new HttpServerConfig(options))
            .with(tls.inForce().server())
            .with(LiveTls.engine())
            .build()
            .exceptionHandler(tls.failures()::count))
        .orElseGet(() -> vertx.createHttpServer(options));
  }

  /** Serves other material when that in force is replaced. Verticles that share a port share its context of TLS, too. */
  private void followTls(List<HttpServer> servers) {
    server
        .tls()
        .ifPresent(tls -> unfollow = tls.follow(inForce -> servers.forEach(listening -> listening
            .updateSSLOptions(inForce.server())
            .onFailure(defect -> log.error("a server keeps its old TLS material", defect)))));
  }

  /** Vert.x has no option for what the two handlers do, so they are put before its own. */
  private static void opened(Connections connections, HttpConnection connection) {
    ChannelHandlerContext vertxHandler = ((ConnectionBase) connection).channelHandlerContext();
    vertxHandler
        .pipeline()
        .addBefore(vertxHandler.name(), "hera-version", new VersionHandler())
        .addBefore(
            vertxHandler.name(),
            "hera-half-close",
            new HalfCloseHandler(() -> connections.inputEnded(connection)));
    connections.opened(connection);
  }

  /**
   * Stops in four steps. The node is no longer ready, unless others have taken the place of this server. Parked and streaming
   * requests are completed. For a moment, if a client is connected, each reply asks it to close its connection, so that a client
   * between two requests loses none. Then the last requests end.
   */
  @Override
  public Future<?> stop() {
    if (!replaced.getAsBoolean()) {
      server.readiness().stop();
    }
    unfollow.run();
    return running.map(this::stop).orElseGet(Future::succeededFuture);
  }

  private Future<Void> stop(Running last) {
    Future<?> parting = last.connections.drain()
        ? vertx.timer(settings.partingMillis(), TimeUnit.MILLISECONDS)
        : Future.succeededFuture();
    return parting
        .compose(parted -> Future.all(last.servers.stream()
            .map(server -> server.shutdown(DRAIN_SECONDS, TimeUnit.SECONDS))
            .toList()))
        .mapEmpty();
  }

  private HttpServerOptions options(String address, int port) {
    return new HttpServerOptions()
        .setHost(address)
        .setPort(port)
        .setHttp2ClearTextEnabled(false)
        .setCompressionSupported(false)
        .setDecompressionSupported(false)
        // Without WebSockets: these would put a handler of their own into each connection.
        .setPerFrameWebSocketCompressionSupported(false)
        .setPerMessageWebSocketCompressionSupported(false)
        .setTcpNoDelay(true)
        .setMaxInitialLineLength(settings.requestLineBytesMax())
        .setMaxHeaderSize(settings.headerBytesMax());
  }
}

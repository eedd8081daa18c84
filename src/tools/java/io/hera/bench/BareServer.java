package io.hera.bench;

import io.netty.buffer.Unpooled;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.internal.buffer.BufferInternal;
import io.vertx.core.net.PemKeyCertOptions;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A minimal server on vertx-core, for comparison. A GET is answered with prepared bytes and the
 * headers of a node; a PUT is read and answered 204. A POST sets the bytes.
 */
public final class BareServer extends VerticleBase {
  private static final CharSequence TYPE =
      HttpHeaders.createOptimized("application/json; charset=utf-8");
  private static final CharSequence NO_SNIFF_NAME =
      HttpHeaders.createOptimized("x-content-type-options");
  private static final CharSequence NO_SNIFF = HttpHeaders.createOptimized("nosniff");
  private static final CharSequence NODE_NAME = HttpHeaders.createOptimized("hera-node");
  private static final CharSequence NODE = HttpHeaders.createOptimized("bare");
  private static final CharSequence NO_CACHE = HttpHeaders.createOptimized("no-cache");
  private static final CharSequence VARY = HttpHeaders.createOptimized("accept, accept-encoding");
  private static final String ETAG = "W/\"00000000000000000000000000000000\"";
  private static final Map<String, Buffer> PAGES = new ConcurrentHashMap<>();

  private final int port;
  private final Optional<Path> tls;
  private String date = now();

  private BareServer(int port, Optional<Path> tls) {
    this.port = port;
    this.tls = tls;
  }

  /**
   * Listens on loopback, at the port given as the first argument, with one event loop per core; with TLS 1.3 if the second one
   * names a directory with tls.crt and tls.key.
   */
  public static void main(String[] arguments) {
    int port = Integer.parseInt(arguments[0]);
    Optional<Path> tls =
        arguments.length > 1 ? Optional.of(Path.of(arguments[1])) : Optional.empty();
    Vertx.vertx(new VertxOptions().setPreferNativeTransport(true))
        .deployVerticle(
            () -> new BareServer(port, tls),
            new DeploymentOptions().setInstances(Runtime.getRuntime().availableProcessors()))
        .onFailure(failure -> {
          System.err.println("the bare server cannot listen: " + failure.getMessage());
          System.exit(1);
        });
  }

  @Override
  public Future<?> start() {
    vertx.setPeriodic(1_000, second -> date = now());
    HttpServerOptions options = new HttpServerOptions().setHost("127.0.0.1").setPort(port);
    tls.ifPresent(directory -> options
        .setSsl(true)
        .setEnabledSecureTransportProtocols(Set.of("TLSv1.3"))
        .setKeyCertOptions(new PemKeyCertOptions()
            .addCertPath(directory.resolve("tls.crt").toString())
            .addKeyPath(directory.resolve("tls.key").toString())));
    return vertx.createHttpServer(options).requestHandler(this::handle).listen();
  }

  private void handle(HttpServerRequest request) {
    if (request.method().equals(HttpMethod.GET)) {
      HttpServerResponse response = headers(request.response());
      if (request.headers().contains(HttpHeaders.IF_NONE_MATCH)) {
        response.setStatusCode(304).end();
        return;
      }
      Buffer page = PAGES.get(request.uri());
      response
          .putHeader(HttpHeaders.CONTENT_TYPE, TYPE)
          .end(page == null ? Buffer.buffer("{}") : page);
      return;
    }
    boolean keep = request.method().equals(HttpMethod.POST);
    request.body().onSuccess(body -> {
      if (keep) {
        PAGES.put(request.uri(), direct(body));
      }
      request.response().setStatusCode(204).end();
    });
  }

  private static String now() {
    return DateTimeFormatter.RFC_1123_DATE_TIME.format(ZonedDateTime.now(ZoneOffset.UTC));
  }

  /** The headers of a node's reply to a lookup. */
  private HttpServerResponse headers(HttpServerResponse response) {
    return response
        .putHeader(HttpHeaders.VARY, VARY)
        .putHeader(NO_SNIFF_NAME, NO_SNIFF)
        .putHeader(HttpHeaders.CACHE_CONTROL, NO_CACHE)
        .putHeader(HttpHeaders.DATE, date)
        .putHeader(NODE_NAME, NODE)
        .putHeader(HttpHeaders.ETAG, ETAG);
  }

  /** Returns a copy that sockets send without another copy. */
  private static Buffer direct(Buffer page) {
    return BufferInternal.buffer(Unpooled.directBuffer(page.length()).writeBytes(page.getBytes()));
  }
}

package io.hera.bench;

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
import java.util.Map;
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
  private static final String ETAG = "W/\"00000000000000000000000000000000\"";
  private static final Map<String, Buffer> PAGES = new ConcurrentHashMap<>();

  private final int port;

  private BareServer(int port) {
    this.port = port;
  }

  /** Listens on loopback, at the port given as the only argument, with one event loop per core. */
  public static void main(String[] arguments) {
    int port = Integer.parseInt(arguments[0]);
    Vertx.vertx(new VertxOptions().setPreferNativeTransport(true))
        .deployVerticle(
            () -> new BareServer(port),
            new DeploymentOptions().setInstances(Runtime.getRuntime().availableProcessors()))
        .onFailure(failure -> {
          System.err.println("the bare server cannot listen: " + failure.getMessage());
          System.exit(1);
        });
  }

  @Override
  public Future<?> start() {
    return vertx
        .createHttpServer(new HttpServerOptions().setHost("127.0.0.1").setPort(port))
        .requestHandler(BareServer::handle)
        .listen();
  }

  private static void handle(HttpServerRequest request) {
    if (request.method().equals(HttpMethod.GET)) {
      if (request.headers().contains(HttpHeaders.IF_NONE_MATCH)) {
        request
            .response()
            .setStatusCode(304)
            .putHeader(NO_SNIFF_NAME, NO_SNIFF)
            .putHeader(HttpHeaders.CACHE_CONTROL, NO_CACHE)
            .putHeader(NODE_NAME, NODE)
            .putHeader(HttpHeaders.ETAG, ETAG)
            .end();
        return;
      }
      Buffer page = PAGES.get(request.uri());
      request
          .response()
          .putHeader(NO_SNIFF_NAME, NO_SNIFF)
          .putHeader(HttpHeaders.CACHE_CONTROL, NO_CACHE)
          .putHeader(NODE_NAME, NODE)
          .putHeader(HttpHeaders.CONTENT_TYPE, TYPE)
          .end(page == null ? Buffer.buffer("{}") : page);
      return;
    }
    boolean keep = request.method().equals(HttpMethod.POST);
    request.body().onSuccess(body -> {
      if (keep) {
        PAGES.put(request.uri(), body);
      }
      request.response().setStatusCode(204).end();
    });
  }
}

package io.hera.http;

import io.hera.store.Readiness;
import io.hera.store.Store;
import io.hera.store.WriteBatcher;
import io.hera.store.page.PublishedListings;
import io.hera.wire.NodeId;
import io.hera.wire.Problem;
import io.hera.wire.ProblemException;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The HTTP server of a node. Several instances share the port, one an event loop; each has its own handlers, and all state
 * that they share is in {@link PublishedListings} and {@link Tally}.
 */
public final class HttpVerticle extends VerticleBase {
  private static final long PARTING_MILLIS = 300;
  private static final long DRAIN_SECONDS = 5;

  private final Parts parts;
  private final HttpSettings settings;
  private @Nullable HttpServer server;
  private @Nullable Deltas deltas;
  private @Nullable Lookups lookups;
  private @Nullable EventStreams streams;

  /** A server of the node that {@code parts} describes. */
  public HttpVerticle(Parts parts, HttpSettings settings) {
    this.parts = parts;
    this.settings = settings;
  }

  /**
   * What all HTTP verticles of a node have in common.
   *
   * @param volatileKeys members of documents that are no content
   * @param startedAtMillis when the node started, monotonic
   */
  public record Parts(
      Store store,
      PublishedListings views,
      Readiness readiness,
      Tally tally,
      NodeId self,
      String version,
      DeltaEncoder encoder,
      Metrics metrics,
      Set<String> volatileKeys,
      RandomGenerator chance,
      LongSupplier monotonicNanos,
      long startedAtMillis) {}

  @Override
  public Future<?> start() {
    Connections connections = new Connections(vertx, parts, settings);
    Answers answers = new Answers(parts, connections);
    Bodies bodies = new Bodies(vertx, settings.documentBytesMax(), settings.bodyTimeoutMillis());
    WriteBatcher writes = new WriteBatcher(parts.store(), context);
    EventStreams following = new EventStreams(vertx, context, parts, answers);
    Lookups reading = new Lookups(vertx, context, parts, answers, following);
    Instances instances = new Instances(writes, reading, answers, bodies, settings);
    Deltas answering = new Deltas(vertx, parts.store(), answers, parts.encoder());
    Operations operations = operations(answers, answering);
    deltas = answering;
    lookups = reading;
    streams = following;
    server = vertx.createHttpServer(options());
    server
        .connectionHandler(connections::opened)
        .requestHandler(request -> {
          connections.begun(request, Route.of(request.uri()));
          handle(request, instances, operations, answers);
        })
        .invalidRequestHandler(request -> {
          connections.begun(request, Route.OTHER);
          answers.problem(request, invalid(request));
        });
    return Future.all(answering.start(), reading.start(), following.start(), server.listen())
        .onSuccess(listening -> parts.readiness().serve());
  }

  /** What is under {@code /_}. */
  private Operations operations(Answers answers, Deltas answering) {
    StatusPage status =
        new StatusPage(parts.self(), parts.version(), parts.tally(), parts.startedAtMillis());
    Operations operations = new Operations(vertx, parts, answers, status);
    if (settings.metrics()) {
      operations.endpoint("/_metrics", operations::metrics);
    }
    operations.endpoint("/_deltas", answering::handle);
    ServiceWalk listing = new ServiceWalk(parts.store(), answers);
    operations.endpoint("/_export", listing::export);
    operations.endpoint(
        "/_sd/prometheus", new PrometheusTargets(listing, answers, parts.tally())::handle);
    Bodies large = new Bodies(vertx, settings.batchBytesMax(), settings.bodyTimeoutMillis());
    Batches batches = new Batches(parts.store(), answers, large, settings);
    operations.posted("/_batch", batches::batch);
    operations.posted("/_heartbeat", batches::heartbeat);
    return operations;
  }

  /**
   * Not ready any more; those that wait for news or follow it are let go; for a moment each answer asks for its connection to be closed, so
   * that clients between two requests lose none; then the last requests end, and the port is free.
   */
  @Override
  public Future<?> stop() {
    parts.readiness().stop();
    if (deltas != null) {
      deltas.close();
    }
    if (lookups != null) {
      lookups.close();
    }
    if (streams != null) {
      streams.close();
    }
    HttpServer parting = server;
    if (parting == null) {
      return Future.succeededFuture();
    }
    return vertx
        .timer(PARTING_MILLIS, TimeUnit.MILLISECONDS)
        .compose(parted -> parting.shutdown(DRAIN_SECONDS, TimeUnit.SECONDS));
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

  private static void handle(
      HttpServerRequest request, Instances instances, Operations operations, Answers answers) {
    try {
      checkHead(request);
      String target = Paths.originForm(request.uri());
      if (target.startsWith("/_")) {
        operations.handle(request);
      } else {
        instances.handle(request, target);
      }
    } catch (ProblemException | RuntimeException failure) {
      answers.fail(request, failure);
    }
  }

  private static void checkHead(HttpServerRequest request) throws ProblemException {
    if (request.version() != HttpVersion.HTTP_1_1) {
      throw new ProblemException(Problem.httpVersion(request.version().alpnName()));
    }
    List<String> hosts = request.headers().getAll(HttpHeaders.HOST);
    if (hosts.size() != 1 || !Paths.isAuthority(hosts.get(0))) {
      throw new ProblemException(
          Problem.invalidRequest("exactly one valid Host header is required"));
    }
    String coding = request.headers().get(HttpHeaders.TRANSFER_ENCODING);
    if (coding != null && !HttpHeaderValues.CHUNKED.contentEqualsIgnoreCase(coding)) {
      // Where the body ends nobody can tell, so nothing behind it can be a request.
      request.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
      request.connection().shutdown(DRAIN_SECONDS, TimeUnit.SECONDS);
      throw new ProblemException(
          Problem.invalidRequest("the only Transfer-Encoding supported is chunked"));
    }
  }

  private static Problem invalid(HttpServerRequest request) {
    Throwable cause = request.decoderResult().cause();
    if (cause instanceof TooLongHttpLineException) {
      return Problem.targetTooLong();
    }
    if (cause instanceof TooLongHttpHeaderException) {
      return Problem.headersTooLarge();
    }
    return Problem.invalidRequest("the request line or a header is not valid");
  }
}

package io.hera.http;

import io.hera.json.Malformed;
import io.hera.registry.Dialect;
import io.hera.store.DeltaRequest;
import io.hera.store.PeerIdentities;
import io.hera.store.Store;
import io.hera.wire.DeltasTarget;
import io.hera.wire.GossipLimits;
import io.hera.wire.NodeId;
import io.hera.wire.Problem;
import io.hera.wire.ProblemException;
import io.hera.wire.V2Codec;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.util.Optional;

/**
 * Answers peers: {@code GET /_deltas?<origin>=<horizon>…}, in the dialect that they ask for; with {@code _wait=<millis>} when
 * there is news. One an HTTP verticle.
 */
final class Deltas {
  private final Store store;
  private final Answers answers;
  private final Waiting waiting;
  private final DeltaEncoder encoder;

  Deltas(Vertx vertx, Store store, Answers answers, DeltaEncoder encoder) {
    this.store = store;
    this.answers = answers;
    this.waiting = new Waiting(vertx, store, GossipLimits.PARKED_MAX);
    this.encoder = encoder;
  }

  Future<Void> start() {
    return waiting.start();
  }

  /** Answers all that wait at once. */
  void close() {
    waiting.close();
  }

  void handle(HttpServerRequest request) {
    try {
      handle(request, DeltasTarget.decode(Query.of(request).raw()));
    } catch (Malformed malformed) {
      answers.problem(request, Problem.invalidQuery(malformed.reason()));
    }
  }

  private void handle(HttpServerRequest request, DeltasTarget target) {
    Dialect dialect =
        Accepts.has(request, HttpHeaderNames.ACCEPT, V2Codec.MEDIA_TYPE) ? Dialect.V2 : Dialect.V1;
    Optional<NodeId> speaker =
        Optional.ofNullable(request.getHeader(NodeId.HEADER)).flatMap(NodeId::parse);
    Optional<String> name = speaker.map(NodeId::name);
    long waitMillis = dialect == Dialect.V2 ? target.waitMillis() : 0;
    DeltaRequest asked = new DeltaRequest(
        name,
        target.digest(),
        dialect,
        GossipLimits.PAGE_BYTES,
        target.checksums(),
        waitMillis > 0);
    welcome(request, speaker)
        .compose(welcome -> waiting.ask(request.response(), asked, waitMillis))
        .compose(answered -> {
          boolean gzip = Accepts.has(request, HttpHeaderNames.ACCEPT_ENCODING, "gzip");
          return encoder.encode(answered, dialect, gzip);
        })
        .onSuccess(encoded -> write(request, encoded))
        .onFailure(failure -> answers.fail(request, failure));
  }

  /** P9. A 2012 node does not introduce itself, and is taken as it is. */
  private Future<Void> welcome(HttpServerRequest request, Optional<NodeId> speaker) {
    if (speaker.isEmpty()) {
      return Future.succeededFuture();
    }
    String name = speaker.get().name();
    String address = request.remoteAddress().hostAddress();
    return store
        .admit(new PeerIdentities.Introduction(name, name, speaker.get().life(), address))
        .compose(conflict -> conflict.isEmpty()
            ? Future.succeededFuture()
            : Future.failedFuture(new ProblemException(Problem.nameConflict(conflict.get()))));
  }

  private void write(HttpServerRequest request, DeltaEncoder.Encoded encoded) {
    request.response().putHeader(HttpHeaderNames.VARY, "accept, accept-encoding");
    if (encoded.gzip()) {
      request.response().putHeader(HttpHeaderNames.CONTENT_ENCODING, HttpHeaderValues.GZIP);
    }
    answers.body(request, encoded.type(), Buffer.buffer(encoded.bytes()));
  }
}

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
import io.vertx.core.http.HttpMethod;
import java.util.List;
import java.util.Optional;

/**
 * Answers peers: {@code GET /_deltas?<origin>=<horizon>…}, in the dialect that they ask for; with {@code _wait=<millis>} only
 * after the next write. One per HTTP verticle.
 */
public final class Deltas implements Endpoint {
  private final Store store;
  private final Waiting waiting;
  private final DeltaEncoder encoder;

  public Deltas(Vertx vertx, Store store, DeltaEncoder encoder) {
    this.store = store;
    this.waiting = new Waiting(vertx, store, GossipLimits.PARKED_MAX);
    this.encoder = encoder;
  }

  /** Subscribes to writes. */
  public Future<Void> start() {
    return waiting.start();
  }

  @Override
  public String path() {
    return DeltasTarget.PATH;
  }

  @Override
  public List<HttpMethod> methods() {
    return READ;
  }

  @Override
  public Right right(HttpMethod method) {
    return Right.NONE;
  }

  @Override
  public void handle(Exchange exchange) throws ProblemException {
    if (exchange.query().raw().contains("_wait=")) {
      exchange.countAs("/_deltas?_wait");
    }
    try {
      handle(exchange, DeltasTarget.decode(exchange.query().raw()));
    } catch (Malformed malformed) {
      throw new ProblemException(Problem.invalidQuery(malformed.reason()));
    }
  }

  private void handle(Exchange exchange, DeltasTarget target) {
    Dialect dialect =
        exchange.accepts(HttpHeaderNames.ACCEPT, V2Codec.MEDIA_TYPE) ? Dialect.V2 : Dialect.V1;
    Optional<NodeId> speaker = exchange.header(NodeId.HEADER).flatMap(NodeId::parse);
    Optional<String> name = speaker.map(NodeId::name);
    long waitMillis = dialect == Dialect.V2 ? target.waitMillis() : 0;
    DeltaRequest asked = new DeltaRequest(
        name,
        target.digest(),
        dialect,
        GossipLimits.PAGE_BYTES,
        target.checksums(),
        waitMillis > 0);
    welcome(exchange, speaker)
        .compose(welcome -> waiting.ask(exchange, asked, waitMillis))
        .compose(answered -> {
          boolean gzip = exchange.accepts(HttpHeaderNames.ACCEPT_ENCODING, "gzip");
          return encoder.encode(answered, dialect, gzip);
        })
        .onSuccess(encoded -> write(exchange, encoded))
        .onFailure(exchange::fail);
  }

  /** P9. A 2012 node does not introduce itself, and is taken as it is. */
  private Future<Void> welcome(Exchange exchange, Optional<NodeId> speaker) {
    if (speaker.isEmpty()) {
      return Future.succeededFuture();
    }
    String name = speaker.get().name();
    String address = exchange.remoteAddress();
    return store
        .admit(new PeerIdentities.Introduction(name, name, speaker.get().life(), address))
        .compose(conflict -> conflict.isEmpty()
            ? Future.succeededFuture()
            : Future.failedFuture(new ProblemException(Problem.nameConflict(conflict.get()))));
  }

  private static void write(Exchange exchange, DeltaEncoder.Encoded encoded) {
    exchange.putHeader(HttpHeaderNames.VARY, "accept, accept-encoding");
    if (encoded.gzip()) {
      exchange.putHeader(HttpHeaderNames.CONTENT_ENCODING, HttpHeaderValues.GZIP);
    }
    exchange.body(encoded.type(), Buffer.buffer(encoded.bytes()));
  }
}

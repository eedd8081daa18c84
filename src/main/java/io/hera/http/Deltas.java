package io.hera.http;

import io.hera.registry.Dialect;
import io.hera.registry.Digest;
import io.hera.registry.Lives;
import io.hera.registry.OriginDelta;
import io.hera.store.Store;
import io.hera.store.StoreVerticle.Identity;
import io.hera.wire.Answer;
import io.hera.wire.DigestQuery;
import io.hera.wire.Gzip;
import io.hera.wire.Malformed;
import io.hera.wire.Speaker;
import io.hera.wire.V1Codec;
import io.hera.wire.V2Codec;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.time.InstantSource;
import java.util.Optional;

/** Answers peers: {@code GET /_deltas?<origin>=<horizon>…}, in the dialect that they ask for. One an HTTP verticle. */
final class Deltas {
  private static final int ORIGINS_MAX = 1_000;
  private static final int GZIP_BYTES_MIN = 1_024;
  private static final int INLINE_BYTES_MAX = 64 << 10;

  /** With one tie of the own origin beyond it and the quoting of names, a page stays below 1 MiB. */
  private static final int PAGE_BYTES_MAX = 700 << 10;

  private final Vertx vertx;
  private final Store store;
  private final Answers answers;
  private final Identity self;
  private final InstantSource wall;

  Deltas(Vertx vertx, Store store, Answers answers, Identity self, InstantSource wall) {
    this.vertx = vertx;
    this.store = store;
    this.answers = answers;
    this.self = self;
    this.wall = wall;
  }

  void handle(HttpServerRequest request) {
    Optional<Speaker> speaker =
        Optional.ofNullable(request.getHeader("hera-node")).flatMap(Speaker::parse);
    welcome(request, speaker)
        .compose(welcome -> answer(request, speaker))
        .onSuccess(encoded -> write(request, encoded))
        .onFailure(failure -> answers.problem(request, Problem.of(failure)));
  }

  /** P9. A 2012 node does not introduce itself, and is taken as it is. */
  private Future<Void> welcome(HttpServerRequest request, Optional<Speaker> speaker) {
    if (speaker.isEmpty()) {
      return Future.succeededFuture();
    }
    String name = speaker.get().node();
    String address = request.remoteAddress().hostAddress();
    return store
        .meet
        .ask(new Lives.Meeting(name, name, speaker.get().life(), address))
        .compose(conflict -> conflict.isEmpty()
            ? Future.succeededFuture()
            : Future.failedFuture(new Rejected(Problem.nameConflict(conflict.get()))));
  }

  private Future<Encoded> answer(HttpServerRequest request, Optional<Speaker> speaker) {
    Digest digest;
    try {
      digest = DigestQuery.decode(Optional.ofNullable(request.query()).orElse(""), ORIGINS_MAX);
    } catch (Malformed malformed) {
      return Future.failedFuture(new Rejected(Problem.invalidQuery(malformed.reason())));
    }
    String accept =
        Optional.ofNullable(request.getHeader(HttpHeaderNames.ACCEPT)).orElse("");
    Dialect dialect = accept.contains(V2Codec.MEDIA_TYPE) ? Dialect.V2 : Dialect.V1;
    return store
        .delta
        .ask(new Store.Asked(speaker.map(Speaker::node), digest, dialect, PAGE_BYTES_MAX))
        .compose(answered -> encode(request, dialect, answered));
  }

  private Future<Encoded> encode(
      HttpServerRequest request, Dialect dialect, Store.Answered answered) {
    byte[] plain = dialect == Dialect.V2 ? v2(answered) : v1(answered);
    String type = dialect == Dialect.V2 ? V2Codec.MEDIA_TYPE : "application/json; charset=utf-8";
    if (plain.length < GZIP_BYTES_MIN || !takesGzip(request)) {
      return Future.succeededFuture(new Encoded(type, plain, ""));
    }
    if (plain.length <= INLINE_BYTES_MAX) {
      return Future.succeededFuture(new Encoded(type, Gzip.deflate(plain), "gzip"));
    }
    return vertx.executeBlocking(() -> new Encoded(type, Gzip.deflate(plain), "gzip"), false);
  }

  private byte[] v1(Store.Answered answered) {
    return V1Codec.encode(
        answered.delta(),
        answered.delta().origins().stream().map(OriginDelta::origin).toList());
  }

  private byte[] v2(Store.Answered answered) {
    return V2Codec.encode(new Answer(
        self.name(), self.life(), wall.millis(), answered.livenessMillis(), answered.delta()));
  }

  private static boolean takesGzip(HttpServerRequest request) {
    String encodings = request.getHeader(HttpHeaderNames.ACCEPT_ENCODING);
    return encodings != null && encodings.contains("gzip");
  }

  private void write(HttpServerRequest request, Encoded encoded) {
    request.response().putHeader(HttpHeaderNames.VARY, "accept, accept-encoding");
    if (!encoded.encoding().isEmpty()) {
      request.response().putHeader(HttpHeaderNames.CONTENT_ENCODING, HttpHeaderValues.GZIP);
    }
    answers.body(request, encoded.type(), Buffer.buffer(encoded.bytes()));
  }

  /** A finished answer. */
  private record Encoded(String type, byte[] bytes, String encoding) {}
}

package io.hera.http;

import io.hera.registry.Dialect;
import io.hera.registry.OriginDelta;
import io.hera.store.DeltaResponse;
import io.hera.wire.NodeId;
import io.hera.wire.V1Codec;
import io.hera.wire.V2Answer;
import io.hera.wire.V2Codec;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * Writes answers to peers down, and compresses them. One a node, used by all its HTTP verticles: where the store gives several
 * peers the same answer, they share its bytes.
 */
public final class DeltaEncoder {
  private final Vertx vertx;
  private final NodeId self;
  private final InstantSource wall;
  private volatile @Nullable Last last;

  /** An encoder of the node {@code self}. */
  public DeltaEncoder(Vertx vertx, NodeId self, InstantSource wall) {
    this.vertx = vertx;
    this.self = self;
    this.wall = wall;
  }

  /** A finished answer. */
  record Encoded(String type, byte[] bytes, boolean gzip) {}

  private record Last(
      DeltaResponse answered, Dialect dialect, boolean gzip, Future<Encoded> encoded) {
    @SuppressWarnings(
        "ReferenceEquality") // to compare what is in it would cost what is to be saved
    boolean is(DeltaResponse answered, Dialect dialect, boolean gzip) {
      return this.answered == answered && this.dialect == dialect && this.gzip == gzip;
    }
  }

  /** The bytes of an answer, completed on the caller's event loop; long ones are compressed by a worker. */
  Future<Encoded> encode(DeltaResponse answered, Dialect dialect, boolean gzip) {
    Last before = last;
    if (before == null || !before.is(answered, dialect, gzip)) {
      before = new Last(answered, dialect, gzip, encodeAnew(answered, dialect, gzip));
      last = before;
    }
    return before.encoded.succeeded()
        ? Future.succeededFuture(before.encoded.result())
        : onThisLoop(before.encoded);
  }

  /** A future calls back on the event loop that it was made on. */
  private Future<Encoded> onThisLoop(Future<Encoded> encoded) {
    var loop = vertx.getOrCreateContext();
    return Future.future(
        promise -> encoded.onComplete(ended -> loop.runOnContext(turn -> promise.handle(ended))));
  }

  private Future<Encoded> encodeAnew(DeltaResponse answered, Dialect dialect, boolean gzip) {
    byte[] plain = dialect == Dialect.V2 ? v2(answered) : v1(answered);
    String type = dialect == Dialect.V2 ? V2Codec.MEDIA_TYPE : "application/json; charset=utf-8";
    return gzip && Compression.pays(plain.length)
        ? Compression.gzip(vertx, plain).map(compressed -> new Encoded(type, compressed, true))
        : Future.succeededFuture(new Encoded(type, plain, false));
  }

  private static byte[] v1(DeltaResponse answered) {
    return V1Codec.encode(
        answered.delta(),
        answered.delta().origins().stream().map(OriginDelta::origin).toList());
  }

  private byte[] v2(DeltaResponse answered) {
    return V2Codec.encode(new V2Answer(
        self.name(),
        self.life(),
        wall.millis(),
        answered.livenessMillis(),
        answered.delta(),
        answered.checksums()));
  }
}

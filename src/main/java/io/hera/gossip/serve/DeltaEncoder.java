package io.hera.gossip.serve;

import io.hera.http.Compression;
import io.hera.http.OnThisLoop;
import io.hera.registry.Delta;
import io.hera.registry.Dialect;
import io.hera.store.DeltaResponse;
import io.hera.wire.Gzip;
import io.hera.wire.V2Codec;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import org.jspecify.annotations.Nullable;

/**
 * Writes and compresses answers to peers. One per node, used by all its HTTP verticles: peers that get the same answer from the
 * store share its bytes.
 */
public final class DeltaEncoder {
  /** An answer of more entries, or more bytes of documents, is encoded by a worker. */
  private static final int AT_ONCE_ENTRIES_MAX = 200;

  private static final int AT_ONCE_BYTES_MAX = 64 << 10;

  private final Vertx vertx;
  private final DeltaWriter writer;
  private volatile @Nullable Last last;

  /** Creates an encoder of what {@code writer} writes. */
  public DeltaEncoder(Vertx vertx, DeltaWriter writer) {
    this.vertx = vertx;
    this.writer = writer;
  }

  /** A finished answer. */
  record Encoded(String type, byte[] bytes, boolean gzip) {}

  private record Last(
      DeltaResponse response, Dialect dialect, boolean gzip, Future<Encoded> encoded) {
    @SuppressWarnings("ReferenceEquality") // comparing the contents would cost what sharing saves
    boolean is(DeltaResponse response, Dialect dialect, boolean gzip) {
      return this.response == response && this.dialect == dialect && this.gzip == gzip;
    }
  }

  /** Returns the bytes of an answer, on the caller's event loop; a worker makes long ones. */
  Future<Encoded> encode(DeltaResponse response, Dialect dialect, boolean gzip) {
    Last before = last;
    if (before == null || !before.is(response, dialect, gzip)) {
      before = new Last(response, dialect, gzip, encodeAnew(response, dialect, gzip));
      last = before;
    }
    return OnThisLoop.of(vertx, before.encoded);
  }

  private Future<Encoded> encodeAnew(DeltaResponse response, Dialect dialect, boolean gzip) {
    return isShort(response.delta())
        ? Future.succeededFuture(encoded(response, dialect, gzip))
        : vertx.executeBlocking(() -> encoded(response, dialect, gzip), false);
  }

  private static boolean isShort(Delta delta) {
    return delta.size() <= AT_ONCE_ENTRIES_MAX && delta.documentBytes() <= AT_ONCE_BYTES_MAX;
  }

  private Encoded encoded(DeltaResponse response, Dialect dialect, boolean gzip) {
    byte[] plain = writer.write(response, dialect);
    String type = dialect == Dialect.V1 ? "application/json; charset=utf-8" : V2Codec.MEDIA_TYPE;
    return gzip && Compression.pays(plain.length)
        ? new Encoded(type, Gzip.deflate(plain), true)
        : new Encoded(type, plain, false);
  }
}

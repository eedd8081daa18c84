package io.hera.http;

import io.hera.wire.Gzip;
import io.vertx.core.Future;
import io.vertx.core.Vertx;

/** Which answers are compressed, and by whom. */
final class Compression {
  private static final int BYTES_MIN = 1_024;
  private static final int INLINE_BYTES_MAX = 64 << 10;

  private Compression() {}

  /** Whether an answer of so many bytes is worth it. */
  static boolean pays(int bytes) {
    return bytes >= BYTES_MIN;
  }

  /** The answer in gzip, at once or by a worker: a long one would hold up the event loop. */
  static Future<byte[]> gzip(Vertx vertx, byte[] plain) {
    return plain.length <= INLINE_BYTES_MAX
        ? Future.succeededFuture(Gzip.deflate(plain))
        : vertx.executeBlocking(() -> Gzip.deflate(plain), false);
  }
}

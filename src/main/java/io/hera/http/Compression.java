package io.hera.http;

import io.hera.wire.Gzip;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;

/** Which replies are compressed, and on which thread. */
public final class Compression {
  private static final int BYTES_MIN = 1_024;
  private static final int INLINE_BYTES_MAX = 64 << 10;

  private Compression() {}

  /** Returns whether a reply of so many bytes is worth compressing. */
  public static boolean pays(int bytes) {
    return bytes >= BYTES_MIN;
  }

  /** Returns the reply in gzip. A worker compresses long ones, which would hold up the event loop. */
  public static Future<byte[]> gzip(Vertx vertx, Buffer plain) {
    return plain.length() <= INLINE_BYTES_MAX
        ? Future.succeededFuture(Gzip.deflate(plain.getBytes()))
        : vertx.executeBlocking(() -> Gzip.deflate(plain.getBytes()), false);
  }
}

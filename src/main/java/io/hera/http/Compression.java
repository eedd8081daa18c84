package io.hera.http;

import io.hera.wire.Gzip;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.function.Supplier;

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
  public static Future<byte[]> gzip(Vertx vertx, byte[] plain) {
    return run(vertx, plain.length, () -> Gzip.deflate(plain));
  }

  /** Runs the compression of so many bytes. */
  static Future<byte[]> run(Vertx vertx, int bytes, Supplier<byte[]> compression) {
    return bytes <= INLINE_BYTES_MAX
        ? Future.succeededFuture(compression.get())
        : vertx.executeBlocking(compression::get, false);
  }
}

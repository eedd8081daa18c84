package io.hera.http.eureka;

import io.hera.eureka.EurekaMapping.Reason;
import io.hera.wire.Gzip;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.Map;

/**
 * A whole reply, for all that ask the same.
 *
 * @param change number of the last change that it has at least
 * @param endNanos when it was complete; monotonic
 * @param instances how many it has
 * @param leftOut how many it lacks, and why
 */
record Rendering(
    long change,
    long endNanos,
    int instances,
    Map<Reason, Integer> leftOut,
    Buffer plain,
    Buffer gzip) {
  Rendering {
    leftOut = Map.copyOf(leftOut);
  }

  /** Returns the bytes that it takes. */
  long bytes() {
    return (long) plain.length() + gzip.length();
  }

  /** The two codings of a text. */
  record Text(Buffer plain, Buffer gzip) {
    /** Joins and compresses pieces. Any thread may do this. */
    static Text of(List<byte[]> pieces) {
      int length = pieces.stream().mapToInt(piece -> piece.length).sum();
      Buffer plain = Buffer.buffer(length);
      pieces.forEach(plain::appendBytes);
      return new Text(plain, Buffer.buffer(Gzip.deflate(plain.getBytes())));
    }
  }
}

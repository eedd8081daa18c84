package io.hera.gossip;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.buffer.Buffer;
import java.time.InstantSource;

/** An answer that comes in two pieces, split wherever, is what it is when it comes whole. */
public final class PiecesTarget {
  private static final int BYTES_MAX = 256;
  private static final int SPLITS_MAX = 512;

  private PiecesTarget() {}

  /** Whether the input is within the cap, and then it is gathered; above it the exchange fails, whatever the split. */
  public static boolean accepts(byte[] input) {
    boolean fits = input.length <= BYTES_MAX;
    int stride = 1 + input.length / SPLITS_MAX;
    for (int at = 0; at <= input.length; at += stride) {
      CappedBody body = new CappedBody(
          new Clocks(InstantSource.system(), InstantSource.system(), System::nanoTime), BYTES_MAX);
      Buffer whole = Buffer.buffer(input);
      body.write(whole.slice(0, at));
      body.write(whole.slice(at, input.length));
      body.end();
      assertThat(body.result().succeeded()).as("split at %d", at).isEqualTo(fits);
      if (fits) {
        assertThat(body.result().result().bytes().getBytes()).isEqualTo(input);
      } else {
        assertThat(body.result().cause()).isInstanceOf(ExchangeFailed.class);
      }
    }
    return fits;
  }
}

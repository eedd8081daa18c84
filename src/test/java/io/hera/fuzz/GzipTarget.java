package io.hera.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import io.hera.json.Malformed;
import io.hera.wire.Gzip;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.zip.GZIPInputStream;

/** Fuzz target: compressed answers, with the JDK's GZIPInputStream as an oracle. */
final class GzipTarget {
  private static final int BYTES_MAX = 1 << 16;
  private static final int HEADER_SUM = 2;

  private GzipTarget() {}

  /** Inflates the input, and checks that deflating and inflating it is the identity. */
  static boolean accepts(byte[] input) throws IOException, Malformed {
    byte[] deflated = Gzip.deflate(input);
    assertThat(Gzip.inflate(deflated, input.length)).isEqualTo(input);
    assertThat(read(deflated)).isEqualTo(input);
    try {
      byte[] plain =
          Allocation.bounded(input.length + 3 * BYTES_MAX, 4, () -> Gzip.inflate(input, BYTES_MAX));
      assertThat(plain).hasSizeLessThanOrEqualTo(BYTES_MAX);
      // The reader skips the optional parts of the header, and so does not check their sum.
      if ((input[3] & HEADER_SUM) == 0) {
        assertThat(read(input)).as("reading of the oracle").isEqualTo(plain);
      }
      return true;
    } catch (Malformed flaw) {
      assertThat(flaw.offset()).isBetween(0, input.length);
      return false;
    }
  }

  private static byte[] read(byte[] gz) throws IOException {
    try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(gz))) {
      return in.readAllBytes();
    }
  }
}

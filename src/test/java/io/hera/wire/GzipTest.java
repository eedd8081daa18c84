package io.hera.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.hera.json.Malformed;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

/** Tests gzip against the JDK's streams, and with damaged input. */
class GzipTest {
  private static final byte[] TEXT =
      "{\"sr-lon-1\":[],\"sr-ash-1\":[]}".repeat(40).getBytes(UTF_8);

  @Test
  void compressedBytesOfAnyLengthInflateToThemselves() throws Malformed {
    Random random = new Random(1);
    for (int length : new int[] {0, 1, 2, 100, 1000, 65_535, 65_536, 1_000_000}) {
      byte[] noise = new byte[length];
      random.nextBytes(noise);
      assertThat(Gzip.inflate(Gzip.deflate(noise), length)).isEqualTo(noise);
      byte[] zeros = new byte[length];
      assertThat(Gzip.inflate(Gzip.deflate(zeros), length)).isEqualTo(zeros);
    }
  }

  @Test
  void theJdkReadsTheseBytesAndTheOtherWayRound() throws IOException, Malformed {
    byte[] ours = Gzip.deflate(TEXT);
    assertThat(ours.length).isLessThan(TEXT.length / 10);
    assertThat(new GZIPInputStream(new ByteArrayInputStream(ours)).readAllBytes())
        .isEqualTo(TEXT);
    ByteArrayOutputStream theirs = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(theirs)) {
      gzip.write(TEXT);
    }
    assertThat(Gzip.inflate(theirs.toByteArray(), TEXT.length)).isEqualTo(TEXT);
  }

  @Test
  void aHeaderWithExtraFieldNameCommentAndSumIsSkipped() throws Malformed {
    byte[] ours = Gzip.deflate(TEXT);
    ByteArrayOutputStream gz = new ByteArrayOutputStream();
    gz.writeBytes(new byte[] {0x1f, (byte) 0x8b, 8, 2 + 4 + 8 + 16, 0, 0, 0, 0, 0, 3});
    gz.writeBytes(new byte[] {2, 0, 'x', 'y', 'n', 0, 'c', 0, 1, 2});
    gz.write(ours, 10, ours.length - 10);
    assertThat(Gzip.inflate(gz.toByteArray(), TEXT.length)).isEqualTo(TEXT);
    for (int length = 0; length < gz.size(); length++) {
      assertThat(flaw(Arrays.copyOf(gz.toByteArray(), length), TEXT.length)).isNotNull();
    }
  }

  @Test
  void inflatingAboveTheLimitIsRefused() {
    byte[] gz = Gzip.deflate(TEXT);
    assertThat(flaw(gz, TEXT.length - 1).reason())
        .isEqualTo("the body inflates to more than " + (TEXT.length - 1) + " bytes");
    assertThat(flaw(Gzip.deflate(new byte[50_000_000]), 1000).reason())
        .isEqualTo("the body inflates to more than 1000 bytes");
    assertThat(flaw(gz, 0).reason()).isEqualTo("the body inflates to more than 0 bytes");
  }

  @Test
  void bytesCutShortAnywhereAreRefused() {
    byte[] gz = Gzip.deflate(TEXT);
    for (int length = 0; length < gz.length; length++) {
      assertThat(flaw(Arrays.copyOf(gz, length), TEXT.length)).as("%d", length).isNotNull();
    }
  }

  @Test
  void dataAfterTheEndIsRefused() {
    byte[] gz = Gzip.deflate(TEXT);
    assertThat(flaw(Arrays.copyOf(gz, gz.length + 1), TEXT.length).reason())
        .isEqualTo("there is data after the end");
    byte[] two = Arrays.copyOf(gz, 2 * gz.length);
    System.arraycopy(gz, 0, two, gz.length, gz.length);
    assertThat(flaw(two, 2 * TEXT.length).reason()).isEqualTo("there is data after the end");
  }

  @Test
  void aChangedBitIsRefusedOrHasNoEffect() {
    byte[] gz = Gzip.deflate(TEXT);
    int refused = 0;
    for (int bit = 0; bit < 8 * gz.length; bit++) {
      byte[] changed = gz.clone();
      changed[bit / 8] ^= (byte) (1 << (bit % 8));
      try {
        assertThat(Gzip.inflate(changed, TEXT.length)).isEqualTo(TEXT);
      } catch (Malformed flaw) {
        refused++;
      }
    }
    int remarks = 8 * 6 + 8;
    assertThat(refused).isGreaterThanOrEqualTo(8 * gz.length - remarks - 7);
  }

  @Test
  void bytesThatAreNotGzipAreRefused() {
    assertThat(flaw(TEXT, 9999).reason()).isEqualTo("the body is not gzip");
    assertThat(flaw(new byte[0], 9999).reason()).isEqualTo("the body is not gzip");
  }

  private static Malformed flaw(byte[] gz, int bytesMax) {
    return catchThrowableOfType(Malformed.class, () -> Gzip.inflate(gz, bytesMax));
  }
}

package io.hera.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.hera.json.Malformed;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests that pieces come back as one text. */
class GzipStreamTest {
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 50})
  void thePiecesInflateToTheWhole(int pieces) throws Malformed {
    Random random = new Random(pieces);
    ByteArrayOutputStream plain = new ByteArrayOutputStream();
    ByteArrayOutputStream gzip = new ByteArrayOutputStream();
    try (GzipStream stream = new GzipStream()) {
      for (int i = 0; i < pieces; i++) {
        byte[] piece = new byte[random.nextInt(100_000)];
        random.nextBytes(piece);
        Arrays.fill(piece, piece.length / 2, piece.length, (byte) i);
        plain.writeBytes(piece);
        gzip.writeBytes(stream.add(piece));
      }
      gzip.writeBytes(stream.finish());
    }
    assertThat(Gzip.inflate(gzip.toByteArray(), 1 << 24)).isEqualTo(plain.toByteArray());
  }
}

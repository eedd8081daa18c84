package io.hera.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.hera.json.Malformed;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests that pieces come back as one text. */
class GzipPiecesTest {
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 50})
  void thePiecesInflateToTheWhole(int pieces) throws Malformed {
    Random random = new Random(pieces);
    ByteArrayOutputStream plain = new ByteArrayOutputStream();
    ByteArrayOutputStream gzip = new ByteArrayOutputStream();
    GzipPieces stream = new GzipPieces();
    gzip.writeBytes(GzipPieces.header());
    for (int i = 0; i < pieces; i++) {
      byte[] piece = new byte[random.nextInt(100_000)];
      random.nextBytes(piece);
      Arrays.fill(piece, piece.length / 2, piece.length, (byte) i);
      plain.writeBytes(piece);
      GzipPieces.Piece compressed = GzipPieces.compress(piece);
      stream.add(compressed.crc(), piece.length);
      gzip.writeBytes(compressed.bytes());
    }
    gzip.writeBytes(stream.end());
    assertThat(Gzip.inflate(gzip.toByteArray(), 1 << 24)).isEqualTo(plain.toByteArray());
  }

  @Test
  void aPieceMayBeSentInManyStreams() throws Malformed {
    byte[] piece = new byte[70_000];
    byte[] comma = {','};
    GzipPieces stream = new GzipPieces();
    ByteArrayOutputStream gzip = new ByteArrayOutputStream();
    gzip.writeBytes(GzipPieces.header());
    for (byte[] next : List.of(piece, comma, piece, piece)) {
      GzipPieces.Piece compressed = GzipPieces.compress(next);
      stream.add(compressed.crc(), next.length);
      gzip.writeBytes(compressed.bytes());
    }
    gzip.writeBytes(stream.end());
    assertThat(Gzip.inflate(gzip.toByteArray(), 1 << 24)).hasSize(210_001).endsWith(0, 0);
  }
}

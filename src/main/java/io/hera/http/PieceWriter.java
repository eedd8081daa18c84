package io.hera.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.hera.http.SharedWalk.Coding;
import io.hera.wire.GzipPieces;
import io.vertx.core.buffer.Buffer;

/** The body of a reply that has begun, written piece by piece in the coding of the reply. */
public final class PieceWriter {
  private final Exchange exchange;
  private final Coding coding;
  private final GzipPieces stream = new GzipPieces();

  /** Writes what stands before the first piece; {@code coding} is what {@link Exchange#begin} has returned. */
  public PieceWriter(Exchange exchange, Coding coding) {
    this.exchange = exchange;
    this.coding = coding;
    if (coding == Coding.GZIP) {
      exchange.write(Buffer.buffer(GzipPieces.header()));
    }
  }

  /** Writes a short text. */
  void write(String text) {
    byte[] plain = text.getBytes(UTF_8);
    if (coding == Coding.GZIP && plain.length > 0) {
      GzipPieces.Piece piece = GzipPieces.compress(plain);
      write(Buffer.buffer(piece.bytes()), piece.crc(), plain.length);
    } else if (plain.length > 0) {
      exchange.write(Buffer.buffer(plain));
    }
  }

  /**
   * Writes a piece.
   *
   * @param piece in the coding of the reply
   * @param crc of the plain bytes; ignored if the reply is not compressed
   */
  public void write(Buffer piece, int crc, int plainLength) {
    if (coding == Coding.GZIP) {
      stream.add(crc, plainLength);
    }
    exchange.write(piece);
  }

  /** Ends the reply. */
  public void end() {
    if (coding == Coding.GZIP) {
      exchange.write(Buffer.buffer(stream.end()));
    }
    exchange.end();
  }
}

package io.hera.bench.steady;

import io.hera.bench.AnswerReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** A client with one connection and one request at a time; used on the thread of {@link Sockets}. */
abstract class Client implements AnswerReader.Reader {
  private final AnswerReader answers = new AnswerReader(this);
  private @Nullable Sockets sockets;
  private @Nullable SelectionKey key;

  final void opened(Sockets on, SelectionKey registered) {
    sockets = on;
    key = registered;
  }

  /** Sends a GET; {@code fields} are header lines, each with its line end. */
  final void get(String target, String fields) {
    ByteBuffer request = ByteBuffer.wrap("GET %s HTTP/1.1\r\nhost: 127.0.0.1\r\n%s\r\n"
        .formatted(target, fields)
        .getBytes(StandardCharsets.US_ASCII));
    try {
      while (request.hasRemaining()) {
        channel().write(request);
      }
    } catch (IOException reset) {
      disconnect();
    }
  }

  /** Reads no more, as a client that hangs. */
  final void stopReading() {
    key().interestOps(0);
  }

  /** Reads again. */
  final void goOnReading() {
    if (key().isValid()) {
      key().interestOps(SelectionKey.OP_READ);
    }
  }

  final void read(byte[] bytes, int count) {
    answers.read(bytes, count);
  }

  /** Closes the connection after the node has ended it. */
  final void disconnect() {
    try {
      channel().close();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
    lost();
  }

  final Sockets sockets() {
    return present(sockets);
  }

  /** Handles the end of the connection. */
  abstract void lost();

  private SelectionKey key() {
    return present(key);
  }

  private SocketChannel channel() {
    return (SocketChannel) key().channel();
  }

  private static <T> T present(@Nullable T part) {
    if (part == null) {
      throw new IllegalStateException("the client is not connected yet");
    }
    return part;
  }
}

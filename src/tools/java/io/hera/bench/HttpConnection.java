package io.hera.bench;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetSocket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.IntConsumer;

/**
 * A keep-alive connection with one request at a time, which costs the driver little: requests are
 * prepared bytes, and only the status of an answer is read. Used on one event loop.
 */
final class HttpConnection {
  private static final String LENGTH = "\r\ncontent-length:";

  private final NetSocket socket;
  private Buffer arrived = Buffer.buffer();
  private IntConsumer waiting = status -> {};

  private HttpConnection(NetSocket socket, Consumer<HttpConnection> lost) {
    this.socket = socket;
    socket.handler(this::arrived);
    socket.exceptionHandler(reset -> {});
    socket.closeHandler(closed -> {
      answered(0);
      lost.accept(this);
    });
  }

  /** Connects to {@code port} on loopback; calls {@code lost} when the connection ends. */
  static Future<HttpConnection> open(NetClient client, int port, Consumer<HttpConnection> lost) {
    return client.connect(port, "127.0.0.1").map(socket -> new HttpConnection(socket, lost));
  }

  /**
   * Sends a request; calls {@code answered} with the status, or with 0 if the connection breaks.
   */
  void send(Buffer request, IntConsumer answered) {
    waiting = answered;
    socket.write(request);
  }

  private void arrived(Buffer part) {
    arrived =
        arrived.length() == 0 ? part : Buffer.buffer().appendBuffer(arrived).appendBuffer(part);
    String head = head();
    if (!head.isEmpty() && arrived.length() >= head.length() + bodyLength(head)) {
      arrived = Buffer.buffer();
      answered(Integer.parseInt(head.substring(9, 12)));
    }
  }

  /** Returns the head, up to the empty line; empty until it is complete. */
  private String head() {
    for (int i = 3; i < arrived.length(); i++) {
      if (arrived.getByte(i) == '\n' && arrived.getByte(i - 2) == '\n') {
        return arrived.getString(0, i + 1, StandardCharsets.ISO_8859_1.name());
      }
    }
    return "";
  }

  private static int bodyLength(String head) {
    int at = head.toLowerCase(Locale.ROOT).indexOf(LENGTH);
    if (at < 0) {
      return 0;
    }
    int from = at + LENGTH.length();
    return Integer.parseInt(head.substring(from, head.indexOf('\r', from)).strip());
  }

  private void answered(int status) {
    IntConsumer answered = waiting;
    waiting = ignored -> {};
    answered.accept(status);
  }
}

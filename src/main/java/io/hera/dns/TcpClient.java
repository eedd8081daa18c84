package io.hera.dns;

import io.hera.store.NextTurn;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetSocket;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * One TCP connection: messages with their lengths before them, answered one after the other (RFC 7766). It is closed if a message is not
 * complete in time, however many of its bytes come, or if its client does not read. Owned by {@link TcpClients}.
 */
final class TcpClient {
  private static final int LENGTH_BYTES = 2;
  private static final int MESSAGES_PER_TURN = 100;

  private final NetSocket socket;
  private final Vertx vertx;
  private final long idleMillis;
  private final Function<byte[], Future<Optional<byte[]>>> answers;
  private final NextTurn nextTurn;
  private final Consumer<TcpClient> active;
  private Buffer received = Buffer.buffer();
  private State state = State.IDLE;
  private long timer;

  private enum State {
    /** Waits for a message. */
    IDLE,
    /** Answers those that have come. */
    ANSWERING,
    /** Waits for an answer, or until the client has read. */
    WAITING,
    CLOSED
  }

  TcpClient(
      NetSocket socket,
      Vertx vertx,
      long idleMillis,
      Function<byte[], Future<Optional<byte[]>>> answers,
      NextTurn nextTurn,
      Consumer<TcpClient> active) {
    this.socket = socket;
    this.vertx = vertx;
    this.idleMillis = idleMillis;
    this.answers = answers;
    this.nextTurn = nextTurn;
    this.active = active;
  }

  /** Begins; {@code closed} is called once. */
  void open(Runnable closed) {
    socket.closeHandler(end -> {
      state = State.CLOSED;
      vertx.cancelTimer(timer);
      closed.run();
    });
    socket.exceptionHandler(failure -> close());
    timer = vertx.setTimer(idleMillis, due -> close());
    socket.handler(more -> {
      received.appendBuffer(more);
      work();
    });
  }

  /** Returns whether no answer is under way. */
  boolean isIdle() {
    return state == State.IDLE;
  }

  void close() {
    if (state != State.CLOSED) {
      state = State.CLOSED;
      socket.close();
    }
  }

  private void work() {
    if (state != State.IDLE) {
      return;
    }
    state = State.ANSWERING;
    int at = 0;
    for (int i = 0; i < MESSAGES_PER_TURN && state == State.ANSWERING && hasMessage(at); i++) {
      int end = at + LENGTH_BYTES + received.getUnsignedShort(at);
      byte[] message = received.getBytes(at + LENGTH_BYTES, end);
      at = end;
      answer(message);
    }
    received = received.getBuffer(at, received.length());
    rest();
  }

  /** Goes on later with those that are left, and reads no more until then. */
  private void rest() {
    if (state != State.ANSWERING) {
      return;
    }
    state = State.IDLE;
    if (hasMessage(0)) {
      socket.pause();
      nextTurn.execute(this::goOn);
    }
  }

  private void goOn() {
    if (state != State.CLOSED) {
      state = State.IDLE;
      work();
      if (state == State.IDLE && !hasMessage(0)) {
        socket.resume();
      }
    }
  }

  private boolean hasMessage(int at) {
    return received.length() - at >= LENGTH_BYTES
        && received.length() - at - LENGTH_BYTES >= received.getUnsignedShort(at);
  }

  private void answer(byte[] message) {
    vertx.cancelTimer(timer);
    timer = vertx.setTimer(idleMillis, due -> close());
    active.accept(this);
    Future<Optional<byte[]>> answer = answers.apply(message);
    if (answer.isComplete()) {
      send(answer);
      return;
    }
    await();
    answer.onComplete(done -> {
      if (state == State.WAITING) {
        state = State.ANSWERING;
        send(answer);
        if (state == State.ANSWERING) {
          goOn();
        }
      }
    });
  }

  private void await() {
    state = State.WAITING;
    socket.pause();
  }

  /** Sends an answer; a message without one ends the connection. */
  private void send(Future<Optional<byte[]>> answer) {
    Optional<byte[]> bytes = answer.failed() ? Optional.empty() : answer.result();
    if (bytes.isEmpty()) {
      close();
      return;
    }
    socket.write(Buffer.buffer().appendUnsignedShort(bytes.get().length).appendBytes(bytes.get()));
    if (socket.writeQueueFull()) {
      await();
      socket.drainHandler(drained -> goOn());
    }
  }
}

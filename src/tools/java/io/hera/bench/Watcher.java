package io.hera.bench;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetSocket;
import io.vertx.core.parsetools.RecordParser;
import java.util.concurrent.TimeUnit;

/** A client that watches a service, over a connection of its own. Used on one event loop. */
abstract class Watcher implements AnswerReader.Reader {
  private final Listener listener;
  private final NetSocket socket;
  private final String request;
  /** The round of its {@link Crowd} in which it was last notified. */
  int toldInRound;

  private String trouble = "the node has closed the connection";

  private Watcher(NetSocket socket, String service, Listener listener) {
    this.listener = listener;
    this.socket = socket;
    this.request = "GET /" + service + "%s HTTP/1.1\r\nhost: 127.0.0.1\r\n%s\r\n\r\n";
    AnswerReader answers = new AnswerReader(this);
    socket.handler(part -> answers.read(part.getBytes(), part.length()));
    socket.exceptionHandler(broken -> trouble = broken.toString());
    socket.closeHandler(closed -> listener.lost(trouble));
  }

  /** The listener for the events of a watcher. */
  interface Listener {
    /** Handles that the watcher knows the present content, and waits for changes. */
    void ready();

    /** Handles that the watcher was notified of a change. */
    void notified(Watcher watcher);

    /** Handles that the watcher has stopped. */
    void lost(String why);
  }

  /** Returns a watcher with long polls, the first one for content other than {@code etag}. */
  static Watcher waiting(NetSocket socket, String service, String etag, Listener listener) {
    Waiting waiting = new Waiting(socket, service, etag, listener);
    waiting.ask();
    listener.ready();
    return waiting;
  }

  /** Returns a watcher that follows the event stream. */
  static Watcher following(NetSocket socket, String service, Listener listener) {
    Following following = new Following(socket, service, listener);
    following.follow();
    return following;
  }

  /** Sends a request with a query and a header line. */
  final void send(String query, String header) {
    socket.write(request.formatted(query, header));
  }

  final void notified() {
    listener.notified(this);
  }

  final void ready() {
    listener.ready();
  }

  final void giveUp(String why) {
    trouble = why;
    socket.close();
  }

  private static final class Waiting extends Watcher {
    private static final long MINUTES = 5;

    private String etag;
    private int status;
    private long askedAt;

    Waiting(NetSocket socket, String service, String etag, Listener listener) {
      super(socket, service, listener);
      this.etag = etag;
    }

    void ask() {
      askedAt = System.nanoTime();
      send("?wait=" + MINUTES + "m", "if-none-match: " + etag);
    }

    @Override
    public void head(AnswerReader.Head head) {
      status = head.status();
      etag = head.etag();
    }

    @Override
    public void piece(byte[] part, int from, int to) {}

    /** Gives up at a 304 that comes too early. */
    @Override
    public void end() {
      boolean over = System.nanoTime() - askedAt >= TimeUnit.MINUTES.toNanos(MINUTES);
      if (status != 200 && status != 304) {
        giveUp("a wait was answered with " + status);
        return;
      }
      if (status == 200 || !over) {
        notified();
      }
      ask();
    }
  }

  private static final class Following extends Watcher {
    private static final String DATA = "data:";

    private final RecordParser lines = RecordParser.newDelimited("\n", this::line);
    private boolean data;
    private boolean shown;

    Following(NetSocket socket, String service, Listener listener) {
      super(socket, service, listener);
    }

    void follow() {
      send("", "accept: text/event-stream");
    }

    @Override
    public void head(AnswerReader.Head head) {
      if (head.status() != 200) {
        giveUp("a stream was answered with " + head.status());
      }
    }

    @Override
    public void piece(byte[] part, int from, int to) {
      lines.handle(Buffer.buffer(to - from).appendBytes(part, from, to - from));
    }

    @Override
    public void end() {
      giveUp("the node has ended a stream");
    }

    /** Comments are lines without data. The first event is the snapshot. */
    private void line(Buffer line) {
      int length = Math.min(DATA.length(), line.length());
      data |= line.getString(0, length).equals(DATA);
      if (length > 0 || !data) {
        return;
      }
      data = false;
      if (shown) {
        notified();
      } else {
        shown = true;
        ready();
      }
    }
  }
}

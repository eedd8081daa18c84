package io.hera.bench;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetSocket;
import io.vertx.core.parsetools.RecordParser;
import java.util.concurrent.TimeUnit;

/** A client that wants to hear of changes of a service, over a connection of its own. Used on one event loop. */
abstract class Watcher implements AnswerReader.Reader {
  private final Listener listener;
  private final NetSocket socket;
  private final String request;
  /** In which round of its {@link Crowd} it was last told something. */
  int toldInRound;

  private String trouble = "the node has closed the connection";

  private Watcher(NetSocket socket, String service, Listener listener) {
    this.listener = listener;
    this.socket = socket;
    this.request = "GET /" + service + "%s HTTP/1.1\r\nhost: 127.0.0.1\r\n%s\r\n\r\n";
    socket.handler(new AnswerReader(this));
    socket.exceptionHandler(broken -> trouble = broken.toString());
    socket.closeHandler(closed -> listener.lost(trouble));
  }

  /** Who is told how it goes with a watcher. */
  interface Listener {
    /** It knows how things stand, and waits for what changes. */
    void ready();

    /** It has heard of a change. */
    void told(Watcher watcher);

    /** It hears nothing any more. */
    void lost(String why);
  }

  /** One that waits for another content than the one that goes by {@code etag}, and for the next one as soon as it has it. */
  static Watcher waiting(NetSocket socket, String service, String etag, Listener listener) {
    Waiting waiting = new Waiting(socket, service, etag, listener);
    waiting.ask();
    listener.ready();
    return waiting;
  }

  /** One that follows the events. */
  static Watcher following(NetSocket socket, String service, Listener listener) {
    Following following = new Following(socket, service, listener);
    following.follow();
    return following;
  }

  /** Asks with this query and this header line. */
  final void send(String query, String header) {
    socket.write(request.formatted(query, header));
  }

  final void told() {
    listener.told(this);
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
    public void head(int status, String etag) {
      this.status = status;
      this.etag = etag;
    }

    @Override
    public void piece(Buffer part, int from, int to) {}

    /** A 304 before its time would be an answer that nobody has asked for. */
    @Override
    public void end() {
      boolean over = System.nanoTime() - askedAt >= TimeUnit.MINUTES.toNanos(MINUTES);
      if (status != 200 && status != 304) {
        giveUp("a wait was answered with " + status);
        return;
      }
      if (status == 200 || !over) {
        told();
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
    public void head(int status, String etag) {
      if (status != 200) {
        giveUp("a stream was answered with " + status);
      }
    }

    @Override
    public void piece(Buffer part, int from, int to) {
      lines.handle(part.getBuffer(from, to));
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
        told();
      } else {
        shown = true;
        ready();
      }
    }
  }
}

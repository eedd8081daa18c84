package io.hera.bench.steady;

import io.hera.bench.AnswerReader.Head;

/** A client that follows a stream of events, of which it reads the types only. */
final class Following extends Client {
  private static final int TYPE_AT = "event: ".length();

  private final Streams streams;
  private final String target;
  /** The column in a line, and what its first bytes were. */
  private int column;

  private byte first;
  private byte type;

  Following(Streams streams, String target) {
    this.streams = streams;
    this.target = target;
  }

  /**
   * The counts of clients that follow.
   *
   * @param snapshots whole snapshots
   * @param events changes
   * @param lost streams that ended, began anew, or were not begun
   */
  record Streams(Tally snapshots, Tally events, Tally lost) {
    /** The streams of so many clients, each of which gets its snapshot and some events. */
    Streams(long clients, long events) {
      this(
          new Tally("snapshots", clients),
          new Tally("events", clients * events),
          new Tally("streams lost", 0));
    }
  }

  /** Begins to follow. */
  void follow() {
    get(target, "accept: text/event-stream\r\n");
  }

  @Override
  public void head(Head head) {
    if (head.status() != 200) {
      streams.lost.add();
    }
  }

  /** An event has a line with its type, and ends with an empty line; comments have no type. */
  @Override
  public void piece(byte[] part, int from, int to) {
    for (int at = from; at < to; at++) {
      byte next = part[at];
      if (next == '\n') {
        if (column == 0) {
          event();
        }
        column = 0;
        continue;
      }
      if (column == 0) {
        first = next;
      } else if (column == TYPE_AT && first == 'e') {
        type = next;
      }
      column++;
    }
  }

  private void event() {
    switch (type) {
      case 0 -> {}
      case 's' -> streams.snapshots.add();
      case 'p', 'd' -> streams.events.add();
      default -> streams.lost.add();
    }
    type = 0;
  }

  @Override
  public void end() {
    streams.lost.add();
  }

  @Override
  void lost() {
    streams.lost.add();
  }
}

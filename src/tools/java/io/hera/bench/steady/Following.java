package io.hera.bench.steady;

import io.hera.bench.AnswerReader.Head;
import java.util.function.IntPredicate;

/**
 * A client that follows a stream of events. It reads their types only, and counts the instances of
 * snapshots, so it knows how many there are.
 */
final class Following extends Client {
  private static final int TYPE_AT = "event: ".length();
  /** The beginning of an instance's id in a snapshot. */
  private static final byte[] ID = {'"', 'i', '-'};

  private final Streams streams;
  private final String target;
  private int column;
  private byte first;
  private byte type;
  private int matched;
  private int counted;

  /** Instances that are there, as far as this client knows. */
  private int known;

  private boolean begun;
  private boolean informed;

  Following(Streams streams, String target) {
    this.streams = streams;
    this.target = target;
  }

  /**
   * The counts of clients that follow.
   *
   * @param begun clients that have their first snapshot
   * @param informed clients that know everything, by events or by another snapshot
   * @param lost streams that ended or were not begun
   * @param everything whether a client that knows so many instances after a change knows everything
   */
  record Streams(Tally begun, Tally informed, Tally lost, IntPredicate everything) {
    /** The streams of so many clients. */
    Streams(long clients, IntPredicate everything) {
      this(
          new Tally("streams begun", clients),
          new Tally("streams informed", clients),
          new Tally("streams lost", 0),
          everything);
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
      if (type == 's') {
        count(next);
      }
    }
  }

  private void count(byte next) {
    matched = next == ID[matched] ? matched + 1 : next == ID[0] ? 1 : 0;
    if (matched == ID.length) {
      matched = 0;
      counted++;
    }
  }

  private void event() {
    boolean changes = begun && type != 0 && type != 'r';
    switch (type) {
      case 's' -> snapshot();
      case 'p' -> known++;
      case 'd' -> known--;
      default -> {}
    }
    type = 0;
    if (changes && !informed && streams.everything.test(known)) {
      informed = true;
      streams.informed.add();
    }
  }

  private void snapshot() {
    known = counted;
    counted = 0;
    if (!begun) {
      begun = true;
      streams.begun.add();
    }
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

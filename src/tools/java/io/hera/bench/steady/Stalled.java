package io.hera.bench.steady;

import io.hera.bench.AnswerReader.Head;

/** A client that sends a request and does not read the answer, until it is asked to. */
final class Stalled extends Client {
  private final Tally ended;
  private final Tally served;
  private int status;

  /** Counts the connection in {@code ended} if the node ended it or was busy, else in {@code served}. */
  Stalled(Tally ended, Tally served) {
    this.ended = ended;
    this.served = served;
  }

  /** Sends the request. */
  void ask(String target) {
    stopReading();
    get(target, "");
  }

  @Override
  public void head(Head head) {
    status = head.status();
  }

  @Override
  public void piece(byte[] part, int from, int to) {}

  @Override
  public void end() {
    if (status == 503) {
      ended.add();
    } else {
      served.add();
    }
    stopReading();
  }

  @Override
  void lost() {
    ended.add();
  }
}

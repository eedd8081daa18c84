package io.hera.bench.steady;

import io.hera.bench.AnswerReader.Head;

/**
 * A client that wants one answer with 200. Where the node is busy (503) it comes back after the time
 * that the node gives.
 */
final class Asking extends Client {
  private final Outcome outcome;
  private final String target;
  private final String fields;
  private Head head = new Head(0, "", 0);
  private boolean answered;

  Asking(Outcome outcome, String target, String fields) {
    this.outcome = outcome;
    this.target = target;
    this.fields = fields;
  }

  /**
   * The counts of clients.
   *
   * @param answered answers with 200, whole
   * @param busy answers with 503, after which clients come back
   * @param lost connections that ended before an answer, and other answers
   */
  record Outcome(Tally answered, Tally busy, Tally lost) {
    /** The outcome for so many clients, all of which are to be answered. */
    Outcome(long clients, String what) {
      this(new Tally(what, clients), new Tally("busy", 0), new Tally("lost", 0));
    }
  }

  /** Sends the request. */
  void ask() {
    get(target, fields);
  }

  @Override
  public void head(Head head) {
    this.head = head;
  }

  @Override
  public void piece(byte[] part, int from, int to) {}

  @Override
  public void end() {
    switch (head.status()) {
      case 200 -> {
        answered = true;
        outcome.answered.add();
      }
      case 503 -> {
        outcome.busy.add();
        sockets().after(1_000L * head.retryAfter(), this::ask);
      }
      default -> outcome.lost.add();
    }
  }

  /** Counts the end of the connection, unless the client has its answer: then it is merely idle. */
  @Override
  void lost() {
    if (!answered) {
      outcome.lost.add();
    }
  }
}

package io.hera.http;

import io.hera.store.page.Selection;
import io.vertx.core.Future;

/** A read by a client that has an answer already, and waits for another one. */
public interface RepeatedRead {
  /** Returns the request. */
  Exchange exchange();

  /** Returns what must change for another answer. Reads that have selected the same get the same answer. */
  Selection selection();

  /** Returns the route under which the request is counted once it waits. */
  String waitRoute();

  /** Returns whether the client has an answer already, which may be an old one. */
  boolean hasAnswer();

  /** Returns whether the client certainly has the present answer, without reading it; if not, the answer has to be read. */
  boolean isCurrent();

  /** Reads the present answer. */
  Future<Answer> read();

  /** Replies with this answer if the client does not have it yet; returns whether it has replied. */
  boolean replyIfChanged(Answer answer);

  /** Replies that the last answer is the one that the client has. */
  void replyUnchanged();

  /** Reads once and replies. */
  default void replyNow() {
    if (isCurrent()) {
      replyUnchanged();
      return;
    }
    Future<Answer> reading = read();
    if (reading.succeeded()) {
      reply(reading.result());
    } else {
      reading.onSuccess(this::reply).onFailure(exchange()::fail);
    }
  }

  private void reply(Answer answer) {
    if (!replyIfChanged(answer)) {
      replyUnchanged();
    }
  }
}

package io.hera.http;

import io.hera.store.DeltaRequest;
import io.hera.store.DeltaResponse;
import io.hera.store.Store;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Questions of peers that wait for news (PROTOCOL §7). One an HTTP verticle, owned by {@link Deltas} and touched on the
 * verticle's event loop only.
 *
 * <p>No news is missed. The fact that there is a write comes after the write, so whoever asks the store when it has come sees
 * the write. It reaches us while the question waits, and then the store is asked again; or while the store is being asked,
 * before or after its reply, and then {@link #writes} has changed since the asking, and the store is asked again as well.
 */
final class Waiting {
  private final Vertx vertx;
  private final Store store;
  private final int questionsMax;
  private final Set<Question> questions = new LinkedHashSet<>();
  private long writes;

  /** Lets no more than {@code questionsMax} wait. */
  Waiting(Vertx vertx, Store store, int questionsMax) {
    this.vertx = vertx;
    this.store = store;
    this.questionsMax = questionsMax;
  }

  /** Listens from now on. */
  Future<Void> start() {
    return store.writes().subscribe(this::written);
  }

  /** How many wait. */
  int count() {
    return questions.size();
  }

  /**
   * Asks the store, again and again until there is news.
   *
   * @param exchange a question whose client has disconnected is not parked, nor one that comes when the server stops
   * @param waitMillis how long to wait at most; 0 for not at all
   * @return news, or nothing new when the wait is over or there are too many that wait
   */
  Future<DeltaResponse> ask(Exchange exchange, DeltaRequest asked, long waitMillis) {
    long before = writes;
    return store.delta(asked).compose(answered -> {
      boolean full = exchange.draining() || questions.size() >= questionsMax;
      if (waitMillis == 0 || news(answered) || full || exchange.ended()) {
        return Future.succeededFuture(answered);
      }
      Question question = new Question(asked, answered);
      Future<DeltaResponse> waited = park(question, exchange, waitMillis);
      if (writes != before) {
        askAgain(question);
      }
      return waited;
    });
  }

  private Future<DeltaResponse> park(Question question, Exchange exchange, long waitMillis) {
    questions.add(question);
    long timer = vertx.setTimer(waitMillis, over -> question.giveUp());
    exchange.onDisconnect(question::giveUp);
    exchange.onDrain(question::giveUp);
    return question.promise.future().onComplete(ended -> {
      vertx.cancelTimer(timer);
      questions.remove(question);
    });
  }

  private void written(long newest) {
    writes++;
    List.copyOf(questions).stream().filter(question -> !question.asking).forEach(this::askAgain);
  }

  private void askAgain(Question question) {
    long before = writes;
    question.asking = true;
    store
        .delta(question.asked)
        .onComplete(
            answered -> {
              question.asking = false;
              if (news(answered)) {
                question.promise.tryComplete(answered);
              } else if (writes != before && questions.contains(question)) {
                askAgain(question);
              }
            },
            question.promise::tryFail);
  }

  private static boolean news(DeltaResponse answered) {
    return !answered.delta().origins().isEmpty();
  }

  /** One that waits; when there is no news it gets what the store said at first. */
  private static final class Question {
    private final Promise<DeltaResponse> promise = Promise.promise();
    private final DeltaRequest asked;
    private final DeltaResponse empty;
    private boolean asking;

    Question(DeltaRequest asked, DeltaResponse empty) {
      this.asked = asked;
      this.empty = empty;
    }

    void giveUp() {
      promise.tryComplete(empty);
    }
  }
}

package io.hera.client;

import io.hera.client.Outcome.Answered;
import io.hera.client.Outcome.Away;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One request to one node. It is sent again once if an old connection had ended, and once if the
 * token was changed meanwhile. Owned by the loop.
 */
final class Call {
  private final Calls calls;
  private final Node node;
  private final Request request;
  private final Consumer<Outcome> then;
  private final Weight weight;
  private Optional<CompletableFuture<Answer>> answer = Optional.empty();
  private Optional<Loop.Timer> deadline = Optional.empty();
  private boolean probe;
  private boolean counted;
  private boolean sentAgain;
  private boolean tokenReread;
  private boolean ended;

  /** Whether a request that fails puts its node aside. */
  enum Weight {
    COUNTS,
    /** The caller decides. */
    IS_A_QUESTION
  }

  Call(Calls calls, Node node, Request request, Weight weight, Consumer<Outcome> then) {
    this.calls = calls;
    this.weight = weight;
    this.node = node;
    this.request = request;
    this.then = then;
  }

  /** Returns the node that is asked. */
  Node node() {
    return node;
  }

  boolean isOver() {
    return ended;
  }

  /** Ends the request; there is no outcome. */
  void cancel() {
    if (!ended) {
      end();
      calls.outage.ended(probe && counted);
    }
  }

  void begin() {
    if (ended) {
      return;
    }
    if (!counted) {
      counted = true;
      probe = calls.outage.requestBegins();
    }
    CompletableFuture<Answer> future = calls.transmit(node, request);
    answer = Optional.of(future);
    deadline = Optional.of(calls.loop.after(request.patience(), () -> expired(future)));
    After.of(
        future, (whole, failure) -> calls.loop.execute(() -> completed(future, whole, failure)));
  }

  private void expired(CompletableFuture<Answer> future) {
    if (isCurrent(future)) {
      String why = "no answer within " + shown(request.patience());
      lost(new Unanswered(why, Unanswered.Sent.PERHAPS));
      future.cancel(true);
    }
  }

  private void completed(
      CompletableFuture<Answer> future, @Nullable Answer whole, @Nullable Throwable failure) {
    if (!isCurrent(future)) {
      return;
    }
    deadline.ifPresent(Loop.Timer::cancel);
    if (whole != null) {
      judge(whole);
    } else {
      lost(unanswered(failure));
    }
  }

  private boolean isCurrent(CompletableFuture<Answer> future) {
    return !ended && answer.isPresent() && answer.get() == future;
  }

  private void judge(Answer whole) {
    switch (Verdict.of(whole)) {
      case SPEAKS -> answered(whole);
      case WRONG_TOKEN -> rereadToken(whole);
      case AWAY -> {
        HeraProblem problem = HeraProblem.of(whole);
        endAway(new Away(problem, false), Verdict.retryAfter(whole), problem.toString());
      }
      case NOT_HERA -> notHera("it answered " + whole.status());
    }
  }

  private void notHera(String why) {
    end();
    calls.contacts.notHera(node, why);
    calls.outage.ended(probe);
    then.accept(new Away(HeraProblem.unanswered(node + " is not a node of Hera: " + why), false));
  }

  private void answered(Answer whole) {
    end();
    calls.contacts.answered(node, Verdict.kind(whole));
    then.accept(new Answered(whole));
  }

  private void rereadToken(Answer whole) {
    Optional<String> before = calls.tokens.current();
    if (tokenReread) {
      answered(whole);
      return;
    }
    tokenReread = true;
    calls.tokens.reread(() -> {
      if (ended) {
        return;
      }
      if (calls.tokens.current().equals(before)) {
        answered(whole);
      } else {
        begin();
      }
    });
  }

  private void lost(Unanswered why) {
    if (why.sent() == Unanswered.Sent.ON_AN_OLD_CONNECTION && !sentAgain) {
      sentAgain = true;
      node.retried();
      begin();
      return;
    }
    String reason = String.valueOf(why.getMessage());
    Away outcome = new Away(
        HeraProblem.unanswered(node + ": " + reason),
        sentAgain || why.sent() != Unanswered.Sent.NOTHING);
    endAway(outcome, Optional.empty(), reason);
  }

  /** The call ends before the node is put aside: those that follow the node see a call that is over. */
  private void endAway(Away outcome, Optional<Duration> aside, String why) {
    end();
    if (weight == Weight.COUNTS) {
      calls.contacts.away(node, aside, why);
    }
    calls.outage.ended(probe);
    then.accept(outcome);
  }

  private void end() {
    ended = true;
    deadline.ifPresent(Loop.Timer::cancel);
    answer.ifPresent(future -> future.cancel(true));
  }

  private static Unanswered unanswered(@Nullable Throwable failure) {
    Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
    return cause instanceof Unanswered unanswered
        ? unanswered
        : new Unanswered("the transport failed: " + cause, Unanswered.Sent.PERHAPS);
  }

  private static String shown(Duration time) {
    return time.toMillis() % 1_000 == 0 ? time.toSeconds() + " s" : time.toMillis() + " ms";
  }
}

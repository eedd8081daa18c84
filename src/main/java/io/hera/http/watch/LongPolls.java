package io.hera.http.watch;

import io.hera.http.RepeatedRead;
import io.hera.http.RequestCounters;
import io.hera.store.Changes;
import io.hera.store.Readiness;
import io.hera.store.page.Subject;
import io.hera.wire.Problem;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * Reads that wait until their subject changes. One per HTTP verticle, used on its context only.
 *
 * <p>A change of content wakes them, a heartbeat does not. No change is missed: one that is published while a read is being
 * repeated may come before or after what the store replies, so the read is repeated once more.
 *
 * <p>Before the node is ready it does not know the answer: reads wait for that, too (P7).
 */
final class LongPolls {
  private final Vertx vertx;
  private final Readiness readiness;
  private final RequestCounters counters;
  private final RandomGenerator random;
  private final Slices<ParkedRead> woken;
  private final Map<Subject, Set<ParkedRead>> parked = new HashMap<>();
  /** Batches of changes so far. */
  private long batches;

  LongPolls(
      Context context, Readiness readiness, RequestCounters counters, RandomGenerator random) {
    this.vertx = context.owner();
    this.readiness = readiness;
    this.counters = counters;
    this.random = random;
    this.woken = new Slices<>(context, this::attempt);
  }

  /** Waits a little longer than asked: clients that began to wait together must not come back together. */
  void await(RepeatedRead read, long waitMillis) {
    attempt(new ParkedRead(read, waitMillis + random.nextLong(waitMillis / 16 + 1)));
  }

  /** Repeats the reads whose subject has changed. */
  void changed(Changes batch) {
    batches++;
    if (readiness.synchronised()) {
      batch.subjects().keySet().forEach(this::wake);
    }
  }

  /** The node is ready: attempts the reads that have waited for it. */
  void ready() {
    List.copyOf(parked.keySet()).forEach(this::wake);
  }

  private void wake(Subject subject) {
    Set<ParkedRead> reads = parked.remove(subject);
    if (reads != null) {
      counters.watchers(-reads.size());
      woken.add(reads);
    }
  }

  private void attempt(ParkedRead parked) {
    if (parked.exchange.ended()) {
      forget(parked);
      return;
    }
    if (!readiness.synchronised()) {
      attemptLater(parked);
      return;
    }
    long before = batches;
    parked
        .read
        .replyIfChanged()
        .onSuccess(replied -> attempted(parked, replied, before))
        .onFailure(failure -> {
          forget(parked);
          parked.exchange.fail(failure);
        });
  }

  /** Parks a read until the node is ready; one that has to end before that is refused. */
  private void attemptLater(ParkedRead parked) {
    if (parked.isOver() || parked.exchange.draining()) {
      forget(parked);
      parked.exchange.problem(Problem.recovering());
    } else if (parked.waits() || begin(parked)) {
      park(parked);
    }
  }

  private void attempted(ParkedRead parked, boolean replied, long batchesBefore) {
    if (replied || parked.exchange.ended()) {
      forget(parked);
    } else if (parked.isOver() || parked.exchange.draining()) {
      forget(parked);
      parked.read.replyUnchanged();
    } else if (batches != batchesBefore) {
      attempt(parked);
    } else if (parked.waits() || begin(parked)) {
      park(parked);
    }
  }

  /** Begins the wait; false if there is no room for one more. */
  private boolean begin(ParkedRead parked) {
    if (!counters.hasRoomForWatcher()) {
      parked.exchange.problem(Problem.tooManyWatchers());
      return false;
    }
    parked.exchange.countAs(parked.read.waitRoute());
    parked.begin(vertx.setTimer(parked.waitMillis, over -> end(parked)));
    parked.exchange.onDisconnect(() -> forget(parked));
    parked.exchange.onDrain(() -> end(parked));
    return true;
  }

  private void park(ParkedRead read) {
    if (parked.computeIfAbsent(read.subject, any -> new LinkedHashSet<>()).add(read)) {
      counters.watchers(1);
    }
  }

  /** Ends the wait with a last attempt. */
  private void end(ParkedRead parked) {
    forget(parked);
    attempt(parked);
  }

  private void forget(ParkedRead read) {
    read.end().ifPresent(vertx::cancelTimer);
    Set<ParkedRead> reads = parked.get(read.subject);
    if (reads != null && reads.remove(read)) {
      counters.watchers(-1);
      if (reads.isEmpty()) {
        parked.remove(read.subject);
      }
    }
  }
}

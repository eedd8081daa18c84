package io.hera.http.watch;

import io.hera.http.Answer;
import io.hera.http.Patience;
import io.hera.http.RepeatedRead;
import io.hera.http.RequestCounters;
import io.hera.store.Changes;
import io.hera.store.NextTurn;
import io.hera.store.Readiness;
import io.hera.store.Slices;
import io.hera.wire.Problem;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/**
 * Reads that wait until what they have selected changes. One per HTTP verticle, used on its context only.
 *
 * <p>A change of content wakes them, a heartbeat does not. Reads that wait for the same are a group: one look says whether a change
 * concerns them, and one answer is read for all. A group whose filter does not match the changed instance, neither before nor
 * after, is not woken.
 *
 * <p>No change is missed: one that is published while an answer is being read may come before or after what the store replies, so the
 * answer is read once more.
 *
 * <p>Reads that want a quiet subject are woken when its window closes, see {@link QuietWindows}.
 *
 * <p>Before the node is ready it does not know the answer: reads wait for that, too (P7).
 */
final class LongPolls {
  private final Vertx vertx;
  private final Readiness readiness;
  private final RequestCounters counters;
  private final RandomGenerator random;
  private final ParkedReads parked = new ParkedReads();
  /** Looks at changes, and replies: each returns how much work it was. */
  private final Slices<LongSupplier> work;

  private final QuietWindows windows;
  /** Batches of changes so far. */
  private long batches;

  LongPolls(
      Context context, Readiness readiness, RequestCounters counters, RandomGenerator random) {
    this.vertx = context.owner();
    this.readiness = readiness;
    this.counters = counters;
    this.random = random;
    this.work = new Slices<>(new NextTurn(context), LongSupplier::getAsLong);
    this.windows =
        new QuietWindows(new VertxAlarms(vertx), parked::has, (watch, first) -> wake(watch));
  }

  /** Waits a little longer than asked: clients that began to wait together must not come back together. */
  void await(RepeatedRead read, Patience patience) {
    long waitMillis = patience.waitMillis() + random.nextLong(patience.waitMillis() / 16 + 1);
    ParkedRead parking = new ParkedRead(read, patience.quiet(), waitMillis);
    if (!patience.quiet().isNone()) {
      windows.use(parking.watch);
    }
    attempt(parking);
  }

  /** Repeats the reads that a change concerns. */
  void changed(Changes batch) {
    batches++;
    if (!readiness.synchronised()) {
      return;
    }
    batch.subjects().forEach((subject, changes) -> {
      Stream<Watch> hasty =
          parked.watches(subject).stream().filter(w -> w.quiet().isNone());
      List<LongSupplier> looks = Stream.concat(hasty, windows.of(subject).stream())
          .<LongSupplier>map(watch -> () -> Concern.look(watch, changes, this::concerned))
          .toList();
      work.add(looks);
    });
  }

  /** The node is ready: attempts the reads that have waited for it. */
  void ready() {
    parked.watches().forEach(this::wake);
  }

  private void concerned(Watch watch, long number) {
    if (watch.quiet().isNone()) {
      wake(watch);
    } else {
      windows.touch(watch, number);
    }
  }

  /** Reads the answer of a group, and replies with it. */
  private void wake(Watch watch) {
    List<ParkedRead> reads = parked.take(watch);
    counters.watchers(-reads.size());
    reads.stream()
        .filter(read -> !read.exchange.ended())
        .findFirst()
        .ifPresent(first -> answer(first, reads));
  }

  private void attempt(ParkedRead read) {
    if (read.exchange.ended()) {
      forget(read);
    } else if (!readiness.synchronised()) {
      attemptLater(read);
    } else if (waitsForQuiet(read)) {
      attempted(read, false, batches);
    } else if (read.read.isCurrent()) {
      attempted(read, false, batches);
    } else {
      answer(read, List.of(read));
    }
  }

  /** A client that has an answer gets no other one while its subject is changing. */
  private boolean waitsForQuiet(ParkedRead read) {
    return windows.openSince(read.watch).isPresent()
        && read.read.hasAnswer()
        && !read.isOver()
        && !read.exchange.draining();
  }

  /** Reads by one of the reads, and replies to all. */
  private void answer(ParkedRead one, List<ParkedRead> reads) {
    long before = batches;
    one.read
        .read()
        .onSuccess(answer -> work.add(reads.stream()
            .<LongSupplier>map(read -> () -> reply(read, answer, before))
            .toList()))
        .onFailure(failure -> reads.forEach(read -> {
          forget(read);
          read.exchange.fail(failure);
        }));
  }

  private long reply(ParkedRead read, Answer answer, long batchesBefore) {
    boolean replied = !read.exchange.ended() && read.read.replyIfChanged(answer);
    attempted(read, replied, batchesBefore);
    return replied ? Slices.WRITE + answer.bytes() : Slices.LOOK;
  }

  /** Parks a read until the node is ready; one that has to end before that is refused. */
  private void attemptLater(ParkedRead read) {
    if (read.isOver() || read.exchange.draining()) {
      forget(read);
      read.exchange.problem(Problem.recovering());
    } else if (read.waits() || begin(read)) {
      park(read);
    }
  }

  private void attempted(ParkedRead read, boolean replied, long batchesBefore) {
    if (replied || read.exchange.ended()) {
      forget(read);
    } else if (read.isOver() || read.exchange.draining()) {
      forget(read);
      read.read.replyUnchanged();
    } else if (read.waits() || begin(read)) {
      park(read);
      if (batches != batchesBefore) {
        work.add(List.of(() -> again(read.watch)));
      }
    }
  }

  private long again(Watch watch) {
    concerned(watch, 0);
    return Slices.LOOK;
  }

  /** Begins the wait; false if there is no room for one more. */
  private boolean begin(ParkedRead read) {
    if (!counters.hasRoomForWatcher()) {
      read.exchange.problem(Problem.tooManyWatchers());
      return false;
    }
    read.exchange.countAs(read.read.waitRoute());
    read.begin(vertx.setTimer(read.waitMillis, over -> end(read)));
    read.exchange.onDisconnect(() -> forget(read));
    read.exchange.onDrain(() -> end(read));
    return true;
  }

  private void park(ParkedRead read) {
    if (parked.add(read)) {
      counters.watchers(1);
    }
  }

  /** Ends the wait with a last attempt. */
  private void end(ParkedRead read) {
    forget(read);
    attempt(read);
  }

  private void forget(ParkedRead read) {
    read.end().ifPresent(vertx::cancelTimer);
    if (parked.remove(read)) {
      counters.watchers(-1);
    }
  }
}

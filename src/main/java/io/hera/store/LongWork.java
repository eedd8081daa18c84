package io.hera.store;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;

/**
 * Requests to the store that would take long, in parts: a turn does a bounded number of them, of one request after the other. Owned
 * by {@link StoreTurns}.
 */
final class LongWork {
  /** Work of one part, which its last item may exceed. */
  static final long PART = Slices.TURN / 4;

  private final Slices<Job<?>> jobs;

  /** Work whose later turns {@code nextTurn} begins. */
  LongWork(Executor nextTurn) {
    this.jobs = new Slices<>(nextTurn, this::part);
  }

  /** A request in parts. */
  interface Parts<T> {
    /** Does the next part, of about {@link #PART}; returns the work. */
    long next();

    /** Returns the result; empty if parts are left. */
    Optional<T> result();
  }

  /** Work in one part, whose amount is known afterwards. */
  static <T> Parts<T> inOneTurn(Supplier<T> turn, ToLongFunction<T> work) {
    return new Parts<>() {
      private Optional<T> result = Optional.empty();

      @Override
      public long next() {
        T done = turn.get();
        result = Optional.of(done);
        return work.applyAsLong(done);
      }

      @Override
      public Optional<T> result() {
        return result;
      }
    };
  }

  private record Job<T>(Parts<T> parts, Promise<T> done) {
    /** Does the next part, and says so if it is the last one. */
    long part() {
      long work = parts.next();
      parts.result().ifPresent(done::complete);
      return work;
    }
  }

  /** Does the first part in this turn, if there is room in it. */
  <T> Future<T> run(Parts<T> parts) {
    Job<T> job = new Job<>(parts, Promise.promise());
    jobs.add(List.of(job));
    return job.done.future();
  }

  private long part(Job<?> job) {
    try {
      long work = job.part();
      if (!job.done.future().isComplete()) {
        jobs.add(List.of(job));
      }
      return work;
    } catch (RuntimeException | Error defect) {
      job.done.fail(defect);
      return Slices.WRITE;
    }
  }
}

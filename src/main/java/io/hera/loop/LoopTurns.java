package io.hera.loop;

import io.hera.store.Histogram;
import io.vertx.core.Vertx;
import io.vertx.core.shareddata.LocalMap;
import io.vertx.core.shareddata.Shareable;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The times of the turns of all event loops of one Vert.x. Each loop counts its own turns; any
 * thread may read them.
 *
 * <p>A turn begins when the loop's wait for I/O returns, and ends when the next wait begins. It
 * consists of what arrived on connections and of the tasks that were due, and every client of the
 * loop waits for its end. A turn is therefore measured where the loop waits, by a
 * {@link MeasuredHandler} around Netty's: exactly, each turn once, for four readings of the clock.
 *
 * <p>Rejected: a timer whose lateness is measured. It sees only the rest of a turn, from the moment
 * at which the timer is due, and wakes an idle process two hundred times a second.
 * Vert.x's own watchdog reports turns of 2 s and more.
 */
public final class LoopTurns implements Shareable {
  private static final Logger log = LoggerFactory.getLogger(LoopTurns.class);
  private static final String KEY = "hera.loop-turns";

  /** Upper bounds of the buckets; turns are meant to last 20 ms at most. */
  private static final List<Long> BOUNDS_MICROS = List.of(
      100L,
      500L,
      1_000L,
      2_000L,
      5_000L,
      10_000L,
      20_000L,
      50_000L,
      100_000L,
      200_000L,
      500_000L,
      1_000_000L,
      2_000_000L,
      5_000_000L,
      20_000_000L);

  /** From this length on a turn is logged, but one of them in {@link #QUIET_NANOS} only. */
  private static final long LOGGED_MICROS = 100_000;

  private static final long QUIET_NANOS = 10_000_000_000L;

  /** The first requests of each kind load classes: as long after a start, only turns from this length on are logged. */
  private static final long COLD_NANOS = 30_000_000_000L;

  private static final long COLD_LOGGED_MICROS = 1_000_000;

  private final LongSupplier nanos;
  private final List<Histogram> loops = new CopyOnWriteArrayList<>();
  private volatile boolean serving;
  private volatile long coldUntil;

  /** Measures by a monotonic clock of nanoseconds. */
  public LoopTurns(LongSupplier nanos) {
    this.nanos = nanos;
  }

  /** Lets the nodes of this Vert.x find these times. */
  public void publish(Vertx vertx) {
    shared(vertx).put(KEY, this);
  }

  /** Returns the times that were published in this Vert.x; empty if its loops are not measured. */
  public static Optional<LoopTurns> of(Vertx vertx) {
    return Optional.ofNullable(shared(vertx).get(KEY));
  }

  /** Logs long turns from now on: before a node serves, no client waits for the loading of its classes. */
  public void serving() {
    coldUntil = nanos() + COLD_NANOS;
    serving = true;
  }

  /** Returns whether a turn of this length that has ended now is logged. */
  boolean isLong(long micros, long now) {
    return serving
        && micros > LOGGED_MICROS
        && (now - coldUntil > 0 || micros > COLD_LOGGED_MICROS);
  }

  /** Returns the times of each event loop, in the order in which they were made. */
  public List<Histogram> loops() {
    return List.copyOf(loops);
  }

  private static LocalMap<String, LoopTurns> shared(Vertx vertx) {
    return vertx.sharedData().getLocalMap(KEY);
  }

  long nanos() {
    return nanos.getAsLong();
  }

  /** Returns the counter of one more event loop. */
  Loop loop() {
    Histogram times = new Histogram(BOUNDS_MICROS);
    loops.add(times);
    return new Loop(loops.indexOf(times), times);
  }

  /** Counts the turns of one event loop, on its thread. */
  final class Loop {
    private final int number;
    private final Histogram times;
    private long loggedNanos;
    private long unlogged;
    private boolean logged;

    private Loop(int number, Histogram times) {
      this.number = number;
      this.times = times;
    }

    /** Counts a turn; logs it if it is long. */
    void count(long fromNanos, long toNanos) {
      long micros = (toNanos - fromNanos) / 1_000;
      times.count(micros);
      if (isLong(micros, toNanos)) {
        log(micros, toNanos);
      }
    }

    private void log(long micros, long now) {
      if (logged && now - loggedNanos < QUIET_NANOS) {
        unlogged++;
        return;
      }
      log.warn(
          "a turn of event loop {} took {} ms, and all its clients waited; {} more since the last such line",
          number,
          micros / 1_000,
          unlogged);
      logged = true;
      loggedNanos = now;
      unlogged = 0;
    }
  }
}

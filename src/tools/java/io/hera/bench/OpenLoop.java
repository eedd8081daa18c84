package io.hera.bench;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongFunction;
import org.HdrHistogram.Histogram;

/**
 * An open loop: it sends requests at a constant rate whatever the servers do, as many independent
 * clients would. The latency of a request counts from its scheduled time. A server that pauses for
 * a second is charged for all requests that had to wait, not only for the one that it was
 * answering.
 *
 * <p>Request {@code n} is of instance {@code n} modulo their number, and each instance stays with
 * its server. All run on one event loop; other threads read counters only.
 */
final class OpenLoop implements AutoCloseable {
  private static final long NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final long RETRY_MILLIS = 100;
  private static final long TICK_MILLIS = 1;
  private static final long SLOWEST_MICROS = TimeUnit.MINUTES.toMicros(10);

  private final Vertx vertx = Vertx.vertx();
  private final Context context = vertx.getOrCreateContext();
  private final NetClient client;
  private final List<Lane> lanes = new ArrayList<>();
  private final int connections;
  private final long instances;
  private final AtomicLong answered = new AtomicLong();
  private final AtomicLong refused = new AtomicLong();
  private Run run = new Run(n -> Buffer.buffer(), 1, 0);

  /** Creates a loop for a number of instances, at the servers on these ports of loopback. */
  OpenLoop(List<Integer> ports, int connections, long instances) {
    this(ports, connections, instances, new NetClientOptions());
  }

  /** Creates a loop whose connections have these options. */
  OpenLoop(List<Integer> ports, int connections, long instances, NetClientOptions options) {
    this.client = vertx.createNetClient(options);
    this.instances = instances;
    this.connections = connections;
    ports.forEach(port -> lanes.add(new Lane(port)));
    await(Future.all(
        lanes.stream().map(lane -> lane.open(connections / ports.size())).toList()));
  }

  /**
   * The result of a run.
   *
   * @param refused requests with another answer than 200, 204 and 304, or without one
   * @param micros latencies from the scheduled time
   * @param seconds duration of the run
   */
  record Result(long requests, long refused, Histogram micros, double seconds) {
    double millis(double percentile) {
      return micros.getValueAtPercentile(percentile) / 1e3;
    }

    double maxMillis() {
      return micros.getMaxValue() / 1e3;
    }
  }

  /**
   * Sends the requests 0 to {@code count} − 1 at a constant rate; returns when all are answered.
   */
  Result run(LongFunction<Buffer> requests, long perSecond, long count) {
    return begin(new Run(requests, perSecond, count));
  }

  /** Sends the requests as fast as they are answered: a closed loop of all connections. */
  Result flood(LongFunction<Buffer> requests, long count) {
    return begin(new Run(requests, 0, count));
  }

  /** Returns the number of requests of the run that were answered. */
  long answered() {
    return answered.get();
  }

  /** Returns the number of answers that refused a request. */
  long refused() {
    return refused.get();
  }

  @Override
  public void close() {
    await(vertx.close());
  }

  private Result begin(Run next) {
    Promise<Result> promise = Promise.promise();
    context.runOnContext(turn -> {
      run = next;
      answered.set(0);
      refused.set(0);
      next.begin(promise);
    });
    return await(promise.future());
  }

  private static <T> T await(Future<T> future) {
    return future.toCompletionStage().toCompletableFuture().join();
  }

  /** The requests of one run. */
  private final class Run {
    private final LongFunction<Buffer> requests;
    private final long perSecond;
    private final long count;
    private final Histogram micros = new Histogram(SLOWEST_MICROS, 3);
    private final long started = System.nanoTime();
    private long due;

    Run(LongFunction<Buffer> requests, long perSecond, long count) {
      this.requests = requests;
      this.perSecond = perSecond;
      this.count = count;
    }

    void begin(Promise<Result> promise) {
      vertx.setPeriodic(TICK_MILLIS, tick -> {
        advance();
        if (answered.get() == count) {
          vertx.cancelTimer(tick);
          double seconds = (System.nanoTime() - started) / 1e9;
          promise.complete(new Result(count, refused.get(), micros, seconds));
        }
      });
    }

    /** Puts the requests that are due into their lanes. */
    void advance() {
      long until = perSecond == 0
          ? answered.get() + connections
          : (System.nanoTime() - started) / 1_000 * perSecond / 1_000_000;
      for (; due < Math.min(count, until); due++) {
        lanes.get((int) (due % instances % lanes.size())).offer(due);
      }
    }

    /** Returns the scheduled time of a request; in a closed loop, the present time. */
    long intended(long number) {
      return perSecond == 0
          ? System.nanoTime()
          : started + (long) (number * (double) NANOS / perSecond);
    }

    void answered(long intended, int status) {
      micros.recordValue(Math.min(SLOWEST_MICROS, (System.nanoTime() - intended) / 1_000));
      refused.addAndGet(status == 200 || status == 204 || status == 304 ? 0 : 1);
      answered.incrementAndGet();
      if (perSecond == 0) {
        advance();
      }
    }
  }

  /** The connections to one server, and the requests that wait for one. */
  private final class Lane {
    private final int port;
    /** Taken in turn: the server closes one that is not used for long, and a request may be on its way to it. */
    private final Deque<HttpConnection> idle = new ArrayDeque<>();

    private final Deque<Long> waiting = new ArrayDeque<>();

    Lane(int port) {
      this.port = port;
    }

    Future<?> open(int count) {
      List<Future<HttpConnection>> opening = new ArrayList<>();
      for (int i = 0; i < Math.max(1, count); i++) {
        opening.add(open());
      }
      return Future.all(opening);
    }

    void offer(long number) {
      if (idle.isEmpty()) {
        waiting.add(number);
      } else {
        send(idle.pop(), number);
      }
    }

    private Future<HttpConnection> open() {
      Promise<HttpConnection> opened = Promise.promise();
      context.runOnContext(turn -> HttpConnection.open(client, port, this::lost)
          .onSuccess(this::free)
          .onFailure(refused -> vertx.setTimer(RETRY_MILLIS, again -> open()))
          .onComplete(opened));
      return opened.future();
    }

    private void lost(HttpConnection connection) {
      idle.remove(connection);
      open();
    }

    private void free(HttpConnection connection) {
      if (waiting.isEmpty()) {
        idle.add(connection);
      } else {
        send(connection, waiting.poll());
      }
    }

    private void send(HttpConnection connection, long number) {
      Run sending = run;
      long intended = sending.intended(number);
      connection.send(sending.requests.apply(number), status -> {
        sending.answered(intended, status);
        if (status != 0) {
          free(connection);
        }
      });
    }
  }
}

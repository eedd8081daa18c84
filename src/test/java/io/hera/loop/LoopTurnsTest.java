package io.hera.loop;

import static org.assertj.core.api.Assertions.assertThat;

import io.hera.store.Histogram;
import io.hera.testkit.Eventually;
import io.netty.channel.IoHandle;
import io.netty.channel.IoHandler;
import io.netty.channel.IoHandlerContext;
import io.netty.channel.IoRegistration;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.transport.Transport;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The turns of event loops, by a clock that stands still unless a test moves it. */
@Timeout(60)
class LoopTurnsTest {
  private final AtomicLong nanos = new AtomicLong();
  private final LoopTurns turns = new LoopTurns(nanos::get);

  static Stream<Transport> transports() {
    return Stream.of(Transport.NIO, Transport.EPOLL).filter(Transport::available);
  }

  private void pass(long millis) {
    nanos.addAndGet(TimeUnit.MILLISECONDS.toNanos(millis));
  }

  /** Returns how many turns took longer than a bound of the histogram. */
  private static long above(double seconds, Histogram turns) {
    double[] bounds = turns.bounds();
    long[] counts = turns.counts();
    assertThat(bounds).contains(seconds);
    return IntStream.range(0, counts.length)
        .filter(bucket -> bounds[bucket] > seconds)
        .mapToLong(bucket -> counts[bucket])
        .sum();
  }

  @ParameterizedTest
  @MethodSource("transports")
  void aTaskThatBlocksItsLoopIsCountedAsOneTurnOfItsLength(Transport transport) {
    Vertx vertx = Vertx.builder()
        .with(new VertxOptions().setEventLoopPoolSize(2))
        .withTransport(new MeasuredTransport(transport, turns))
        .build();
    try {
      turns.publish(vertx);
      Context blocked = vertx.getOrCreateContext();
      List<Histogram> loops = LoopTurns.of(vertx).orElseThrow().loops();
      assertThat(loops).hasSize(2);
      blocked.runOnContext(turn -> pass(25_000));
      sumsUpTo(25, loops);
      blocked.runOnContext(turn -> pass(15_000));
      sumsUpTo(40, loops);
      assertThat(loops.stream().mapToLong(loop -> above(20, loop)).sum()).isEqualTo(1);
      assertThat(loops.stream().mapToLong(loop -> above(5, loop)).sum()).isEqualTo(2);
    } finally {
      vertx.close().await();
    }
  }

  /** Netty times its processing of I/O by the real clock, so the sum may be larger. */
  private static void sumsUpTo(double seconds, List<Histogram> loops) {
    Eventually.passes(
        () -> assertThat(loops.stream().mapToDouble(Histogram::sum).sum())
            .isGreaterThanOrEqualTo(seconds));
  }

  @Test
  void aVertxWithoutMeasuredLoopsHasNoTimes() {
    Vertx vertx = Vertx.vertx();
    try {
      assertThat(LoopTurns.of(vertx)).isEmpty();
    } finally {
      vertx.close().await();
    }
  }

  /** A handler of I/O whose wait, and processing after it, take a given time. */
  private final class Timed implements IoHandler {
    private long waitMillis;
    private long activeMillis;

    @Override
    public int run(IoHandlerContext context) {
      assertThat(context.shouldReportActiveIoTime()).isTrue();
      pass(waitMillis);
      pass(activeMillis);
      context.reportActiveIoTime(TimeUnit.MILLISECONDS.toNanos(activeMillis));
      return 1;
    }

    @Override
    public IoRegistration register(IoHandle handle) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void wakeup() {}

    @Override
    public boolean isCompatible(Class<? extends IoHandle> handleType) {
      return false;
    }
  }

  private static final class NoTasks implements IoHandlerContext {
    @Override
    public boolean canBlock() {
      return true;
    }

    @Override
    public long delayNanos(long currentTimeNanos) {
      return 0;
    }

    @Override
    public long deadlineNanos() {
      return -1;
    }
  }

  @Test
  void aTurnIsTheProcessingOfInputAndTheTasksAfterItWithoutTheWait() {
    Timed io = new Timed();
    MeasuredHandler handler = new MeasuredHandler(io, turns.loop(), nanos::get);
    io.waitMillis = 3_000;
    io.activeMillis = 7;
    handler.run(new NoTasks());
    pass(15);
    io.waitMillis = 1_000;
    io.activeMillis = 1;
    handler.run(new NoTasks());
    Histogram counted = turns.loops().get(0);
    assertThat(counted.sum()).isEqualTo(0.022);
    assertThat(above(0.02, counted)).isEqualTo(1);
    handler.run(new NoTasks());
    assertThat(counted.sum()).isEqualTo(0.023);
    assertThat(above(0.02, counted)).isEqualTo(1);
  }

  @Test
  void aTurnIsLongUnlessANodeStartsOrAnswersItsFirstRequests() {
    assertThat(turns.isLong(20_000_000, 0)).as("no node serves").isFalse();
    turns.serving();
    assertThat(turns.isLong(200_000, nanos.get())).isFalse();
    assertThat(turns.isLong(1_100_000, nanos.get())).isTrue();
    pass(30_001);
    assertThat(turns.isLong(200_000, nanos.get())).isTrue();
    assertThat(turns.isLong(90_000, nanos.get())).isFalse();
  }
}

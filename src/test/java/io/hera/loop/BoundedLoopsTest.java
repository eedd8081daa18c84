package io.hera.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.hera.store.Histogram;
import io.hera.testkit.Eventually;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.net.NetServer;
import io.vertx.core.transport.Transport;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What one turn of an event loop takes up, when much waits for it. */
@Timeout(60)
class BoundedLoopsTest {
  private static final int CONNECTIONS = 300;
  private static final int CONNECTIONS_PER_TURN = 64;
  private static final int TASKS = 2_000;
  private static final long TASK_NANOS = TimeUnit.MICROSECONDS.toNanos(100);

  private final LoopTurns turns = new LoopTurns(System::nanoTime);
  /** The number of the turn in which each thing was taken up. */
  private final List<Long> taken = new ArrayList<>();

  private Vertx vertx;

  @BeforeEach
  void start() {
    assumeTrue(Transport.EPOLL != null && Transport.EPOLL.available());
    vertx = Vertx.builder()
        .with(new VertxOptions().setEventLoopPoolSize(1))
        .withTransport(new MeasuredTransport(Transport.EPOLL, turns))
        .build();
  }

  @AfterEach
  void stop() {
    if (vertx != null) {
      vertx.close().await();
    }
  }

  private long turn() {
    Histogram loop = turns.loops().get(0);
    return Arrays.stream(loop.counts()).sum();
  }

  /** Called on the event loop. */
  private void take() {
    synchronized (taken) {
      taken.add(turn());
    }
  }

  private Map<Long, Long> takenPerTurn(int all) {
    Eventually.passes(() -> {
      synchronized (taken) {
        assertThat(taken).hasSize(all);
      }
    });
    synchronized (taken) {
      return taken.stream()
          .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
    }
  }

  @Test
  void aTurnReadsFromFewOfTheConnectionsThatHaveSomethingToRead() throws Exception {
    NetServer server = vertx
        .createNetServer()
        .connectHandler(socket -> socket.handler(read -> take()).write("connected"))
        .listen(0, "127.0.0.1")
        .await();
    List<Socket> clients = new ArrayList<>();
    try {
      for (int i = 0; i < CONNECTIONS; i++) {
        Socket client = new Socket(InetAddress.getLoopbackAddress(), server.actualPort());
        clients.add(client);
        assertThat(client.getInputStream().read()).isEqualTo('c');
      }
      whileItsLoopIsBusy(() -> {
        for (Socket client : clients) {
          client.getOutputStream().write('?');
        }
      });
      assertThat(takenPerTurn(CONNECTIONS).values())
          .allMatch(connections -> connections <= CONNECTIONS_PER_TURN)
          .hasSizeGreaterThanOrEqualTo(CONNECTIONS / CONNECTIONS_PER_TURN);
    } finally {
      for (Socket client : clients) {
        client.close();
      }
    }
  }

  /** What clients do. */
  private interface Action {
    void run() throws IOException;
  }

  private void whileItsLoopIsBusy(Action action) throws Exception {
    CountDownLatch busy = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    vertx.getOrCreateContext().runOnContext(turn -> {
      busy.countDown();
      await(goOn);
    });
    await(busy);
    try {
      action.run();
    } finally {
      goOn.countDown();
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException interrupted) {
      throw new IllegalStateException(interrupted);
    }
  }

  @Test
  void aTurnLeavesTasksThatTakeLongTogetherToLaterTurns() {
    Context context = vertx.getOrCreateContext();
    context.runOnContext(first -> {
      for (int i = 0; i < TASKS; i++) {
        context.runOnContext(task -> {
          for (long end = System.nanoTime() + TASK_NANOS; System.nanoTime() < end; ) {
            Thread.onSpinWait();
          }
          take();
        });
      }
    });
    assertThat(takenPerTurn(TASKS).values())
        .allMatch(tasks -> tasks < TASKS / 2)
        .hasSizeGreaterThan(2);
  }
}

package io.hera.bench.steady;

import io.hera.bench.steady.Stage.Measured;
import java.io.IOException;
import java.time.Duration;

/** Scenarios of clients that wait for changes or follow them. */
final class Watched {
  private static final String SERVICE = "orders";
  private static final String TARGET = "/" + SERVICE;
  private static final String LONG = "?ttl=1h";

  private Watched() {}

  private static void register(Stage stage, int instances) throws IOException {
    stage.register(instances, i -> SERVICE, Documents.first(), LONG);
  }

  private static void change(Stage stage, int instance, int number) throws IOException {
    stage.put(TARGET + "/i-" + instance + LONG, Documents.of(instance, number));
  }

  /** All of many waiting clients want a large listing at one change. */
  static Measured waiters(Stage stage) throws IOException {
    register(stage, stage.size.of(5_000));
    Asking.Outcome waiting = stage.wait(stage.size.of(2_000), TARGET);
    return stage.measure(() -> change(stage, 0, 2), waiting.answered());
  }

  /** Each of many streams gets each of many changes. */
  static Measured streams(Stage stage) throws IOException {
    int changes = stage.size.of(300);
    Following.Streams streams =
        stage.follow(stage.size.of(3_000), TARGET, known -> known == changes);
    return stage.measure(() -> register(stage, changes), streams.informed());
  }

  /** Very many instances end in the same moment. */
  static Measured expiries(Stage stage) throws IOException {
    int instances = stage.size.of(50_000);
    String ttl = "?ttl=" + (3 + stage.size.of(17));
    stage.registerAtOnce(instances, SERVICE, Documents.first(), ttl);
    Following.Streams streams = stage.follow(stage.size.of(30), TARGET, known -> known == 0);
    return stage.measure(() -> {}, streams.informed());
  }

  /** The filters of all waiting clients leave a change out: it wakes no client. */
  static Measured filters(Stage stage) throws IOException {
    register(stage, Math.max(20, stage.size.of(20_000)));
    Asking.Outcome waiting = stage.wait(stage.size.of(1_000), TARGET + "?match=zone:z1");
    Measured measured = stage.measure(() -> {
      for (int number = 2; number < 12; number++) {
        change(stage, 2, number);
        stage.pass(Duration.ofMillis(100));
      }
    });
    Tally woken = new Tally("clients woken by another zone", 0);
    woken.count().set(waiting.answered().counted());
    stage.check(woken);
    change(stage, 1, 2);
    stage.await(waiting.answered());
    return measured;
  }

  /** Very many clients of both kinds. */
  static Measured watching(Stage stage) throws IOException {
    register(stage, stage.size.of(1_010));
    int half = stage.size.of(5_000);
    Following.Streams streams = stage.follow(half, TARGET, known -> true);
    Asking.Outcome waiting = stage.wait(half, TARGET);
    return stage.measure(() -> change(stage, 0, 2), streams.informed(), waiting.answered());
  }

  /** Streams of all services begin with everything. */
  static Measured allServices(Stage stage) throws IOException {
    int services = stage.size.of(10_000);
    stage.register(2 * services, i -> "s-" + i / 2, Documents.first(), LONG);
    int clients = stage.size.of(100);
    Following.Streams streams = new Following.Streams(clients, known -> true);
    return stage.measure(
        () -> {
          stage.follow(streams, "/");
          stage.await(streams.begun());
          stage.put("/s-0/i-0" + LONG, Documents.of(0, 2));
        },
        streams.informed());
  }
}

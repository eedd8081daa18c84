package io.hera.bench.steady;

import io.hera.bench.steady.Stage.Measured;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Scenarios of large answers. */
final class Answers {
  /** More in total than the buffers of a connection take, at any scale. */
  private static final int DOCUMENTS = 256;

  private static final int DOCUMENT_BYTES = 64_000;
  /** Longer than the node lets a client hang. */
  private static final Duration HANGING = Duration.ofSeconds(8);

  private Answers() {}

  private static void register(Stage stage) throws IOException {
    stage.register(stage.size.of(100_000), i -> "orders", Documents.first(), "?ttl=1h");
  }

  private static void change(Stage stage, int number) throws IOException {
    stage.put("/orders/i-0?ttl=1h", Documents.of(0, number));
  }

  /** Clients hang; others want the same. */
  static Measured stalled(Stage stage) throws IOException {
    stage.register(DOCUMENTS, i -> "big", Documents.large(DOCUMENT_BYTES), "?ttl=1h");
    int each = stage.size.of(100);
    Tally ended = new Tally("hanging clients closed", 2L * each);
    Tally served = new Tally("hanging clients served", 0);
    Asking.Outcome others = new Asking.Outcome(stage.size.of(10), "other clients answered");
    List<Stalled> hanging = new ArrayList<>();
    Measured measured = stage.measure(
        () -> {
          hanging.addAll(stage.stall(each, "/big", ended, served));
          hanging.addAll(stage.stall(each, "/_export", ended, served));
          stage.pass(Duration.ofSeconds(1));
          stage.ask(others, "/big", "");
          stage.pass(HANGING);
        },
        others.answered());
    stage.goOnReading(hanging);
    stage.await(ended);
    stage.check(served);
    return measured;
  }

  /** The largest answers, one after the other. */
  static Measured heavy(Stage stage) throws IOException {
    register(stage);
    List<String> targets = List.of("/_sd/prometheus", "/orders", "/orders?pretty", "/_export");
    Tally answered = new Tally("large answers", 2L * targets.size());
    return stage.measure(
        () -> {
          for (int number = 2; number < 4; number++) {
            change(stage, number);
            for (String target : targets) {
              Asking.Outcome one = new Asking.Outcome(1, target);
              stage.ask(one, target, "");
              stage.await(one.answered());
              answered.add();
            }
          }
        },
        answered);
  }

  /** Many clients want the same compressed form, which does not exist yet. */
  static Measured gzip(Stage stage) throws IOException {
    register(stage);
    Asking.Outcome clients = new Asking.Outcome(stage.size.of(60), "clients with gzip answered");
    return stage.measure(
        () -> {
          change(stage, 2);
          stage.ask(clients, "/orders", "accept-encoding: gzip\r\n");
        },
        clients.answered());
  }
}

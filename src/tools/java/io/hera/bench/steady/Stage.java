package io.hera.bench.steady;

import io.hera.bench.Subject;
import io.hera.testkit.Ports;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.IntFunction;
import java.util.function.IntPredicate;
import org.HdrHistogram.Histogram;

/** A node, its clients, and what a {@link Scenario} does with them. */
final class Stage implements AutoCloseable {
  private static final int BATCH_CHARS = 2 << 20;
  private static final int WARM_UP_MILLIS = 2_000;
  private static final long LEAD_MILLIS = 300;

  final Size size;
  private final Subject node;
  private final Sockets sockets;
  private final Neighbour neighbour;
  private final long patienceNanos;
  private final List<Tally> promises = new ArrayList<>();

  private Stage(Subject node, Size size, Duration patience) {
    this.node = node;
    this.size = size;
    this.patienceNanos = patience.toNanos();
    this.sockets = new Sockets(node.port);
    this.neighbour = new Neighbour(node.port);
  }

  /** Starts a node with these settings, lines of YAML. */
  static Stage open(String settings, Size size, Duration patience) throws IOException {
    Subject node = Subject.node("n0", Ports.free(1), Subject.Kind.current().with(settings));
    Runtime.getRuntime().addShutdownHook(new Thread(node::close));
    node.awaitOk("/_health/ready");
    Stage stage = new Stage(node, size, patience);
    stage.neighbour.warmUp(size.of(WARM_UP_MILLIS));
    return stage;
  }

  /** The neighbour's times, and the memory, turns and CPU of the node, during the measured part. */
  record Measured(
      Histogram neighbourMicros,
      Gauges.Readings node,
      double cpuSeconds,
      double seconds,
      String failure) {}

  /** The part of a scenario that is measured. */
  interface Act {
    void play() throws IOException;
  }

  /** Registers instances {@code i-0} and so on, those of a service next to each other, in batches. */
  void register(int count, IntFunction<String> service, IntFunction<String> document, String query)
      throws IOException {
    StringBuilder batch = new StringBuilder();
    String open = "";
    for (int i = 0; i < count; i++) {
      if (!service.apply(i).equals(open)) {
        batch.append(batch.isEmpty() ? "{" : "},");
        open = service.apply(i);
        batch.append('"').append(open).append("\":{");
      } else {
        batch.append(',');
      }
      batch.append("\"i-").append(i).append("\":").append(document.apply(i));
      if (batch.length() > BATCH_CHARS || i == count - 1) {
        expect(200, "POST", "/_batch" + query, batch.append("}}").toString());
        batch.setLength(0);
        open = "";
      }
    }
  }

  /** Registers all in one batch. */
  void registerAtOnce(int count, String service, IntFunction<String> document, String query)
      throws IOException {
    StringBuilder batch = new StringBuilder("{\"" + service + "\":{");
    for (int i = 0; i < count; i++) {
      batch.append(i == 0 ? "\"i-" : ",\"i-").append(i).append("\":").append(document.apply(i));
    }
    expect(200, "POST", "/_batch" + query, batch.append("}}").toString());
  }

  /** Registers one instance. */
  void put(String target, String document) throws IOException {
    expect(204, "PUT", target, document);
  }

  /** Returns the present entity tag. */
  String etag(String target) throws IOException {
    return expect(200, "GET", target, "").headers().firstValue("etag").orElseThrow();
  }

  private HttpResponse<String> expect(int status, String method, String target, String body)
      throws IOException {
    HttpResponse<String> answer = node.send(method, target, body);
    if (answer.statusCode() != status) {
      throw new IllegalStateException("%s %s was answered with %d: %s"
          .formatted(method, target, answer.statusCode(), answer.body()));
    }
    return answer;
  }

  /** Connects as many clients as answers are promised, each of which wants one. */
  void ask(Asking.Outcome outcome, String target, String fields) {
    for (int i = 0; i < outcome.answered().promised(); i++) {
      sockets.connect(new Asking(outcome, target, fields), Asking::ask);
    }
    promises.add(outcome.lost());
  }

  /** Connects clients that wait for a change; returns when all wait. */
  Asking.Outcome wait(int clients, String target) throws IOException {
    long watching = watching();
    String fields = "if-none-match: " + etag(target) + "\r\n";
    String query = target.contains("?") ? "&wait=5m" : "?wait=5m";
    Asking.Outcome outcome = new Asking.Outcome(clients, "waiting clients answered");
    ask(outcome, target + query, fields);
    if (!arrives(() -> watching() == watching + clients)) {
      throw new IllegalStateException(
          "%,d of %,d clients wait".formatted(watching(), watching + clients));
    }
    return outcome;
  }

  /** Connects clients that follow a stream, and waits for their first snapshots. */
  Following.Streams follow(int clients, String target, IntPredicate everything) {
    Following.Streams streams = new Following.Streams(clients, everything);
    follow(streams, target);
    await(streams.begun());
    return streams;
  }

  /** Connects as many clients as are to begin, each of which follows a stream. */
  void follow(Following.Streams streams, String target) {
    for (int i = 0; i < streams.begun().promised(); i++) {
      sockets.connect(new Following(streams, target), Following::follow);
    }
    promises.add(streams.lost());
  }

  /** Connects clients that do not read their answers. */
  List<Stalled> stall(int clients, String target, Tally ended, Tally served) {
    List<Stalled> stalled = new ArrayList<>();
    for (int i = 0; i < clients; i++) {
      stalled.add(sockets.connect(new Stalled(ended, served), client -> client.ask(target)));
    }
    return stalled;
  }

  /** Has clients read on. */
  void goOnReading(List<Stalled> clients) {
    sockets.run(() -> clients.forEach(Client::goOnReading));
  }

  private long watching() {
    try {
      return node.status().getLong("watchers");
    } catch (IOException failed) {
      return -1;
    }
  }

  /** Waits until a promise is kept, or for as long as patience lasts. */
  void await(Tally promised) {
    promises.add(promised);
    arrives(promised::arrived);
  }

  /** Notes a promise that is kept or not already. */
  void check(Tally promise) {
    promises.add(promise);
  }

  /** Returns everything that was promised. */
  List<Tally> promises() {
    return List.copyOf(promises);
  }

  /** Lets time pass. */
  void pass(Duration time) {
    try {
      TimeUnit.NANOSECONDS.sleep(time.toNanos());
    } catch (InterruptedException interrupted) {
      throw new IllegalStateException(interrupted);
    }
  }

  /**
   * Measures what happens while {@code act} is played and until all that is promised has arrived.
   * Called once.
   */
  Measured measure(Act act, Tally... promised) throws IOException {
    try (Gauges gauges = new Gauges(node)) {
      neighbour.begin();
      pass(Duration.ofMillis(LEAD_MILLIS));
      Duration cpu = node.cpu();
      long from = System.nanoTime();
      String failure = attempt(act, promised);
      double seconds = (System.nanoTime() - from) / 1e9;
      double cpuSeconds = node.cpu().minus(cpu).toNanos() / 1e9;
      pass(Duration.ofMillis(LEAD_MILLIS));
      Histogram micros = neighbour.stop();
      promises.addAll(List.of(promised));
      return new Measured(
          micros,
          gauges.readings(),
          cpuSeconds,
          seconds,
          failure.isEmpty() ? neighbour.failure() : failure);
    }
  }

  private String attempt(Act act, Tally... promised) {
    try {
      act.play();
      boolean all = arrives(() -> List.of(promised).stream().allMatch(Tally::arrived));
      return all ? "" : "not all arrived in time";
    } catch (IOException | IllegalStateException failed) {
      return String.valueOf(failed.getMessage());
    }
  }

  private boolean arrives(BooleanSupplier condition) {
    long end = System.nanoTime() + patienceNanos;
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end) {
        return false;
      }
      Subject.pause();
    }
    return true;
  }

  @Override
  public void close() throws IOException {
    sockets.close();
    neighbour.close();
    node.close();
  }
}

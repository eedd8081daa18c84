package io.hera.cli.keep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import io.hera.client.Balancer;
import io.hera.client.HeraClient;
import io.hera.client.HeraSettings;
import io.hera.client.ServiceView;
import io.hera.testkit.Eventually;
import io.hera.testkit.HeraProcess;
import io.hera.testkit.Ports;
import io.hera.testkit.ServedNode;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code hera run SERVICE -- COMMAND} and {@code hera put --keep} as processes. */
@Execution(ExecutionMode.CONCURRENT)
@Timeout(120)
class RunServiceIT {
  /** A failed test leaves no process for long. */
  private static final String BOUNDED_WAIT = "for i in $(seq 1200); do sleep 0.05; done";

  @TempDir
  private Path directory;

  @AutoClose
  private final ServedNode node = ServedNode.ready();

  private String url() {
    return "http://127.0.0.1:" + node.port();
  }

  private HeraProcess hera(List<String> arguments) {
    return HeraProcess.startIn(
        Map.of("HERA_NODES", url(), "XDG_CONFIG_HOME", "/nonexistent"),
        arguments.toArray(String[]::new));
  }

  /** Runs a line of sh, which counts as serving while the node lives. */
  private HeraProcess runShell(String line, String... options) {
    List<String> arguments =
        new ArrayList<>(List.of("run", "orders/1", "-p", "1", "--check", url() + "/_health/live"));
    arguments.addAll(List.of(options));
    arguments.addAll(List.of("--", "sh", "-c", line));
    return hera(arguments);
  }

  private HeraProcess serve(int port, String... options) {
    List<String> arguments =
        new ArrayList<>(List.of("run", "orders/" + port, "-p", "" + port, "--check", "/health"));
    arguments.addAll(List.of(options));
    arguments.add("--");
    arguments.addAll(TinyServer.command(port));
    return hera(arguments);
  }

  private void awaitStatus(String target, int status) {
    Eventually.passes(() -> assertThat(node.get(target).status()).isEqualTo(status));
  }

  /** Calls instances until it is closed; counts the calls that fail. */
  private final class Caller implements AutoCloseable {
    private final HeraClient client =
        HeraClient.create(HeraSettings.of(url()).withoutShutdownHook());
    private final HttpClient http = HttpClient.newHttpClient();
    private final ServiceView view = client.watch("orders");
    private final AtomicBoolean over = new AtomicBoolean();
    private final List<String> failures = new ArrayList<>();
    private final AtomicInteger calls = new AtomicInteger();

    CompletableFuture<Caller> begin() {
      return CompletableFuture.supplyAsync(() -> {
        while (!over.get()) {
          call();
        }
        return this;
      });
    }

    private void call() {
      calls.incrementAndGet();
      try (Balancer.Pick pick = view.balancer().pick().orElseThrow()) {
        HttpRequest request = HttpRequest.newBuilder(pick.uri("/")).build();
        int status = http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
        assertThat(status).isEqualTo(200);
      } catch (Exception | AssertionError failure) {
        failures.add(failure.toString());
      }
    }

    @Override
    public void close() {
      over.set(true);
      client.close();
    }
  }

  @Test
  void aTermUnderAStreamOfCallsLosesNone() {
    List<Integer> ports = Ports.free(2);
    try (HeraProcess one = serve(ports.get(0), "--drain", "1s", "--set", "version=1.10");
        HeraProcess other = serve(ports.get(1));
        Caller caller = new Caller()) {
      ports.forEach(port -> awaitStatus("/orders/" + port, 200));
      assertThat(node.document("/orders/" + ports.get(0))).contains("\"version\":\"1.10\"");
      Eventually.passes(() -> assertThat(caller.view.current().instances()).hasSize(2));
      CompletableFuture<Caller> called = caller.begin();
      Eventually.passes(() -> assertThat(caller.calls).hasValueGreaterThan(100));
      assertThat(one.signal("TERM").exitCode()).isEqualTo(143);
      assertThat(node.get("/orders/" + ports.get(0)).status()).isEqualTo(404);
      caller.over.set(true);
      assertThat(called.join().failures).isEmpty();
      String name = "orders/" + ports.get(0);
      assertThat(one.err().lines())
          .endsWith(
              "hera: " + name + " is registered at " + url() + ", every 10 s",
              "hera: TERM: " + name + " is deregistered; java gets TERM in 1 s");
      assertThat(other.stop()).isEqualTo(143);
    }
  }

  @ParameterizedTest
  @CsvSource({"INT", "HUP", "TERM"})
  void theCommandGetsTheSameSignalAndItsExitCodeIsThatOfRun(String signal) {
    Path begun = directory.resolve("begun");
    String line = "trap 'exit 7' " + signal + "; touch " + begun + "; " + BOUNDED_WAIT;
    try (HeraProcess run = runShell(line, "--drain", "0")) {
      awaitStatus("/orders/1", 200);
      Eventually.passes(() -> assertThat(begun).exists());
      assertThat(run.signal(signal).exitCode()).isEqualTo(7);
      assertThat(node.get("/orders/1").status()).isEqualTo(404);
    }
  }

  @Test
  void aCommandThatIgnoresTheSignalIsKilled() {
    Path begun = directory.resolve("begun");
    String line = "trap '' TERM; touch " + begun + "; " + BOUNDED_WAIT;
    try (HeraProcess run = runShell(line)) {
      Eventually.passes(() -> assertThat(begun).exists());
      awaitStatus("/orders/1", 200);
      assertThat(run.signal("TERM").signal("TERM").exitCode()).isEqualTo(137);
      assertThat(run.err()).contains("hera: sh has not ended within 10 s: it is killed");
    }
  }

  @Test
  void aCommandThatEndsIsDeregistered() throws IOException {
    Path end = directory.resolve("end");
    try (HeraProcess run =
        runShell("for i in $(seq 1200); do [ -e " + end + " ] && exit 3; sleep 0.05; done")) {
      awaitStatus("/orders/1", 200);
      Files.createFile(end);
      assertThat(run.exitCode()).isEqualTo(3);
      assertThat(node.get("/orders/1").status()).isEqualTo(404);
      assertThat(run.err()).endsWith("hera: sh has ended with 3: orders/1 is deregistered\n");
    }
  }

  @Test
  void aCommandThatDoesNotServeIsNotRegisteredAndItsSignalIsNamedByItsCode() {
    Path begun = directory.resolve("begun");
    int port = Ports.free();
    String line = "touch " + begun + "; kill -9 $$";
    try (HeraProcess run =
        hera(List.of("run", "orders", "-p", "" + port, "--", "sh", "-c", line))) {
      assertThat(run.exitCode()).isEqualTo(137);
      assertThat(run.err()).contains("has ended with 137: ").contains(" was not registered");
      assertThat(node.get("/orders").body()).isEqualTo("{}");
    }
  }

  @Test
  void aCommandThatCannotBeStartedIsNamed() {
    try (HeraProcess absent = hera(List.of("run", "orders", "-p", "1", "--", "no-such-program"));
        HeraProcess folder = hera(List.of("run", "orders", "-p", "1", "--", "/tmp"))) {
      assertThat(absent.exitCode()).isEqualTo(127);
      assertThat(absent.err()).isEqualTo("hera: there is no program no-such-program\n");
      assertThat(folder.exitCode()).isEqualTo(126);
      assertThat(folder.err()).isEqualTo("hera: /tmp cannot be executed\n");
    }
  }

  @Test
  void aKillOfRunLeavesTheCommandAndTheInstanceEndsByItsTtl() throws IOException {
    Path pid = directory.resolve("pid");
    try (HeraProcess run = runShell("echo $$ > " + pid + "; exec sleep 100", "--ttl", "2s")) {
      awaitStatus("/orders/1", 200);
      run.kill();
      awaitStatus("/orders/1", 404);
      ProcessHandle child =
          ProcessHandle.of(Long.parseLong(Files.readString(pid).strip())).orElseThrow();
      assertThat(child.isAlive()).isTrue();
      assertThat(child.destroyForcibly()).isTrue();
    }
  }

  @Test
  void aKeptInstanceIsRenewedUntilASignal() {
    try (HeraProcess put = hera(List.of("put", "orders/1", "{\"a\":1}", "--keep", "--ttl", "6s"))) {
      awaitStatus("/orders/1", 200);
      node.send("DELETE", "/orders/1", "").isDone();
      awaitStatus("/orders/1", 200);
      assertThat(put.stop()).isZero();
      assertThat(node.get("/orders/1").status()).isEqualTo(404);
      assertThat(put.err().lines())
          .endsWith(
              "hera: orders/1 is registered at " + url() + ", every 2 s",
              "hera: TERM: orders/1 is deregistered");
    }
  }

  @Test
  void aKeptInstanceThatIsRefusedEndsWithFour() {
    try (HeraProcess put =
        hera(List.of("put", "orders/1", "{\"a\":\"" + "x".repeat(70_000) + "\"}", "--keep"))) {
      assertThat(put.exitCode()).isEqualTo(4);
      assertThat(put.err().lines().toList())
          .last(STRING)
          .startsWith("hera: orders/1 is refused: 413 ");
    }
  }

  @Test
  void noClassOfVertxIsLoaded() throws IOException {
    Path classes = directory.resolve("classes.txt");
    try (HeraProcess run = HeraProcess.startWith(List.of(
        "-Xlog:class+load:file=" + classes,
        "-jar",
        HeraProcess.jar(),
        "run",
        "orders/1",
        "--nodes",
        url(),
        "-p",
        "" + node.port(),
        "--",
        "sleep",
        "100"))) {
      awaitStatus("/orders/1", 200);
      assertThat(run.stop()).isEqualTo(143);
      assertThat(Files.readString(classes)).contains("io.hera.client").doesNotContain("io.vertx.");
    }
  }
}

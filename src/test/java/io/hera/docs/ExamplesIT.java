package io.hera.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.hera.testkit.Browser;
import io.hera.testkit.Eventually;
import io.hera.testkit.HeraProcess;
import io.hera.testkit.Http;
import io.hera.testkit.Ports;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.RequestOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Runs the programs of README.md and the site, as they stand there, against a node; only the port
 * is another one.
 */
@Timeout(120)
class ExamplesIT {
  private static final Set<String> RUN = Set.of(
      "service.py",
      "Service.java",
      "Client.java",
      "client.py",
      "page.html",
      "Embedded.java",
      "Orders.java",
      "Caller.java",
      "Tried.java",
      "Web.java");

  private final int port = Ports.free();
  private final List<Process> processes = new ArrayList<>();
  private HeraProcess node;

  @TempDir
  private Path folder;

  @BeforeEach
  void start() {
    node = HeraProcess.start("-p", Integer.toString(port)).awaitOk(port, "/_health/ready");
  }

  @AfterEach
  void stop() throws InterruptedException {
    for (Process process : processes) {
      process.destroyForcibly().waitFor();
    }
    node.close();
  }

  /**
   * Returns each example by the name of its file, which stands behind the fence and the language.
   */
  private static Map<String, String> examples() {
    return Markdown.all().stream()
        .flatMap(file -> file.blocks().stream())
        .filter(block -> block.kind().contains("."))
        .collect(
            Collectors.toMap(block -> block.kind().replaceFirst("^.* ", ""), Markdown.Block::text));
  }

  private String example(String file) {
    return Objects.requireNonNull(examples().get(file))
        .replace("localhost:8080", "localhost:" + port);
  }

  private Path run(String file, String... command) throws IOException {
    return runText(file, example(file), command);
  }

  private Path runText(String file, String text, String... command) throws IOException {
    Path source = Files.writeString(folder.resolve(file), text);
    Path out = folder.resolve(file + ".out");
    List<String> whole = new ArrayList<>(List.of(command));
    whole.add(source.toString());
    processes.add(new ProcessBuilder(whole)
        .redirectErrorStream(true)
        .redirectOutput(out.toFile())
        .start());
    return out;
  }

  private static String java() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }

  private void shows(Path out, String text) {
    Eventually.passes(() -> assertThat(out).content().contains(text));
  }

  private void put(String target, String document) {
    assertThat(Http.put(port, target, document)).isEqualTo(204);
  }

  @Test
  void everyExampleIsRun() {
    assertThat(examples().keySet()).isEqualTo(RUN);
  }

  @Test
  void theServices() throws IOException {
    run("service.py", "python3");
    run("Service.java", java());
    Eventually.passes(() -> assertThat(Http.get(port, "/storage/python-1")).contains("updated_at"));
    Eventually.passes(() -> assertThat(Http.get(port, "/storage/java-1")).contains("updated_at"));
  }

  /** A heartbeat of its second life is a registration, because the node has forgotten all. */
  @ParameterizedTest
  @CsvSource({"service.py,python3,python-1", "Service.java,java,java-1"})
  void aServiceGoesOnWhenTheNodeIsStartedAnew(String file, String program, String id)
      throws IOException {
    String text =
        example(file).replace("sleep(60_000)", "sleep(50)").replace("sleep(60)", "sleep(0.05)");
    Path out = runText(file, text, program.equals("java") ? java() : program);
    Eventually.passes(() -> assertThat(Http.get(port, "/storage/" + id)).contains("updated_at"));

    assertThat(node.stop()).isZero();
    Eventually.passes(() -> assertThat(out).content().isNotEmpty());
    restart();
    Eventually.passes(() -> assertThat(Http.get(port, "/storage/" + id)).contains("updated_at"));
  }

  @Test
  void theClientThatWaitsAlsoWhenTheNodeIsStartedAnew() throws IOException {
    put("/storage/1", "{\"n\":1}");
    Path out = run("Client.java", java());
    shows(out, "{\"1\":{\"n\":1}}");
    put("/storage/1", "{\"n\":2}");
    shows(out, "{\"1\":{\"n\":2}}");

    assertThat(node.stop()).isZero();
    restart();
    put("/storage/1", "{\"n\":3}");
    shows(out, "{\"1\":{\"n\":3}}");
  }

  private void restart() {
    node.close();
    node = HeraProcess.start("-p", Integer.toString(port)).awaitOk(port, "/_health/ready");
  }

  @Test
  void theClientThatFollowsAlsoWhenTheNodeIsStartedAnew() throws IOException {
    put("/storage/1", "{\"n\":1}");
    Path out = run("client.py", "python3");
    shows(out, "{\"1\": {\"n\": 1}}");
    put("/storage/2", "{\"n\":2}");
    shows(out, "{\"1\": {\"n\": 1}, \"2\": {\"n\": 2}}");
    assertThat(Http.send("DELETE", port, "/storage/1", "").statusCode()).isEqualTo(204);
    shows(out, "\n{\"2\": {\"n\": 2}}\n");
    assertThat(node.stop()).isZero();
    restart();
    put("/storage/3", "{\"n\":3}");
    shows(out, "\n{\"3\": {\"n\": 3}}\n");
  }

  private Path runWithLibrary(String file) throws IOException {
    Path jar = Path.of(HeraProcess.jar()).resolveSibling("hera-client.jar");
    return run(file, java(), "-cp", jar.toString());
  }

  /** The class path has the client's jar alone, so it needs no other. */
  @Test
  void theServiceAndTheCallerWithTheLibrary() throws IOException {
    runWithLibrary("Orders.java");
    Eventually.passes(() -> assertThat(Http.get(port, "/orders")).contains("\"version\":\"1.4\""));
    shows(runWithLibrary("Caller.java"), ":9001/orders/7\n");
    processes.get(0).destroy();
    Eventually.passes(() -> assertThat(Http.get(port, "/orders")).isEqualTo("{}"));
  }

  @Test
  void theTestWithoutANode() throws IOException {
    shows(runWithLibrary("Tried.java"), "HELD 1\n");
  }

  /** At the port of the registration nothing listens; the answer of Vert.x says so. */
  @Test
  void theCallsFromVertx() throws IOException {
    runWithLibrary("Orders.java");
    Eventually.passes(() -> assertThat(Http.get(port, "/orders")).contains("9001"));
    shows(run("Web.java", java(), "-cp", HeraProcess.jar()), "refused");
  }

  @Test
  void theApplicationThatDeploysANode() throws IOException {
    int own = Ports.free();
    String text = example("Embedded.java").replace("8080", Integer.toString(own));
    runText("Embedded.java", text, java(), "-cp", System.getProperty("hera.jar"));
    Eventually.passes(() -> assertThat(Http.get(own, "/storage/embedded-1")).contains("10.1.1.1"));
  }

  /** The page and the node behind one origin, as a proxy puts them. */
  @Test
  void thePageOfABrowser() throws Exception {
    put("/storage/1", "{\"n\":1}");
    String report = "<script>setInterval(() => fetch('/report', {method: 'POST',"
        + " body: JSON.stringify([...instances])}), 50)</script>";
    String page = example("page.html") + report;
    Vertx vertx = Vertx.vertx();
    List<String> reports = new CopyOnWriteArrayList<>();
    Optional<Browser> browser = Optional.empty();
    try {
      HttpClient client = vertx.createHttpClient();
      int origin = vertx
          .createHttpServer()
          .requestHandler(request -> {
            switch (request.path()) {
              case "/" ->
                request.response().putHeader("content-type", "text/html").end(page);
              case "/report" ->
                request.body().onSuccess(body -> {
                  reports.add(body.toString());
                  request.response().end();
                });
              default -> proxy(client, request);
            }
          })
          .listen(0, "127.0.0.1")
          .await(10, TimeUnit.SECONDS)
          .actualPort();
      browser = Optional.of(Browser.open(folder, "http://127.0.0.1:" + origin + "/"));
      Eventually.passes(() -> assertThat(reports).contains("[[\"1\",{\"n\":1}]]"));
      put("/storage/2", "{\"n\":2}");
      Eventually.passes(
          () -> assertThat(reports).contains("[[\"1\",{\"n\":1}],[\"2\",{\"n\":2}]]"));
      assertThat(Http.send("DELETE", port, "/storage/1", "").statusCode()).isEqualTo(204);
      Eventually.passes(() -> assertThat(reports).contains("[[\"2\",{\"n\":2}]]"));
    } finally {
      browser.ifPresent(Browser::close);
      vertx.close().await(10, TimeUnit.SECONDS);
    }
  }

  private void proxy(HttpClient client, HttpServerRequest request) {
    RequestOptions there = new RequestOptions()
        .setHost("127.0.0.1")
        .setPort(port)
        .setMethod(HttpMethod.GET)
        .setURI(request.uri())
        .addHeader("Accept", request.getHeader("Accept"));
    client
        .request(there)
        .compose(asked -> asked.send())
        .compose(answer -> {
          request
              .response()
              .setChunked(true)
              .putHeader("content-type", answer.getHeader("content-type"));
          return answer.pipeTo(request.response());
        })
        .onFailure(failure -> request.connection().close());
  }
}

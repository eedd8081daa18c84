package io.hera.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hera.Node;
import io.hera.config.Config;
import io.hera.config.ConfigException;
import io.hera.config.DiskSettings;
import io.hera.config.Settings;
import io.hera.disk.file.SnapshotReader;
import io.hera.registry.Delta;
import io.hera.registry.Registration;
import io.hera.testkit.EventClient;
import io.hera.testkit.Eventually;
import io.hera.testkit.Http;
import io.hera.testkit.Nodes;
import io.hera.testkit.Ports;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Nodes that bring back what they held from their snapshots (P14). */
@Timeout(120)
class WarmRestartTest {
  private static final Duration LIVENESS = Duration.ofMinutes(5);
  private static final int INSTANCES = 30;

  @TempDir
  private Path directory;

  @AutoClose
  private final Nodes nodes = new Nodes();

  private final List<Integer> ports = Ports.free(3);
  private final int a = ports.get(0);
  private final Map<String, Integer> alone = Map.of("a", a);
  private final Map<String, Integer> all = Map.of("a", a, "b", ports.get(1), "c", ports.get(2));

  private Node start(String name, Map<String, Integer> cluster) {
    return nodes.start(config(name, cluster));
  }

  private Config config(String name, Map<String, Integer> cluster) {
    return Nodes.config(name, cluster, LIVENESS).with(DiskSettings.DATA, directory.toString());
  }

  private static void awaitReady(int port) {
    Eventually.passes(() ->
        assertThat(Http.send("GET", port, "/_health/ready", "").statusCode()).isEqualTo(200));
  }

  private static void register(int port, int from) {
    for (int i = from; i < from + INSTANCES; i++) {
      assertThat(Http.put(port, "/web/" + i, "{\"n\":%d}".formatted(i))).isEqualTo(204);
    }
  }

  private static HttpResponse<String> web(int port) {
    return Http.send("GET", port, "/web", "");
  }

  private static Optional<String> header(HttpResponse<String> reply, String name) {
    return reply.headers().firstValue(name);
  }

  private static JsonObject snapshot(int port) {
    return new JsonObject(Http.get(port, "/_status")).getJsonObject("snapshot");
  }

  @Test
  void aNodeThatStoppedShowsAllWithItsFirstAnswer() {
    Node node = start("a", alone);
    awaitReady(a);
    register(a, 100);
    assertThat(Http.send("DELETE", a, "/web/100", "").statusCode()).isEqualTo(204);
    HttpResponse<String> before = web(a);
    assertThat(header(before, "hera-restored")).isEmpty();
    node.stop().await();

    start("a", alone);
    HttpResponse<String> after = web(a);
    assertThat(after.statusCode()).isEqualTo(200);
    assertThat(after.body()).isEqualTo(before.body());
    assertThat(header(after, "etag")).isEqualTo(header(before, "etag"));
    assertThat(header(after, "hera-restored")).contains("29");
    assertThat(header(Http.send("GET", a, "/web/101", ""), "hera-restored")).contains("1");
    assertThat(snapshot(a).getInteger("restored")).isEqualTo(29);
    assertThat(Http.statusIfNoneMatch(a, "/web", header(before, "etag").orElseThrow()))
        .isEqualTo(304);

    awaitReady(a);
    assertThat(Http.put(a, "/web/101", "")).isEqualTo(204);
    assertThat(header(Http.send("GET", a, "/web/101", ""), "hera-restored")).isEmpty();
    assertThat(header(web(a), "hera-restored")).contains("28");
    assertThat(web(a).body()).isEqualTo(before.body());
  }

  /** Its peer takes connections and says nothing, so the node cannot know which instances it lacks. */
  @Test
  void aNodeThatRecoversAnswersOnlyReadsOfServicesThatItHasRestored() throws IOException {
    Node node = start("a", alone);
    awaitReady(a);
    assertThat(Http.put(a, "/web/1", "{}")).isEqualTo(204);
    node.stop().await();
    int b = ports.get(1);
    try (ServerSocket silent = new ServerSocket(b, 50, InetAddress.getLoopbackAddress())) {
      assertThat(silent.isBound()).isTrue();
      nodes.start(config("a", Map.of("a", a, "b", b))
          .with(Settings.RECOVERY_TIMEOUT, Duration.ofMinutes(1)));
      assertShown("/web", "{\"1\":{}}", "1");
      assertShown("/web/1", "{}", "1");
      assertShown("/", "{\"web\":{\"instances\":1}}", "");
      assertShown("/_export", "{\"web\":{\"1\":{}}}", "");
      assertThat(status("/_sd/prometheus")).isEqualTo(200);
      try (EventClient client = new EventClient(a, "/web", "")) {
        assertThat(client.next().type()).isEqualTo("snapshot");
      }
      for (String target : List.of("/web/2", "/web?match=n:1", "/app", "/app/1")) {
        assertThat(Http.get(a, target)).as(target).contains("urn:hera:problem:recovering");
        assertThat(status(target)).as(target).isEqualTo(503);
      }
      try (EventClient client = new EventClient(a, "/app", "")) {
        assertThat(client.response().statusCode()).isEqualTo(503);
      }
      assertThat(status("/_health/ready")).isEqualTo(503);
    }
  }

  private int status(String target) {
    return Http.send("GET", a, target, "").statusCode();
  }

  private void assertShown(String target, String body, String restored) {
    HttpResponse<String> reply = Http.send("GET", a, target, "");
    assertThat(reply.statusCode()).as(target).isEqualTo(200);
    assertThat(reply.body()).as(target).isEqualTo(body);
    assertThat(header(reply, "hera-restored").orElse("")).as(target).isEqualTo(restored);
  }

  @Test
  void threeNodesThatWereAllDownShowAllAndReportNoInstanceAsGone() {
    List<Node> started = all.keySet().stream().map(name -> start(name, all)).toList();
    ports.forEach(WarmRestartTest::awaitReady);
    for (int i = 0; i < 3; i++) {
      register(ports.get(i), 100 * (i + 1));
    }
    ports.forEach(port -> Eventually.passes(
        () -> assertThat(new JsonObject(web(port).body())).hasSize(3 * INSTANCES)));
    String before = web(a).body();
    started.forEach(node -> node.stop().await());

    all.keySet().forEach(name -> start(name, all));
    for (int port : ports) {
      assertThat(web(port).body()).isEqualTo(before);
    }
    try (EventClient client = new EventClient(a, "/web", "")) {
      assertThat(client.next().type()).isEqualTo("snapshot");
      ports.forEach(WarmRestartTest::awaitReady);
      for (int port : ports) {
        assertThat(web(port).body()).isEqualTo(before);
      }
      assertThat(Http.put(a, "/web/last", "{}")).isEqualTo(204);
      assertThat(client.next().json().getString("id")).as("no other event").isEqualTo("last");
    }
  }

  @Test
  void anInstanceThatEndedWhileANodeWasDownGoesWhenAPeerIsReached() {
    Map<String, Integer> two = Map.of("a", a, "b", ports.get(1));
    start("b", two);
    Node node = start("a", two);
    awaitReady(a);
    register(a, 100);
    Eventually.passes(
        () -> assertThat(new JsonObject(web(ports.get(1)).body())).hasSize(INSTANCES));
    node.stop().await();
    assertThat(Http.send("DELETE", ports.get(1), "/web/105", "").statusCode()).isEqualTo(204);
    start("a", two);
    awaitReady(a);
    Eventually.passes(() -> {
      assertThat(new JsonObject(web(a).body())).hasSize(INSTANCES - 1);
      assertThat(snapshot(a).getInteger("restored")).isZero();
    });
    assertThat(web(a).body()).isEqualTo(web(ports.get(1)).body());
  }

  @Test
  void aSecondProcessWithTheSameFilesDoesNotStart() {
    start("a", alone);
    Config second = config("a", Map.of("a", ports.get(1)));
    assertThatThrownBy(() -> nodes.start(second))
        .isInstanceOf(ConfigException.class)
        .hasMessage("hera: data: %s has the snapshot of another node that runs, process %d"
            .formatted(directory, ProcessHandle.current().pid()));
  }

  /** A save is due although no content has changed. */
  @Test
  void aRenewalThatConfirmsIsSaved() throws Exception {
    Config one = config("a", alone).with(DiskSettings.INTERVAL, Duration.ofSeconds(1));
    Node node = nodes.start(one);
    awaitReady(a);
    assertThat(Http.put(a, "/web/1", "{}")).isEqualTo(204);
    node.stop().await();
    nodes.start(one);
    awaitReady(a);
    Eventually.passes(() -> assertThat(savedAsRestored()).isOne());
    assertThat(Http.put(a, "/web/1", "")).isEqualTo(204);
    Eventually.passes(() -> assertThat(savedAsRestored()).isZero());
  }

  /** Returns the number of registrations in the snapshot that no client has confirmed. */
  private long savedAsRestored() throws Exception {
    long restored = 0;
    try (SnapshotReader in = new SnapshotReader(directory.resolve("a.snapshot"))) {
      for (Optional<Delta> page = in.next(); page.isPresent(); page = in.next()) {
        restored += page.get().origins().stream()
            .flatMap(part -> part.entries().stream())
            .filter(entry -> entry instanceof Registration one && one.restored())
            .count();
      }
    }
    return restored;
  }

  @Test
  void aSnapshotIsThereAsSoonAsTheNodeIsReady() {
    start("a", alone);
    Eventually.passes(() -> assertThat(directory.resolve("a.snapshot")).exists());
    Eventually.passes(() -> assertThat(snapshot(a).getInteger("age_seconds")).isNotNull());
    assertThat(snapshot(a).getString("error")).isEmpty();
  }
}

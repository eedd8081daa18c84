package io.hera;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hera.config.ConfigException;
import io.hera.disk.file.SnapshotReader;
import io.hera.registry.Delta;
import io.hera.testkit.Eventually;
import io.hera.testkit.Http;
import io.hera.testkit.Ports;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests a node that an application deploys as a verticle. */
class MainVerticleTest {
  private final Vertx vertx = Vertx.vertx();

  @TempDir
  private Path folder;

  @AfterEach
  void close() {
    vertx.close().await();
  }

  private String deploy(JsonObject config) {
    return vertx
        .deployVerticle(new MainVerticle(), new DeploymentOptions().setConfig(config))
        .await();
  }

  @Test
  void theConfigurationOfTheDeploymentHasTheSettings() {
    int port = Ports.free();
    deploy(new JsonObject().put("name", "n-1").put("port", port));
    assertThat(Http.get(port, "/_status")).contains("\"node\":\"n-1\"");
  }

  @Test
  void theConfigurationOfTheDeploymentMayNameAFile() throws IOException {
    int port = Ports.free();
    Path file = Files.writeString(
        folder.resolve("hera.yml"),
        "name: from-file\ncluster:\n  from-file: {host: 127.0.0.1, port: %d}\n".formatted(port));
    deploy(new JsonObject().put("config-file", file.toString()));
    assertThat(Http.get(port, "/_status")).contains("\"node\":\"from-file\"");
  }

  @Test
  void severalNodesShareOneVertxAndUndeployingOneFreesItsPort() {
    int one = Ports.free();
    int two = Ports.free();
    String first = deploy(new JsonObject().put("name", "one").put("port", one));
    deploy(new JsonObject().put("name", "two").put("port", two));
    vertx.undeploy(first).await();
    assertThatThrownBy(() -> Http.get(one, "/")).hasCauseInstanceOf(ConnectException.class);
    assertThat(Http.get(two, "/")).isEqualTo("{}");
    deploy(new JsonObject().put("name", "one").put("port", one));
    assertThat(Http.get(one, "/")).isEqualTo("{}");
  }

  @Test
  void aFaultFailsTheDeployment() {
    assertThatThrownBy(() -> deploy(new JsonObject().put("port", 99_999)))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("99999");
  }

  @Test
  void aNodeOnTheDataOfAFormerLifeHasItsEvents() {
    int port = Ports.free();
    JsonObject config = new JsonObject().put("name", "n-1").put("port", port);
    config.put("data", folder.toString());
    String first = deploy(config);
    Eventually.passes(() -> assertThat(Http.put(port, "/web/1", "{}")).isEqualTo(204));
    JsonObject before = newest(port);
    String life = new JsonObject(Http.get(port, "/_events")).getString("life");
    vertx.undeploy(first).await();
    deploy(config);
    JsonObject after = newest(port);
    assertThat(after.getString("life")).isEqualTo(life);
    assertThat(before.containsKey("life"))
        .as("a node leaves its present life out")
        .isFalse();
    for (String member : List.of("n", "at", "type", "version", "cause", "why")) {
      assertThat(after.getValue(member)).as(member).isEqualTo(before.getValue(member));
    }
    assertThat(Http.get(port, "/_events?type=registered")).contains("\"first\":1,");
  }

  private JsonObject newest(int port) {
    String events = Http.get(port, "/_events?service=web&id=1&type=registered");
    return new JsonObject(events).getJsonArray("events").getJsonObject(0);
  }

  /** A signal closes Vert.x, while a client goes on writing until the node takes no more. */
  @Test
  void aNodeWhoseVertxClosesSavesAllWritesThatItHasAcknowledged() throws Exception {
    int port = Ports.free();
    Path file = folder.resolve("n-1.snapshot");
    JsonObject config = new JsonObject().put("name", "n-1").put("port", port);
    deploy(config.put("data", folder.toString()));
    Eventually.passes(() -> assertThat(file).exists());
    assertThat(Http.put(port, "/web/0", "{}")).isEqualTo(204);
    CompletableFuture<Integer> acknowledged = CompletableFuture.supplyAsync(() -> write(port));
    vertx.close().await();
    List<String> ids =
        IntStream.range(0, acknowledged.get()).mapToObj(Integer::toString).toList();
    assertThat(idsIn(file)).containsAll(ids).contains("0");
  }

  /** Registers /web/1 and so on; returns the first that is not acknowledged. */
  private static int write(int port) {
    int next = 1;
    try {
      while (Http.put(port, "/web/" + next, "{}") == 204) {
        next++;
      }
    } catch (UncheckedIOException closed) {
      // The node has stopped.
    }
    return next;
  }

  private static List<String> idsIn(Path snapshot) throws Exception {
    List<String> ids = new ArrayList<>();
    try (SnapshotReader in = new SnapshotReader(snapshot)) {
      for (Optional<Delta> page = in.next(); page.isPresent(); page = in.next()) {
        page.get().origins().stream()
            .flatMap(part -> part.entries().stream())
            .forEach(entry -> ids.add(entry.key().id()));
      }
    }
    return ids;
  }

  /** Store, HTTP, event bus and gossip are deployed one after the other; the last stop comes when all are. */
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4, 5})
  void vertxClosesWhileANodeStarts(int deployed) throws TimeoutException {
    Vertx closed = Vertx.vertx();
    JsonObject config = new JsonObject().put("port", Ports.free());
    Future<String> node =
        closed.deployVerticle(new MainVerticle(), new DeploymentOptions().setConfig(config));
    while (closed.deploymentIDs().size() < deployed && !node.isComplete()) {
      Thread.onSpinWait();
    }
    closed.close().await(20, TimeUnit.SECONDS);
    assertThat(closed.deploymentIDs()).isEmpty();
  }
}

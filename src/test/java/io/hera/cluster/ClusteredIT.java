package io.hera.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hera.testkit.Eventually;
import io.hera.testkit.HeraProcess;
import io.hera.testkit.Http;
import io.hera.testkit.Ports;
import io.hera.testkit.ProcessCluster;
import io.hera.testkit.Tokens;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.eventbus.EventBusOptions;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests nodes as processes, used by this process over a clustered event bus. */
@Timeout(120)
class ClusteredIT {
  private static final Path JAR =
      Path.of(System.getProperty("hera.jar")).resolveSibling("hera-clustered.jar");
  private static final List<String> NAMES = List.of("a", "b");

  @AutoClose
  private final ProcessCluster nodes = new ProcessCluster("", NAMES);

  private final Map<String, Queue<JsonObject>> changes = new HashMap<>();

  @TempDir
  private Path folder;

  private Vertx vertx;

  private List<String> launch;

  @BeforeEach
  void choose() throws IOException {
    Path members = Files.writeString(folder.resolve("cluster.xml"), members());
    System.setProperty("vertx.hazelcast.config", members.toString());
    launch =
        List.of("-Dvertx.hazelcast.config=" + members, "-jar", JAR.toString(), "run", "--cluster");
  }

  /** Has this process join the event bus, and listen to the changes at these nodes. */
  private void join(List<String> names) throws TimeoutException {
    vertx = Vertx.builder()
        .with(new VertxOptions().setEventBusOptions(new EventBusOptions().setHost("127.0.0.1")))
        .buildClustered()
        .await(60, TimeUnit.SECONDS);
    for (String name : names) {
      listen(name);
    }
  }

  /** Writes the shipped settings of Hazelcast, for an isolated cluster. */
  private static String members() throws IOException {
    List<Integer> ports = Ports.free(5);
    String text = Files.readString(Path.of("src/main/clustered/cluster.xml"))
        .replace("<cluster-name>hera<", "<cluster-name>" + UUID.randomUUID() + "<");
    for (int i = 1; i <= 5; i++) {
      text = text.replace("570" + i, ports.get(i - 1).toString());
    }
    return text;
  }

  private void listen(String node) throws TimeoutException {
    Queue<JsonObject> heard = new ConcurrentLinkedQueue<>();
    changes.put(node, heard);
    vertx
        .eventBus()
        .<JsonObject>consumer("hera." + node + ".changes", message -> heard.add(message.body()))
        .completion()
        .await(30, TimeUnit.SECONDS);
  }

  @AfterEach
  void stop() throws TimeoutException {
    if (vertx != null) {
      vertx.close().await(60, TimeUnit.SECONDS);
    }
    System.clearProperty("vertx.hazelcast.config");
  }

  private JsonObject ask(String address, JsonObject message) throws TimeoutException {
    EventBus bus = vertx.eventBus();
    DeliveryOptions options = new DeliveryOptions().setSendTimeout(5_000);
    return bus.<JsonObject>request(address, message, options)
        .await(30, TimeUnit.SECONDS)
        .body();
  }

  private static JsonObject instance(String id) {
    return new JsonObject().put("service", "s").put("id", id);
  }

  @Test
  void everyNodeAnswersOnTheEventBusAndTheRestAnswersWhenOneIsKilled() throws TimeoutException {
    NAMES.forEach(name -> nodes.start(name, launch));
    NAMES.forEach(nodes::awaitReady);
    join(NAMES);
    JsonObject document = new JsonObject().put("n", 1);
    Eventually.passes(() -> assertThat(
            ask("hera.register", instance("1").put("instance", document)))
        .isEmpty());
    for (String node : NAMES) {
      Eventually.passes(
          () -> assertThat(ask("hera." + node + ".lookup", instance("1"))).isEqualTo(document));
      Eventually.passes(() -> assertThat(changes.get(node)).hasSize(1));
      assertThat(changes.get(node).peek().getString("type")).isEqualTo("registered");
    }
    assertThat(Http.get(nodes.port("b"), "/s")).isEqualTo("{\"1\":{\"n\":1}}");

    nodes.process("a").kill();
    Eventually.passes(() -> {
      for (int i = 0; i < 6; i++) {
        assertThat(ask("hera.lookup", instance("1"))).isEqualTo(document);
      }
    });
    assertThat(ask("hera.register", instance("2").put("instance", document))).isEmpty();
    Eventually.passes(() -> assertThat(changes.get("b")).hasSize(2));
    assertThat(changes.get("a")).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void J1_anAccessFileKeepsOtherProcessesOutUnlessTheyAreLetIn(boolean letIn) throws Exception {
    Path access = Files.writeString(folder.resolve("access.yml"), Tokens.FILE);
    String settings = "access: %s%n%s".formatted(access, letIn ? "event-bus: cluster\n" : "");
    try (ProcessCluster limited = new ProcessCluster(settings, List.of("a"))) {
      HeraProcess node = limited.start("a", launch);
      limited.awaitReady("a");
      join(List.of("a"));
      assertThat(put(limited.port("a"), "/billing/1")).isEqualTo(204);
      JsonObject document = new JsonObject().put("n", 1);
      JsonObject registration = instance("2").put("instance", document);
      if (letIn) {
        assertThat(ask("hera.a.register", registration)).isEmpty();
        Eventually.passes(() -> assertThat(changes.get("a")).hasSize(2));
      } else {
        for (String verb : List.of("hera.a.register", "hera.register", "hera.a.lookup")) {
          assertThatThrownBy(() -> ask(verb, registration))
              .isInstanceOfSatisfying(
                  ReplyException.class,
                  refused -> assertThat(refused.failureType()).isEqualTo(ReplyFailure.NO_HANDLERS));
        }
        assertThat(changes.get("a")).isEmpty();
      }
      String warning =
          "event-bus: every process that joins the event-bus cluster may read and write";
      assertThat((node.out() + node.err()).contains(warning)).isEqualTo(letIn);
    }
  }

  private static int put(int port, String target) throws IOException, InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + target))
        .header("Authorization", "Bearer " + Tokens.WRITER)
        .PUT(HttpRequest.BodyPublishers.ofString("{}"))
        .build();
    return HttpClient.newHttpClient()
        .send(request, HttpResponse.BodyHandlers.discarding())
        .statusCode();
  }
}

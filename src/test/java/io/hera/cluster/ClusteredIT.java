package io.hera.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.hera.testkit.Eventually;
import io.hera.testkit.Http;
import io.hera.testkit.Ports;
import io.hera.testkit.ProcessCluster;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.eventbus.EventBusOptions;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
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

/** Tests two nodes as processes, used by this process over a clustered event bus. */
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

  @BeforeEach
  void start() throws IOException, TimeoutException {
    Path members = Files.writeString(folder.resolve("cluster.xml"), members());
    for (String name : NAMES) {
      List<String> options = List.of(
          "-Dvertx.hazelcast.config=" + members, "-jar", JAR.toString(), "run", "--cluster");
      nodes.start(name, options);
    }
    NAMES.forEach(nodes::awaitReady);
    System.setProperty("vertx.hazelcast.config", members.toString());
    vertx = Vertx.builder()
        .with(new VertxOptions().setEventBusOptions(new EventBusOptions().setHost("127.0.0.1")))
        .buildClustered()
        .await(60, TimeUnit.SECONDS);
    for (String name : NAMES) {
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
}

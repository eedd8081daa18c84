package io.hera.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.hera.testkit.Eventually;
import io.hera.testkit.HeraProcess;
import io.hera.testkit.Http;
import io.hera.testkit.ProcessCluster;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** All processes of a cluster end at once, and show what they held when they are back (P14). */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class WarmRestartIT {
  private static final List<String> NAMES = List.of("a", "b", "c");
  private static final int INSTANCES_PER_NODE = 200;
  private static final int INSTANCES = 3 * INSTANCES_PER_NODE;

  @TempDir
  private Path data;

  /** A signal may come right after an acknowledged write; a kill brings back the last snapshots. */
  @Test
  void processesThatEndAtOnceShowAllWithTheirFirstAnswers() {
    String settings = "data: %s%nsnapshot: {interval: 1}%n".formatted(data);
    try (ProcessCluster cluster = new ProcessCluster(settings, NAMES).startAll()) {
      HttpResponse<String> before = register(cluster);
      endAndStart(cluster, process -> process.signal("TERM").exitCode());
      comesBackAs(before, cluster);
      isConfirmed(before, cluster);
      endAndStart(cluster, HeraProcess::kill);
      comesBackAs(before, cluster);
    }
  }

  /** Registers instances at each node, and returns the list of all when each node has it. */
  private static HttpResponse<String> register(ProcessCluster cluster) {
    for (String name : NAMES) {
      JsonObject instances = new JsonObject();
      for (int i = 0; i < INSTANCES_PER_NODE; i++) {
        instances.put(name + i, new JsonObject().put("n", i));
      }
      String batch = new JsonObject().put("web", instances).encode();
      assertThat(Http.send("POST", cluster.port(name), "/_batch", batch).statusCode())
          .isEqualTo(200);
    }
    cluster
        .ports()
        .values()
        .forEach(port -> Eventually.passes(
            () -> assertThat(new JsonObject(Http.get(port, "/web")).size()).isEqualTo(INSTANCES)));
    return Http.send("GET", cluster.port("a"), "/web", "");
  }

  private static void endAndStart(ProcessCluster cluster, Consumer<HeraProcess> end) {
    NAMES.parallelStream().forEach(name -> end.accept(cluster.process(name)));
    NAMES.forEach(cluster::start);
  }

  private static void comesBackAs(HttpResponse<String> before, ProcessCluster cluster) {
    for (int port : cluster.ports().values()) {
      HttpResponse<String> first = firstAnswer(port);
      assertThat(first.statusCode()).isEqualTo(200);
      assertThat(first.body()).isEqualTo(before.body());
      assertThat(etag(first)).isEqualTo(etag(before));
      assertThat(first.headers().firstValue("hera-restored")).contains("" + INSTANCES);
    }
  }

  /** Renews all at one node, and waits until no node shows, or has saved, one that is restored only. */
  private static void isConfirmed(HttpResponse<String> before, ProcessCluster cluster) {
    NAMES.forEach(cluster::awaitReady);
    JsonArray ids = new JsonArray(List.copyOf(new JsonObject(before.body()).fieldNames()));
    String heartbeat = new JsonObject().put("web", ids).encode();
    assertThat(Http.send("POST", cluster.port("b"), "/_heartbeat", heartbeat).statusCode())
        .isEqualTo(200);
    for (int port : cluster.ports().values()) {
      Eventually.passes(() -> assertThat(snapshot(port).getInteger("restored")).isZero());
      Eventually.passes(
          () -> assertThat(snapshot(port).getInteger("entries")).isGreaterThanOrEqualTo(INSTANCES));
      assertThat(Http.get(port, "/web")).isEqualTo(before.body());
    }
  }

  private static HttpResponse<String> firstAnswer(int port) {
    while (true) {
      try {
        return Http.send("GET", port, "/web", "");
      } catch (UncheckedIOException starting) {
        Thread.onSpinWait();
      }
    }
  }

  private static String etag(HttpResponse<String> answer) {
    return answer.headers().firstValue("etag").orElseThrow();
  }

  private static JsonObject snapshot(int port) {
    return new JsonObject(Http.get(port, "/_status")).getJsonObject("snapshot");
  }
}

package io.hera.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.hera.testkit.Eventually;
import io.hera.testkit.Http;
import io.hera.testkit.Nodes;
import io.hera.testkit.Ports;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Tests drains among whole nodes (P18). */
@Execution(ExecutionMode.CONCURRENT)
class DrainClusterTest {
  private static final String HOST_1 = "{\"host\":\"h1\"}";

  private final List<Integer> ports = Ports.free(3);
  private final Map<String, Integer> cluster =
      Map.of("a", ports.get(0), "b", ports.get(1), "c", ports.get(2));

  @AutoClose
  private final Nodes nodes = new Nodes();

  private void start(String name) {
    nodes.start(name, cluster, Duration.ofMinutes(5));
    Eventually.passes(() -> assertThat(
            Http.send("GET", cluster.get(name), "/_health/ready", "").statusCode())
        .isEqualTo(200));
  }

  private void allShow(String json) {
    cluster
        .values()
        .forEach(
            port -> Eventually.passes(() -> assertThat(Http.get(port, "/s")).isEqualTo(json)));
  }

  @Test
  void aDrainHoldsOnAllNodesWhateverTheOwnerDoesAndOnANodeThatStarts() {
    start("a");
    start("b");
    Http.put(cluster.get("a"), "/s/1", HOST_1);
    Http.put(cluster.get("a"), "/s/2", "{\"host\":\"h2\"}");
    Eventually.passes(() -> assertThat(Http.get(cluster.get("b"), "/s")).contains("h1", "h2"));
    assertThat(Http.put(cluster.get("b"), "/_drain/*?match=host:h1", "")).isEqualTo(204);
    start("c");
    allShow("{\"2\":{\"host\":\"h2\"}}");
    Http.put(cluster.get("c"), "/s/1", "{\"host\":\"h1\",\"again\":true}");
    Http.put(cluster.get("c"), "/s/3", "{\"host\":\"h3\"}");
    allShow("{\"2\":{\"host\":\"h2\"},\"3\":{\"host\":\"h3\"}}");
    Http.send("DELETE", cluster.get("a"), "/_drain/*?match=host:h1", "");
    allShow(
        "{\"1\":{\"host\":\"h1\",\"again\":true},\"2\":{\"host\":\"h2\"},\"3\":{\"host\":\"h3\"}}");
  }
}

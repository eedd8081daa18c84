package io.hera.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.hera.testkit.Eventually;
import io.hera.testkit.Http;
import io.hera.testkit.ListReader;
import io.hera.testkit.LivingClients;
import io.hera.testkit.ProcessCluster;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Rehearses what operating.md says on growing and shrinking, with processes, clients and readers. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class ScaleIT {
  private static final int INSTANCES_PER_NODE = 2_000;
  private static final List<String> FIVE = List.of("a", "b", "c", "d", "e");
  private static final List<String> THREE = FIVE.subList(0, 3);
  private static final List<String> ADDED = FIVE.subList(3, 5);

  @AutoClose
  private final ProcessCluster cluster = new ProcessCluster("gossip-interval: 1\n", FIVE);

  private List<Integer> ports(List<String> names) {
    return names.stream().map(cluster::port).toList();
  }

  private void register(String name) {
    String batch = IntStream.range(0, INSTANCES_PER_NODE)
        .mapToObj(i -> "\"%s-%d\":{\"port\":%d}".formatted(name, i, i + 1))
        .collect(Collectors.joining(",", "{\"web\":{", "}}"));
    assertThat(Http.send("POST", cluster.port(name), "/_batch", batch).body())
        .isEqualTo("{\"errors\":{}}");
  }

  private void awaitPeers(List<String> members) {
    for (String name : members) {
      TreeSet<String> others = new TreeSet<>(members);
      others.remove(name);
      Eventually.passes(() -> {
        JsonObject status = new JsonObject(Http.get(cluster.port(name), "/_status"));
        assertThat(status.getJsonObject("peers").fieldNames()).isEqualTo(others);
      });
    }
  }

  @Test
  void aClusterThatGrowsFromThreeToFiveAndShrinksAgainLosesNothing() {
    cluster.setMembers(THREE);
    THREE.forEach(cluster::start);
    THREE.forEach(cluster::awaitReady);
    THREE.forEach(this::register);
    THREE.forEach(name -> Eventually.passes(() -> assertThat(
            new JsonObject(Http.get(cluster.port(name), "/web")).size())
        .isEqualTo(3 * INSTANCES_PER_NODE)));
    String whole = Http.get(cluster.port("a"), "/web");
    List<ListReader> readers =
        THREE.stream().map(name -> new ListReader(cluster, name, "/web", whole)).toList();
    try (LivingClients living = new LivingClients("living", ports(THREE))) {
      grow();
      ADDED.forEach(name -> assertThat(Http.get(cluster.port(name), "/web")).isEqualTo(whole));
      try (LivingClients moved = new LivingClients("moved", ports(List.of("d", "a")))) {
        shrink();
        assertThat(moved.early()).isEmpty();
      }
      assertThat(living.early()).isEmpty();
    }
    assertThat(readers.stream().map(ListReader::stop)).allMatch(answers -> answers > 0);
  }

  private void grow() {
    cluster.setMembers(FIVE);
    ADDED.forEach(cluster::start);
    ADDED.forEach(cluster::awaitReady);
    awaitPeers(FIVE);
  }

  private void shrink() {
    ADDED.forEach(name -> cluster.process(name).stop());
    cluster.setMembers(THREE);
    awaitPeers(THREE);
  }
}

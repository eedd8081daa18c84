package io.hera.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.hera.testkit.EventClient;
import io.hera.testkit.Eventually;
import io.hera.testkit.Http;
import io.hera.testkit.ListReader;
import io.hera.testkit.ProcessCluster;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Tests that clients of processes that restart never read less than there is (P7). */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class RestartIT {
  private static final int INSTANCES_PER_NODE = 2_000;
  private static final List<String> NAMES = List.of("a", "b", "c");

  @AutoClose
  private final ProcessCluster cluster = new ProcessCluster("", NAMES).startAll();

  /** Registers instances at a node, which begin with its name. */
  private void register(String name) {
    String batch = IntStream.range(0, INSTANCES_PER_NODE)
        .mapToObj(i -> "\"%s-%d\":{\"host\":\"10.0.0.1\",\"port\":%d}".formatted(name, i, i + 1))
        .collect(Collectors.joining(",", "{\"web\":{", "}}"));
    assertThat(Http.send("POST", cluster.port(name), "/_batch", batch).body())
        .isEqualTo("{\"errors\":{}}");
  }

  /** Waits until all nodes show the same instances, of which there are so many; returns the list. */
  private String awaitEqual(int instances) {
    for (String name : NAMES) {
      Eventually.passes(() -> assertThat(Http.get(cluster.port(name), "/"))
          .isEqualTo("{\"web\":{\"instances\":" + instances + "}}"));
    }
    return Http.get(cluster.port("a"), "/web");
  }

  private ListReader reader(String name, String whole) {
    return new ListReader(cluster, name, "/web", whole);
  }

  private void restart(String name) {
    cluster.process(name).kill();
    cluster.start(name);
    cluster.awaitReady(name);
  }

  @Test
  void aRollingRestartShowsNoReaderAndNoWatcherLessThanThereIs() throws Exception {
    NAMES.forEach(this::register);
    String whole = awaitEqual(3 * INSTANCES_PER_NODE);
    List<ListReader> readers = NAMES.stream().map(name -> reader(name, whole)).toList();
    try (EventClient watcher = new EventClient(cluster.port("b"), "/web", "")) {
      assertThat(watcher.next().type()).isEqualTo("snapshot");
      restart("a");
      restart("c");
      List<Integer> answers = readers.stream().map(ListReader::stop).toList();
      assertThat(answers).allMatch(count -> count > 0);
      assertThat(Http.put(cluster.port("a"), "/web/z", "{}")).isEqualTo(204);
      assertThat(watcher.next().data()).isEqualTo("{\"id\":\"z\",\"instance\":{}}");
    }
    String more = awaitEqual(3 * INSTANCES_PER_NODE + 1);
    List<ListReader> second = NAMES.stream().map(name -> reader(name, more)).toList();
    restart("b");
    second.forEach(ListReader::stop);
    assertThat(Http.get(cluster.port("b"), "/web")).isEqualTo(more);
  }

  @Test
  void aNodeWhosePeersAreSilentAtFirstHasItsEntriesBackAtItsFirstWrite() {
    register("a");
    String whole = awaitEqual(INSTANCES_PER_NODE);
    cluster.process("a").kill();
    List.of("b", "c").forEach(peer -> cluster.process(peer).signal("STOP"));
    cluster.start("a").awaitOk(cluster.port("a"), "/_health/live");
    assertThat(Http.put(cluster.port("a"), "/web/a-0", "")).isEqualTo(503);
    assertThat(Http.send("GET", cluster.port("a"), "/web", "").statusCode()).isEqualTo(503);
    List.of("b", "c").forEach(peer -> cluster.process(peer).signal("CONT"));
    Eventually.passes(
        () -> assertThat(Http.put(cluster.port("a"), "/web/a-0", "")).isEqualTo(204));
    cluster.awaitReady("a");
    assertThat(Http.get(cluster.port("a"), "/web")).isEqualTo(whole);
  }
}

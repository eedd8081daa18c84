package io.hera.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.hera.testkit.EventClient;
import io.hera.testkit.Eventually;
import io.hera.testkit.HeraProcess;
import io.hera.testkit.Http;
import io.hera.testkit.ProcessCluster;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Tests that clients of processes that restart never read less than there is (P7). */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class RestartIT {
  private static final int INSTANCES_PER_NODE = 2_000;
  private static final List<String> NAMES = List.of("a", "b", "c");

  @AutoClose
  private final ProcessCluster cluster = new ProcessCluster("", NAMES).startAll();

  /** Reads one node without pause, and keeps each answer that is not the whole list. */
  private final class Reader {
    private final String name;
    private final int port;
    private final String whole;
    private final AtomicBoolean stopped = new AtomicBoolean();
    private final List<String> partial = new ArrayList<>();
    private final CompletableFuture<Integer> complete;

    Reader(String name, String whole) {
      this.name = name;
      this.port = cluster.port(name);
      this.whole = whole;
      this.complete = CompletableFuture.supplyAsync(this::read);
    }

    private int read() {
      int answers = 0;
      while (!stopped.get()) {
        answers += readOnce();
      }
      return answers;
    }

    private int readOnce() {
      try {
        HttpResponse<String> response = Http.send("GET", port, "/web", "");
        if (response.statusCode() == 503) {
          return 0;
        }
        String body = response.body();
        if (response.statusCode() != 200 || !body.equals(whole)) {
          partial.add(response.statusCode() + " with " + body.length() + " bytes");
        }
        return 1;
      } catch (UncheckedIOException down) {
        return 0;
      }
    }

    int stop() {
      stopped.set(true);
      int answers = complete.join();
      HeraProcess process = cluster.process(name);
      assertThat(partial).as("%s%s", process.out(), process.err()).isEmpty();
      return answers;
    }
  }

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

  private void restart(String name) {
    cluster.process(name).kill();
    cluster.start(name);
    cluster.awaitReady(name);
  }

  @Test
  void aRollingRestartShowsNoReaderAndNoWatcherLessThanThereIs() throws Exception {
    NAMES.forEach(this::register);
    String whole = awaitEqual(3 * INSTANCES_PER_NODE);
    List<Reader> readers = NAMES.stream().map(name -> new Reader(name, whole)).toList();
    try (EventClient watcher = new EventClient(cluster.port("b"), "/web", "")) {
      assertThat(watcher.next().type()).isEqualTo("snapshot");
      restart("a");
      restart("c");
      List<Integer> answers = readers.stream().map(Reader::stop).toList();
      assertThat(answers).allMatch(count -> count > 0);
      assertThat(Http.put(cluster.port("a"), "/web/z", "{}")).isEqualTo(204);
      assertThat(watcher.next().data()).isEqualTo("{\"id\":\"z\",\"instance\":{}}");
    }
    String more = awaitEqual(3 * INSTANCES_PER_NODE + 1);
    List<Reader> second = NAMES.stream().map(name -> new Reader(name, more)).toList();
    restart("b");
    second.forEach(Reader::stop);
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

package io.hera.http.ops;

import static org.assertj.core.api.Assertions.assertThat;

import io.hera.http.AccessControl;
import io.hera.http.AuditLog;
import io.hera.http.BytesInFlight;
import io.hera.http.RequestCounters;
import io.hera.store.Histogram;
import io.hera.store.page.PageMemory;
import io.hera.wire.NodeStatus;
import io.hera.wire.SilentInstances;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Several scrapers at once. */
class ConcurrentScrapesTest {
  private final Metrics metrics = new Metrics(
      new RequestCounters(),
      new AccessControl(new AuditLog(System::nanoTime)),
      List::of,
      new ReplyMemory(new PageMemory(1), new BytesInFlight(1)));

  @Test
  void eachScrapeShowsTheStatusThatItWasGiven() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      List<Callable<String>> scrapes = IntStream.range(0, 200)
          .mapToObj(instances -> (Callable<String>) () -> scrape(instances))
          .toList();
      List<Future<String>> texts = threads.invokeAll(scrapes);
      for (int instances = 0; instances < texts.size(); instances++) {
        assertThat(texts.get(instances).get()).contains("\nhera_instances " + instances + ".0\n");
      }
    } finally {
      threads.shutdown();
    }
  }

  private String scrape(int instances) throws IOException {
    byte[] text = metrics.scrape(status(instances), new Histogram());
    return new String(text, StandardCharsets.UTF_8);
  }

  private static NodeStatus status(int instances) {
    return new NodeStatus(
        "a",
        "life",
        "test",
        1,
        true,
        instances,
        1,
        0,
        0,
        0,
        0,
        0,
        0,
        Map.of(),
        Map.of(),
        new NodeStatus.Refused(Map.of(), Map.of()),
        0,
        Map.of(),
        Map.of(),
        Map.of(),
        new NodeStatus.Clock(0, 3, false),
        new NodeStatus.Settings(Map.of(), Map.of()),
        Optional.empty(),
        Map.of(),
        Optional.empty(),
        Optional.empty(),
        SilentInstances.NONE,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Map.of());
  }
}

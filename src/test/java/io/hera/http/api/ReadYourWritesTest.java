package io.hera.http.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.hera.testkit.Line;
import io.hera.testkit.ServedNode;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** After the reply to a write, every read sees the write, on every connection and event loop. */
class ReadYourWritesTest {
  private static final int ROUNDS = 250;

  @AutoClose
  private static final ServedNode node = ServedNode.ready();

  @Test
  void anAcknowledgedWriteIsSeenOnEveryConnection() throws Exception {
    ExecutorService writers = Executors.newFixedThreadPool(6);
    try {
      List<Callable<String>> tasks = new ArrayList<>();
      for (int writer = 0; writer < 6; writer++) {
        String id = "w" + writer;
        tasks.add(() -> writeAndRead(id));
      }
      for (Future<String> done : writers.invokeAll(tasks)) {
        assertThat(done.get()).isEqualTo("seen");
      }
    } finally {
      writers.shutdownNow();
    }
    assertThat(node.document("/shared")).isEqualTo("{}");
  }

  /** All clients share one service, so listings are made and dropped all the time; each reads its own instance in it. */
  private static String writeAndRead(String id) {
    List<Line> readers = new ArrayList<>();
    try (Line writer = node.line()) {
      for (int i = 0; i < 4; i++) {
        readers.add(node.line());
      }
      for (int round = 0; round < ROUNDS; round++) {
        Line reader = readers.get(round % readers.size());
        String document = "{\"n\":" + round + "}";
        String own = "/own-" + id + "-" + round % 3;
        writer.send("PUT", "/shared/" + id, document).isDone();
        assertThat(body(reader, "/shared")).contains("\"" + id + "\":" + document);
        assertThat(body(reader, "/shared/" + id)).isEqualTo(document);
        writer.send("PUT", own + "/1", document).isDone();
        assertThat(body(reader, "/")).contains(own.substring(1) + "\":{\"instances\":1}");
        assertThat(body(reader, own)).isEqualTo("{\"1\":" + document + "}");
        writer.send("DELETE", own + "/1", "").isDone();
        assertThat(body(reader, "/")).doesNotContain(own.substring(1));
        assertThat(body(reader, own)).isEqualTo("{}");
      }
      writer.send("DELETE", "/shared/" + id, "").isDone();
      assertThat(body(readers.get(0), "/shared")).doesNotContain("\"" + id + "\"");
      return "seen";
    } finally {
      readers.forEach(Line::close);
    }
  }

  private static String body(Line reader, String target) {
    return reader.send("GET", target, "").body();
  }
}

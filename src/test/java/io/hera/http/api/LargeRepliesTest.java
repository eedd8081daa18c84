package io.hera.http.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.hera.testkit.Eventually;
import io.hera.testkit.Http;
import io.hera.testkit.Line;
import io.hera.testkit.Reply;
import io.hera.testkit.ServedNode;
import io.netty.buffer.ByteBufUtil;
import io.netty.util.ResourceLeakDetector;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Replies that do not fit into a socket's buffer, to clients that read them, or do not. */
@Timeout(120)
class LargeRepliesTest {
  private static final int INSTANCES = 200;
  private static final String DOCUMENT = "{\"v\":\"" + "x".repeat(50_000) + "\"}";

  private final ServedNode node = ServedNode.ready();
  private final int port = node.port();
  private final List<Line> lines = new ArrayList<>();

  @BeforeEach
  void register() {
    for (int from = 0; from < INSTANCES; from += 50) {
      String instances = IntStream.range(from, from + 50)
          .mapToObj(i -> "\"%03d\":%s".formatted(i, DOCUMENT))
          .collect(Collectors.joining(",", "{\"s\":{", "}}"));
      assertThat(Http.send("POST", port, "/_batch", instances).statusCode()).isEqualTo(200);
    }
  }

  @AfterEach
  void close() {
    lines.forEach(Line::close);
    node.close();
  }

  private Line asking(String target, String... headers) {
    Line line = Line.narrow(port);
    lines.add(line);
    return line.write(Line.request("GET", target, new byte[0], headers));
  }

  @Test
  void repliesToManyClientsTakeTheMemoryOfOne() {
    for (int i = 0; i < 30; i++) {
      asking("/s");
    }

    Eventually.passes(() -> assertThat(node.pages.bytes()).isPositive());
    long page = node.pages.bytes();
    lines.forEach(line -> assertThat(line.read("GET").body()).hasSize((int) page));

    assertThat(node.pages.bytes()).isEqualTo(page);
    assertThat(node.inFlight.bytes()).isZero();
  }

  @Test
  void copiesArriveWholeToo() {
    node.pages.limit(0);
    List<Line> asked = IntStream.range(0, 3).mapToObj(i -> asking("/s")).toList();

    List<Integer> lengths =
        asked.stream().map(line -> line.read("GET").body().length()).toList();

    assertThat(lengths).containsOnly(INSTANCES * (DOCUMENT.length() + 7) + 1);
    assertThat(node.pages.bytes()).isZero();
    Eventually.passes(() -> assertThat(node.inFlight.bytes()).isZero());
  }

  @Test
  void whileTooManyCopiesWaitForTheirReadersFurtherReadsAreRefusedAndWritesAreNot() {
    node.pages.limit(0);
    node.inFlight.limit(100_000);
    for (int i = 0; i < 4; i++) {
      asking("/s");
    }
    Eventually.passes(() -> assertThat(node.inFlight.bytes()).isGreaterThan(100_000));

    Reply refused = refused();
    Reply written = send("PUT", "/s/000", "{\"v\":1}");
    Reply small = send("GET", "/s/000", "");

    assertThat(refused.status()).isEqualTo(503);
    assertThat(refused.header("retry-after")).isEqualTo("1");
    assertThat(refused.body()).contains("urn:hera:problem:busy");
    assertThat(written.status()).isEqualTo(204);
    assertThat(small.status()).isEqualTo(200);
    lines.forEach(Line::close);
    Eventually.passes(() -> assertThat(node.inFlight.bytes()).isZero());
    assertThat(send("GET", "/s", "").status()).isEqualTo(200);
  }

  /** Returns a refused read. Until the sockets are full, pieces are sent, and for moments few of them wait. */
  private Reply refused() {
    AtomicReference<Reply> last = new AtomicReference<>();
    Eventually.passes(() -> {
      last.set(send("GET", "/s", ""));
      assertThat(last.get().status()).isEqualTo(503);
    });
    return last.get();
  }

  @Test
  void aReplacedListingIsFreedWhenItsReadersHaveGone() {
    Line slow = asking("/s");
    assertThat(slow.readHead().status()).isEqualTo(200);
    long page = node.pages.bytes();

    assertThat(send("PUT", "/s/000", "{\"v\":1}").status()).isEqualTo(204);
    assertThat(node.pages.bytes()).isEqualTo(page);
    slow.close();

    Eventually.passes(() -> assertThat(node.pages.bytes()).isZero());
  }

  @Test
  void ofASnapshotOnePieceWaitsForEachClient() {
    for (int i = 0; i < 3; i++) {
      asking("/s", "accept: text/event-stream");
    }
    Eventually.passes(() -> assertThat(node.inFlight.bytes()).isEqualTo(3 * (64 << 10)));

    lines.forEach(Line::close);
    Eventually.passes(() -> assertThat(node.inFlight.bytes()).isZero());
  }

  /** Clients that leave in the middle of a reply, at each stage, while the listing is replaced. */
  @Test
  void nothingLeaksUnderChurn() {
    ConcurrentLinkedQueue<String> leaks = new ConcurrentLinkedQueue<>();
    ResourceLeakDetector.Level before = ResourceLeakDetector.getLevel();
    ResourceLeakDetector.setLevel(ResourceLeakDetector.Level.PARANOID);
    ByteBufUtil.setLeakListener((type, records) -> leaks.add(type + " " + records));
    try {
      for (int round = 0; round < 9; round++) {
        churn(round);
      }
      Eventually.passes(() -> assertThat(node.inFlight.bytes()).isZero());
      assertThat(send("DELETE", "/s/000", "").status()).isEqualTo(204);
      Eventually.passes(() -> assertThat(node.pages.bytes()).isZero());
      collect();
      assertThat(leaks).isEmpty();
    } finally {
      ResourceLeakDetector.setLevel(before);
    }
  }

  private void churn(int round) {
    node.pages.limit(round % 3 == 0 ? 0 : 16 << 20);
    List<Line> asked = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      asked.add(asking("/s", "accept-encoding: " + (i % 2 == 0 ? "gzip" : "identity")));
    }
    assertThat(send("PUT", "/s/000", "{\"round\":" + round + "}").status()).isEqualTo(204);
    asked.stream().limit(6).forEach(Line::close);
    asked.stream().skip(6).forEach(line -> assertThat(line.read("GET").status()).isEqualTo(200));
  }

  /** The detector reports a buffer when another one is allocated after its collection. */
  private void collect() {
    for (int i = 0; i < 5; i++) {
      System.gc();
      send("GET", "/s", "");
    }
  }

  private Reply send(String method, String target, String body) {
    try (Line line = new Line(port)) {
      return line.send(method, target, body);
    }
  }
}

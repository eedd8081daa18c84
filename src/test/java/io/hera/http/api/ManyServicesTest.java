package io.hera.http.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.hera.testkit.EventClient;
import io.hera.testkit.EventClient.Event;
import io.hera.testkit.Line;
import io.hera.testkit.Reply;
import io.hera.testkit.ServedNode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Tests that replies over all services ask the store rarely, come in pieces, and are shared. */
@Timeout(60)
class ManyServicesTest {
  private static final int SERVICES = 1_500;

  @AutoClose
  private final ServedNode node = ServedNode.ready();

  @BeforeEach
  void register() {
    String batch = IntStream.range(0, SERVICES)
        .mapToObj(i -> "\"s" + i + "\":{\"1\":{\"address\":\"10.0.0.1:" + (1 + i) + "\"}}")
        .collect(Collectors.joining(",", "{", "}"));
    assertThat(node.send("POST", "/_batch", batch).status()).isEqualTo(200);
    node.asked.reset();
  }

  private int asked() {
    return node.asked.calls().values().stream().mapToInt(Integer::intValue).sum();
  }

  @Test
  void anExportAsksForManyServicesAtOnce() {
    assertThat(node.get("/_export").json()).hasSize(SERVICES);
    assertThat(asked()).isLessThan(10);
    Reply lines = node.get("/_export", "Accept: application/x-ndjson");
    assertThat(lines.body().lines()).hasSize(SERVICES);
    assertThat(asked()).isLessThan(20);
  }

  @Test
  void theTargetsAskForManyServicesAtOnce() {
    assertThat(node.get("/_sd/prometheus").body().split("\"targets\"", -1)).hasSize(SERVICES + 1);
    assertThat(asked()).isLessThan(10);
  }

  /** Each of the two HTTP verticles asks for them in two parts, and for the names of services each time. */
  @Test
  void targetsAreMadeOncePerContent() {
    String first = node.get("/_sd/prometheus").body();
    for (int i = 0; i < 10; i++) {
      assertThat(node.get("/_sd/prometheus").body()).isEqualTo(first);
    }
    assertThat(node.asked.calls().get("documents")).isLessThanOrEqualTo(4);
    node.register("/s7/1", "{\"address\":\"10.0.0.2:7\"}");
    assertThat(node.get("/_sd/prometheus").body()).contains("10.0.0.2:7");
    assertThat(node.asked.calls().get("documents")).isLessThanOrEqualTo(6);
  }

  @Test
  void aLargeServiceIsWrittenInPieces() {
    String filler = "x".repeat(1_000);
    String batch = IntStream.range(0, 3_000)
        .mapToObj(i -> "\"i" + i + "\":{\"x\":\"" + filler + "\"}")
        .collect(Collectors.joining(",", "{\"large\":{", "}}"));
    assertThat(node.send("POST", "/_batch", batch).status()).isEqualTo(200);
    try (Line line = node.line()) {
      line.write(Line.request("GET", "/_export", new byte[0]));
      Reply reply = line.read("GET");
      assertThat(reply.json().getJsonObject("large")).hasSize(3_000);
      assertThat(line.chunks()).isGreaterThan(3_000_000 / (80 << 10));
    }
  }

  /** The snapshot is made once for all of them on each of the two HTTP verticles. */
  @Test
  void streamsOfAllServicesThatBeginTogetherShareTheirSnapshot() {
    List<EventClient> clients = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      clients.add(new EventClient(node.port(), "/", ""));
    }
    for (EventClient client : clients) {
      Event snapshot = client.next();
      assertThat(snapshot.type()).isEqualTo("snapshot");
      assertThat(snapshot.json()).hasSize(SERVICES);
    }
    assertThat(asked()).isLessThan(10);
    node.register("/s7/1", "{\"changed\":true}");
    node.register("/new/1", "{}");
    for (EventClient client : clients) {
      assertThat(client.next().json().getString("service")).isEqualTo("s7");
      assertThat(client.next().json().getString("service")).isEqualTo("new");
    }
    try (EventClient late = new EventClient(node.port(), "/", "")) {
      assertThat(late.next().json()).hasSize(SERVICES);
      assertThat(late.next().json().getString("service")).isEqualTo("s7");
      assertThat(late.next().json().getString("service")).isEqualTo("new");
    }
    clients.forEach(EventClient::close);
  }
}

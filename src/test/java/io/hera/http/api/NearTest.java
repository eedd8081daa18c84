package io.hera.http.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.hera.testkit.EventClient;
import io.hera.testkit.EventClient.Event;
import io.hera.testkit.Line;
import io.hera.testkit.Reply;
import io.hera.testkit.ServedNode;
import io.vertx.core.json.JsonObject;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Reading the nearest instances of a service. */
@Timeout(60)
@Execution(ExecutionMode.CONCURRENT)
class NearTest {
  @AutoClose
  private final ServedNode node = ServedNode.ready();

  @BeforeEach
  void start() {
    node.register("/s/1", "{\"zone\":\"ams\",\"v\":1}");
    node.register("/s/2", "{\"zone\":\"fra\",\"v\":1}");
    node.register("/s/3", "{\"zone\":\"fra\",\"v\":2}");
    node.register("/s/4", "{\"zone\":\"us east\",\"v\":2}");
    node.register("/s/5", "{\"zone\":\"å,b\",\"v\":3}");
  }

  @ParameterizedTest
  @CsvSource({
    "near=zone:ams, 1, ams 1/5",
    "near=zone:ams%2Cfra, 1 2 3 4 5, * 5/5",
    "near=zone%3Aams%2Cfra, 1, ams 1/5",
    "'near=zone:ams,fra', 1, ams 1/5",
    "'near=zone:x,fra', 2 3, fra 2/5",
    "'near=zone:x,y', 1 2 3 4 5, * 5/5",
    "'near=zone:ams,fra&near-min=2', 2 3, fra 2/5",
    "'near=zone:ams,fra&near-min=3', 1 2 3 4 5, * 5/5",
    "'near=zone:ams,fra&match=v:2', 3, fra 1/2",
    "'near=zone:ams,fra&match=v:3', 5, * 1/1",
    "'near=zone:ams&match=v:9', '', * 0/0",
    "near=v:2, 3 4, 2 2/5",
    "near=zone:us+east, 4, us%20east 1/5",
    "near=zone:%C3%A5%2Cb, 5, %C3%A5%2Cb 1/5",
    "near=none:ams, 1 2 3 4 5, * 5/5"
  })
  void theNearestInstancesAreListedElseAll(String query, String ids, String header) {
    Reply reply = node.get("/s?" + query);
    assertThat(String.join(" ", reply.json().fieldNames())).isEqualTo(ids);
    assertThat(reply.header("hera-near")).isEqualTo(header);
    String tag = reply.header("etag");
    Reply unchanged = node.get("/s?" + query, "If-None-Match: " + tag);
    assertThat(unchanged.status()).isEqualTo(304);
    assertThat(unchanged.header("hera-near")).isEqualTo(header);
  }

  @Test
  void theTagIsThatOfTheInstancesShown() {
    assertThat(node.get("/s?near=zone:fra").header("etag"))
        .isEqualTo(node.get("/s?match=zone:fra").header("etag"));
    assertThat(node.get("/s?near=zone:none").header("etag"))
        .isEqualTo(node.get("/s").header("etag"));
  }

  @Test
  void theHeaderFollowsInstancesThatAreNotShown() {
    assertThat(node.get("/s?near=zone:ams").header("hera-near")).isEqualTo("ams 1/5");
    node.register("/s/6", "{\"zone\":\"fra\"}");
    assertThat(node.get("/s?near=zone:ams").header("hera-near")).isEqualTo("ams 1/6");
  }

  @Test
  void aPollIsAnsweredWhenAnotherValueBecomesTheNearest() {
    String target = "/s?near=zone:ams,fra";
    try (Line line = node.line()) {
      line.write(Line.request(
          "GET",
          target + "&wait=5m",
          new byte[0],
          "If-None-Match: " + node.get(target).header("etag")));
      node.awaitWatchers(1);
      node.register("/s/2", "{\"zone\":\"fra\",\"v\":7}");
      node.send("DELETE", "/s/1", "").isDone();
      Reply reply = line.read("GET");
      assertThat(reply.json().fieldNames()).containsExactly("2", "3");
      assertThat(reply.header("hera-near")).isEqualTo("fra 2/4");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "near=",
        "near=zone",
        "near=zone:",
        "near=zone:ams,",
        "near=zone:ams,,fra",
        "near=zone:%zz",
        "near=zone:a&near=zone:b",
        "near=zone:a&near-min=0",
        "near=zone:a&near-min=-1",
        "near=zone:a&near-min=x",
        "near=zone:a&near-min=1&near-min=2",
        "near=zone:a&near-min=10000000000",
        "near-min=1",
        "near=zone:a,b,c,d,e,f,g,h,i,j,k,l,m,n,o,p,q"
      })
  void aNearThatCannotBeIsRefused(String query) {
    node.get("/s?" + query).isProblem(400, "invalid-query");
    node.get("/s?" + query, "Accept: text/event-stream").isProblem(400, "invalid-query");
  }

  @Test
  void nearIsForTheInstancesOfAService() {
    node.get("/s?near=zone:" + "x".repeat(256)).isProblem(400, "invalid-query");
    node.get("/?near=zone:ams").isProblem(400, "invalid-query");
    node.get("/s/1?near=zone:ams").isProblem(400, "invalid-query");
  }

  @Test
  void manyInstancesAreListedLikeFew() {
    String batch = IntStream.range(0, 3_000)
        .mapToObj(i -> "\"i%d\":{\"zone\":\"z%d\"}".formatted(i, i % 3))
        .collect(Collectors.joining(",", "{\"many\":{", "}}"));
    assertThat(node.send("POST", "/_batch", batch).status()).isEqualTo(200);
    for (int i = 0; i < 3; i++) {
      Reply reply = node.get("/many?near=zone:z9,z1");
      assertThat(reply.header("hera-near")).isEqualTo("z1 %d/%d".formatted(1_000, 3_000 + i));
      assertThat(reply.json().size()).isEqualTo(1_000);
      node.register("/many/n" + i, "{\"zone\":\"z0\"}");
    }
    node.register("/many/last", "{\"zone\":\"z9\"}");
    assertThat(node.get("/many?near=zone:z9,z1").json().fieldNames()).containsExactly("last");
  }

  @ParameterizedTest
  @CsvSource({"1, ''", "2, ''", "3, ''", "4, &quiet=100ms:200ms", "5, &match=v:1"})
  void aStreamLeadsToWhatAGetReturns(long seed, String more) {
    String target = "/r?near=zone:ams,fra&near-min=2" + more;
    Random random = new Random(seed);
    JsonObject reader = new JsonObject();
    try (EventClient client = new EventClient(node.port(), target, "")) {
      fold(reader, client.next());
      for (int round = 0; round < 20; round++) {
        for (int i = 0; i < 6; i++) {
          change(random);
        }
        JsonObject wanted = node.get(target.replaceFirst("&quiet=.*", "")).json();
        while (!reader.equals(wanted)) {
          fold(reader, client.next());
        }
      }
    }
  }

  private void change(Random random) {
    String target = "/r/" + random.nextInt(6);
    if (random.nextBoolean()) {
      node.send("DELETE", target, "").isDone();
    } else {
      String zone = random.nextInt(3) == 0 ? "ams" : random.nextBoolean() ? "fra" : "lon";
      node.register(target, "{\"zone\":\"%s\",\"v\":%d}".formatted(zone, random.nextInt(2)));
    }
  }

  private static void fold(JsonObject reader, Event event) {
    switch (event.type()) {
      case "snapshot" -> reader.mergeIn(event.json());
      case "put" -> reader.put(event.json().getString("id"), event.json().getValue("instance"));
      case "delete" -> assertThat(reader.remove(event.json().getString("id"))).isNotNull();
      default -> throw new AssertionError(event.type());
    }
  }

  @Test
  void aStreamChangesOverWithTheNearestValue() {
    try (EventClient client = new EventClient(node.port(), "/s?near=zone:ams,fra", "")) {
      assertThat(client.next().json().fieldNames()).containsExactly("1");
      node.send("DELETE", "/s/1", "").isDone();
      assertThat(client.next())
          .isEqualTo(new Event("delete", "{\"id\":\"1\",\"reason\":\"unmatched\"}"));
      assertThat(client.next().json().getString("id")).isEqualTo("2");
      assertThat(client.next().json().getString("id")).isEqualTo("3");
      node.register("/s/9", "{\"zone\":\"ams\"}");
      assertThat(client.next().json().getString("reason")).isEqualTo("unmatched");
      assertThat(client.next().json().getString("reason")).isEqualTo("unmatched");
      assertThat(client.next().json().getString("id")).isEqualTo("9");
    }
  }

  @Test
  void aStreamThatReturnsContinuesWhileAnotherOneFollows() {
    String target = "/s?near=zone:ams,fra";
    try (EventClient other = new EventClient(node.port(), target, "");
        EventClient further = new EventClient(node.port(), target, "")) {
      other.next();
      further.next();
      String last = other.lastId();
      node.register("/s/7", "{\"zone\":\"ams\"}");
      assertThat(other.next().type()).isEqualTo("put");
      assertThat(further.next().type()).isEqualTo("put");
      try (EventClient client = new EventClient(node.port(), target, last)) {
        assertThat(client.next().json().getString("id")).isEqualTo("7");
      }
      try (EventClient client = new EventClient(node.port(), target, "x")) {
        assertThat(client.next().type()).isEqualTo("reset");
        assertThat(client.next().type()).isEqualTo("snapshot");
      }
    }
  }

  @Test
  void instancesThatAreNotNearAndHeartbeatsAreNoEvents() {
    try (EventClient client = new EventClient(node.port(), "/s?near=zone:ams", "")) {
      client.next();
      node.register("/s/1", "{\"zone\":\"ams\",\"v\":1,\"updated_at\":5}");
      node.register("/s/8", "{\"zone\":\"fra\"}");
      node.register("/s/9", "{\"zone\":\"ams\"}");
      assertThat(client.next().json().getString("id")).isEqualTo("9");
    }
  }
}

package io.hera.http.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.hera.testkit.EventClient;
import io.hera.testkit.EventClient.Event;
import io.hera.testkit.Line;
import io.hera.testkit.Reply;
import io.hera.testkit.ServedNode;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** One request for several services. */
@Timeout(60)
class SeveralServicesTest {
  private static final String A_AND_B = "/?service=a&service=b";

  @AutoClose
  private final ServedNode node = ServedNode.ready();

  @BeforeEach
  void start() {
    node.register("/a/1", "{\"n\":1}");
    node.register("/b/1", "{\"n\":2}");
    node.register("/c/1", "{\"n\":3}");
  }

  private EventClient follow(String target) {
    return new EventClient(node.port(), target, "");
  }

  private static String services(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> "service=s" + i)
        .collect(Collectors.joining("&"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/?service=b&service=a | {'a':{'1':{'n':1}},'b':{'1':{'n':2}}}",
        "/?service=a | {'a':{'1':{'n':1}}}",
        "/?service=a&service=%61&x=1 | {'a':{'1':{'n':1}}}",
        "/?service=none&service=c | {'c':{'1':{'n':3}}}",
        "/?service=none | {}"
      })
  void aReadShowsTheInstancesOfTheServicesThatAreNamed(String target, String expected) {
    String json = expected.replace('\'', '"');
    assertThat(node.document(target)).isEqualTo(json);
    try (Line line = node.line()) {
      Reply head = line.write(Line.request("HEAD", target, new byte[0])).readAny("HEAD");
      assertThat(head.status()).isEqualTo(200);
      assertThat(head.bytes()).isEmpty();
    }
    try (EventClient client = follow(target)) {
      assertThat(client.next()).isEqualTo(new Event("snapshot", json));
    }
  }

  @Test
  void aStreamBringsTheirChangesAloneAndNamesTheServiceOfEach() {
    try (EventClient client = follow(A_AND_B)) {
      client.next();
      node.register("/c/1", "{\"n\":4}");
      node.register("/b/2", "{}");
      node.register("/d/2", "{}");
      node.register("/a/1", "");
      node.send("DELETE", "/a/1", "").isDone();
      assertThat(client.next())
          .isEqualTo(new Event("put", "{\"service\":\"b\",\"id\":\"2\",\"instance\":{}}"));
      assertThat(client.next())
          .isEqualTo(
              new Event("delete", "{\"service\":\"a\",\"id\":\"1\",\"reason\":\"deregistered\"}"));
    }
  }

  @Test
  void aServiceThatComesLaterIsFollowedToo() {
    try (EventClient client = follow("/?service=later&service=none")) {
      assertThat(client.next()).isEqualTo(new Event("snapshot", "{}"));
      node.register("/later/1", "{}");
      assertThat(client.next().json().getString("service")).isEqualTo("later");
    }
  }

  /** Those that follow the same services share a snapshot as long as these have not changed; others may have. */
  @Test
  void aSnapshotIsNotOlderThanAnEventThatAnotherClientHas() {
    try (EventClient other = follow(A_AND_B)) {
      other.next();
      for (int n = 10; n < 16; n++) {
        node.register("/c/1", "{\"n\":" + n + "}");
        node.register("/b/1", "{\"n\":" + n + "}");
        assertThat(other.next().type()).isEqualTo("put");
        try (EventClient client = follow(A_AND_B)) {
          assertThat(client.next().data())
              .isEqualTo("{\"a\":{\"1\":{\"n\":1}},\"b\":{\"1\":{\"n\":" + n + "}}}");
        }
      }
    }
  }

  /** The changes of one batch are of several services, and the first of them is of one that is not followed. */
  @Test
  void allChangesOfABatchComeInTheirOrder() {
    try (EventClient client = follow(A_AND_B)) {
      client.next();
      for (int round = 0; round < 20; round++) {
        String batch =
            "{\"c\":{\"1\":{\"r\":%1$d}},\"b\":{\"1\":{\"r\":%1$d}},\"a\":{\"1\":{\"r\":%1$d}},"
                + "\"d\":{\"1\":{\"r\":%1$d}},\"b2\":{\"1\":{\"r\":%1$d}}}";
        node.send("POST", "/_batch", batch.formatted(round));
        assertThat(client.next().data())
            .isEqualTo("{\"service\":\"b\",\"id\":\"1\",\"instance\":{\"r\":" + round + "}}");
        assertThat(client.next().data())
            .isEqualTo("{\"service\":\"a\",\"id\":\"1\",\"instance\":{\"r\":" + round + "}}");
      }
    }
  }

  @Test
  void aClientThatComesBackGetsWhatItMissed() {
    String last;
    try (EventClient client = follow(A_AND_B)) {
      client.next();
      node.register("/a/2", "{}");
      client.next();
      last = client.lastId();
    }
    node.register("/c/2", "{}");
    node.register("/b/2", "{}");
    try (EventClient client = new EventClient(node.port(), A_AND_B, last)) {
      assertThat(client.next().json().getString("service")).isEqualTo("b");
      node.register("/a/3", "{}");
      assertThat(client.next().json().getString("id")).isEqualTo("3");
    }
    try (EventClient client = new EventClient(node.port(), A_AND_B, "fedcba9876543210:1")) {
      assertThat(client.next()).isEqualTo(new Event("reset", "{}"));
      assertThat(client.next().json().fieldNames()).containsExactly("a", "b");
    }
  }

  @Test
  void aQuietStreamHasOneEventForManyChanges() {
    try (EventClient client = follow(A_AND_B + "&quiet=1s:5m")) {
      client.next();
      for (int n = 1; n <= 5; n++) {
        node.register("/b/1", "{\"n\":" + n + "}");
        node.register("/c/1", "{\"n\":" + n + "}");
      }
      assertThat(client.next().data())
          .isEqualTo("{\"service\":\"b\",\"id\":\"1\",\"instance\":{\"n\":5}}");
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2})
  void aClientHasInTheEndWhatTheNodeShows(long seed) {
    Random random = new Random(seed);
    try (EventClient client = follow(A_AND_B + "&service=d")) {
      Map<String, JsonObject> known = new TreeMap<>();
      for (int i = 0; i < 200; i++) {
        String target = "/" + "abcd".charAt(random.nextInt(4)) + "/" + random.nextInt(3);
        if (random.nextInt(3) == 0) {
          node.send("DELETE", target, "").isDone();
        } else {
          node.register(target, "{\"i\":" + i + "}");
        }
      }
      node.register("/d/end", "{}");
      while (!known.containsKey("d/end")) {
        apply(client.next(), known);
      }
      Map<String, JsonObject> shown = new TreeMap<>();
      apply(new Event("snapshot", node.document(A_AND_B + "&service=d")), shown);
      assertThat(known).isEqualTo(shown);
    }
  }

  private static void apply(Event event, Map<String, JsonObject> known) {
    JsonObject data = event.json();
    switch (event.type()) {
      case "snapshot" ->
        data.fieldNames()
            .forEach(service -> data.getJsonObject(service)
                .forEach(
                    one -> known.put(service + "/" + one.getKey(), (JsonObject) one.getValue())));
      case "put" -> known.put(key(data), data.getJsonObject("instance"));
      case "delete" -> known.remove(key(data));
      default -> throw new AssertionError(event);
    }
  }

  private static String key(JsonObject data) {
    return data.getString("service") + "/" + data.getString("id");
  }

  @Test
  void aClientThatDisconnectsIsForgottenOnce() {
    List<EventClient> clients = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      clients.add(follow(A_AND_B));
    }
    node.awaitWatchers(3);
    clients.forEach(EventClient::close);
    node.awaitWatchers(0);
    node.register("/a/1", "{\"n\":9}");
    try (EventClient client = follow(A_AND_B)) {
      client.next();
      node.awaitWatchers(1);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "service",
        "service=",
        "service=a&service=",
        "service=_a",
        "service=a/b",
        "service=%FF",
        "service=a&wait=5s",
        "service=a&quiet=2s",
        "service=a&pretty",
        "service=a&match=n:1",
        "service=a&id=1",
        "service=a&near=zone:ams"
      })
  void aReadThatCannotBeIsRefused(String query) {
    node.get("/?" + query).isProblem(400, "invalid-query");
  }

  @Test
  void aRequestNamesABoundedNumberOfServices() {
    assertThat(node.document("/?" + services(200))).isEqualTo("{}");
    Reply many = node.get("/?" + services(201));
    assertThat(many.isProblem(400, "invalid-query").getString("detail")).contains("200");
    node.get("/?" + services(201), "Accept: text/event-stream").isProblem(400, "invalid-query");
    assertThat(node.document("/?service=a&" + services(199) + "&service=a")).contains("\"a\":{");
  }

  @Test
  void theListOfServicesIsWhatItWas() {
    assertThat(node.document("/?other=a")).isEqualTo(node.document("/"));
    node.get("/a?service=b").isProblem(400, "invalid-query");
  }

  @Test
  void manyInstancesAreSentInPieces() {
    String documents = IntStream.range(0, 3_000)
        .mapToObj(i -> "\"" + i + "\":{\"text\":\"" + "x".repeat(100) + "\"}")
        .collect(Collectors.joining(",", "{", "}"));
    node.send("POST", "/_batch", "{\"a\":" + documents + ",\"b\":" + documents + "}");
    JsonObject read = node.get(A_AND_B).json();
    assertThat(read.getJsonObject("a").size()).isEqualTo(3_000);
    assertThat(read.getJsonObject("b").size()).isEqualTo(3_000);
    try (EventClient client = follow(A_AND_B)) {
      assertThat(client.next().json()).isEqualTo(read);
    }
    try (Line line = node.line()) {
      Reply gzip = line.send("GET", A_AND_B, "", "Accept-Encoding: gzip");
      assertThat(gzip.header("content-encoding")).isEqualTo("gzip");
    }
  }
}

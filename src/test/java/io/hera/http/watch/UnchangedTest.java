package io.hera.http.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.hera.testkit.EventClient;
import io.hera.testkit.EventClient.Event;
import io.hera.testkit.ServedNode;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Streams of clients that have the content already, and say so by its entity tag. */
@Timeout(60)
class UnchangedTest {
  private static final String OTHER_LIFE = "fedcba9876543210:7";

  @AutoClose
  private final ServedNode node = ServedNode.ready();

  @BeforeEach
  void start() {
    node.register("/s/1", "{\"zone\":\"ams\"}");
    node.register("/s/2", "{\"zone\":\"fra\"}");
  }

  private String tag(String target) {
    return node.get(target).header("etag");
  }

  private EventClient follow(String target, String lastId, String tag) {
    return new EventClient(node.port(), target, lastId, Map.of("If-None-Match", tag));
  }

  private static Event unchanged(String tag) {
    return new Event("unchanged", "{\"etag\":\"" + tag.replace("\"", "\\\"") + "\"}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/s",
        "/s/1",
        "/none",
        "/s?match=zone:ams",
        "/s?near=zone:ams",
        "/s?near=zone:lon",
        "/s?quiet=100ms"
      })
  void aClientWithTheTagOfWhatIsThereGetsNoSnapshot(String target) {
    String tag = tag(target.replace("?quiet=100ms", ""));
    String service = target.startsWith("/none") ? "/none" : "/s";
    try (EventClient client = follow(target, "", tag)) {
      assertThat(client.next()).isEqualTo(unchanged(tag));
      node.register(service + "/1", "{\"zone\":\"ams\",\"n\":1}");
      Event put = client.next();
      assertThat(put.type()).isEqualTo("put");
      assertThat(put.json().getJsonObject("instance").getInteger("n")).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/s", "/s/1", "/s?match=zone:ams", "/s?near=zone:ams"})
  void aClientWithAnotherTagGetsASnapshot(String target) {
    String old = tag(target);
    node.register("/s/1", "{\"zone\":\"ams\",\"n\":1}");
    try (EventClient client = follow(target, "", old)) {
      Event snapshot = client.next();
      assertThat(snapshot.type()).isEqualTo("snapshot");
      assertThat(snapshot.data()).contains("\"n\":1");
    }
  }

  /** It comes from another node. */
  @ParameterizedTest
  @ValueSource(strings = {"/s", "/s/1", "/s?near=zone:ams"})
  void aClientFromAnotherNodeWithTheTagOfWhatIsThereForgetsNothing(String target) {
    String tag = tag(target);
    try (EventClient client = follow(target, OTHER_LIFE, tag)) {
      assertThat(client.next()).isEqualTo(unchanged(tag));
      assertThat(client.lastId()).startsWith(ServedNode.LIFE);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/s", "/s/1", "/s?near=zone:ams"})
  void aClientFromAnotherNodeWithAnotherTagForgetsEverything(String target) {
    try (EventClient client = follow(target, OTHER_LIFE, "W/\"1\"")) {
      assertThat(client.next()).isEqualTo(new Event("reset", "{}"));
      assertThat(client.next().type()).isEqualTo("snapshot");
    }
  }

  @ParameterizedTest
  @CsvSource({"/s", "/s?near=zone:ams"})
  void aStreamGoesOnFromTheIdOfThatEvent(String target) {
    String last;
    try (EventClient client = follow(target, "", tag(target));
        EventClient other = new EventClient(node.port(), target, "")) {
      client.next();
      other.next();
      last = client.lastId();
      assertThat(last).startsWith(ServedNode.LIFE);
      node.register("/s/1", "{\"zone\":\"ams\",\"n\":1}");
      other.next();
      client.next();
      try (EventClient again = new EventClient(node.port(), target, last)) {
        assertThat(again.next().type()).isEqualTo("put");
      }
    }
  }

  /** The changes that it missed are fewer than a snapshot, and the tag may be older than the id. */
  @Test
  void anIdThatCanBeContinuedCountsMoreThanTheTag() {
    String tag = tag("/s");
    String last;
    try (EventClient client = new EventClient(node.port(), "/s", "")) {
      client.next();
      last = client.lastId();
    }
    node.register("/s/3", "{}");
    node.send("DELETE", "/s/3", "").isDone();
    assertThat(tag("/s")).isEqualTo(tag);
    try (EventClient client = follow("/s", last, tag)) {
      assertThat(client.next().type()).isEqualTo("put");
      assertThat(client.next().type()).isEqualTo("delete");
    }
  }

  @Test
  void anyTagMeansThatTheClientWantsChangesOnly() {
    try (EventClient client = follow("/s", "", "*")) {
      assertThat(client.next().type()).isEqualTo("unchanged");
    }
    try (EventClient client = follow("/s/none", "", "*")) {
      assertThat(client.next()).as("no instance has no tag").isEqualTo(new Event("snapshot", "{}"));
    }
  }

  @Test
  void aDrainedInstanceIsNotThereForItsFollowers() {
    String tag = tag("/s/1");
    node.send("PUT", "/_drain/s/1", "").isDone();
    try (EventClient client = follow("/s/1", "", tag)) {
      assertThat(client.next()).isEqualTo(new Event("snapshot", "{}"));
    }
  }

  /** Its snapshot is as of many moments, and has no tag. */
  @Test
  void aStreamOfAllServicesBeginsWithASnapshotWhateverTheTag() {
    try (EventClient client = follow("/", "", tag("/"))) {
      assertThat(client.next().type()).isEqualTo("snapshot");
    }
  }

  @Test
  void aClientThatReadsTooSlowlyLaterIsNotSpared() {
    String tag = tag("/s");
    try (EventClient client = follow("/s", "", tag)) {
      client.next();
      String filler = "x".repeat(60_000);
      for (int i = 0; i < 300; i++) {
        node.register("/s/3", "{\"n\":\"" + i + filler + "\"}");
      }
      node.send("DELETE", "/s/3", "").isDone();
      assertThat(tag("/s")).isEqualTo(tag);
      Event event = client.next();
      while (event.type().equals("put")) {
        event = client.next();
      }
      assertThat(event.type()).isIn("reset", "delete");
      assertThat(event.type().equals("delete") || client.next().type().equals("snapshot"))
          .isTrue();
    }
  }
}

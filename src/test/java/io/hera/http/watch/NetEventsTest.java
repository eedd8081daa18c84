package io.hera.http.watch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.hera.http.Quiet;
import io.hera.http.watch.JoinedEvents.Joined;
import io.hera.registry.Change;
import io.hera.registry.ContentVersion;
import io.hera.registry.EntryTimes;
import io.hera.registry.Key;
import io.hera.store.ChangeLog;
import io.hera.store.LoggedChanges;
import io.hera.store.page.Filter;
import io.hera.store.page.Selection;
import io.hera.store.page.Subject;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests the events that are left of many changes. */
class NetEventsTest {
  private static final Quiet QUIET = new Quiet(2_000, 10_000);
  private static final Selection SERVICE = new Selection.OfService(Subject.of("s"), Filter.ALL);
  private static final Selection ALL = new Selection.All(Filter.ALL);
  private static final Selection ONE = new Selection.Instance(new Key("s", "1"));
  private static final Selection AMS =
      new Selection.OfService(Subject.of("s"), new Filter(List.of(Map.entry("zone", "ams"))));

  private final ChangeLog log = new ChangeLog();
  private final LoggedChanges changes = new LoggedChanges(log);
  private final NetEvents nets = new NetEvents(log, "life");
  private final Map<Key, String> shown = new HashMap<>();

  private static EventStream<String> stream(Selection selection, long last) {
    EventStream<String> stream =
        new EventStream<>("client", new Watch(selection, QUIET), List.of());
    stream.resume(last);
    return stream;
  }

  /** The content is the zone. */
  private static @Nullable ContentVersion content(@Nullable String document) {
    return document == null
        ? null
        : new ContentVersion(1, new JsonObject(document).getString("zone").hashCode());
  }

  private static byte @Nullable [] bytes(@Nullable String document) {
    return document == null ? null : document.getBytes(UTF_8);
  }

  /** Changes {@code s/id}; without a document it goes. */
  private void change(String id, @Nullable String document) {
    change(new Key("s", id), document);
  }

  private void change(Key key, @Nullable String document) {
    String before = document == null ? shown.remove(key) : shown.put(key, document);
    Change.Kind kind = document == null
        ? Change.Kind.EXPIRED
        : before == null ? Change.Kind.REGISTERED : Change.Kind.UPDATED;
    changes.add(List.of(new Change(
        key,
        bytes(before),
        bytes(document),
        kind,
        "a",
        new Change.Contents(content(before), content(document)),
        new EntryTimes(1, 1, 0))));
  }

  private Joined upTo(long end, EventStream<?> stream) {
    return nets.upTo(end, stream).orElseThrow().joined();
  }

  private List<String> data(Selection selection, long last) {
    return upTo(log.last(), stream(selection, last))
        .text()
        .toString()
        .lines()
        .filter(line -> line.startsWith("data: "))
        .toList();
  }

  private static String zone(String zone, int volatileMember) {
    return "{\"zone\":\"" + zone + "\",\"at\":" + volatileMember + "}";
  }

  @Test
  void anInstanceThatComesAndGoesIsNoEvent() {
    change("1", zone("ams", 1));
    change("1", null);
    assertThat(upTo(2, stream(SERVICE, 0)).text().length()).isZero();
    assertThat(upTo(2, stream(SERVICE, 0)).last()).isEqualTo(2);
  }

  @Test
  void anInstanceThatComesBackWithTheSameContentIsNoEvent() {
    change("1", zone("ams", 1));
    change("1", null);
    change("1", zone("ams", 2));
    assertThat(data(SERVICE, 1)).isEmpty();
    assertThat(data(SERVICE, 0)).hasSize(1);
  }

  @Test
  void anInstanceWithOtherContentIsOneEventWithItsLastDocument() {
    change("1", zone("ams", 1));
    change("1", zone("fra", 2));
    change("1", zone("lon", 3));
    assertThat(data(SERVICE, 1))
        .containsExactly("data: {\"id\":\"1\",\"instance\":" + zone("lon", 3) + "}");
  }

  @Test
  void onlyTheLastEventHasAnId() {
    change("1", zone("ams", 1));
    change("2", zone("ams", 1));
    change("2", null);
    change("3", zone("ams", 1));
    String text = upTo(log.last(), stream(SERVICE, 0)).text().toString();
    assertThat(text).containsOnlyOnce("id: ").endsWith("\n\nid: life:4\n\n");
  }

  @Test
  void anInstanceThatCeasesToMatchIsDeleted() {
    change("1", zone("ams", 1));
    change("2", zone("ams", 1));
    change("1", zone("fra", 1));
    change("1", zone("lon", 1));
    change("2", zone("fra", 1));
    change("2", null);
    assertThat(data(AMS, 2))
        .containsExactly(
            "data: {\"id\":\"1\",\"reason\":\"unmatched\"}",
            "data: {\"id\":\"2\",\"reason\":\"expired\"}");
    assertThat(data(AMS, 0)).isEmpty();
  }

  @Test
  void streamsAtTheSamePlaceShareOneText() {
    change("1", zone("ams", 1));
    assertThat(upTo(1, stream(SERVICE, 0))).isSameAs(upTo(1, stream(SERVICE, 0)));
  }

  @Test
  void changesThatTheLogHasDroppedAreMissed() {
    for (int i = 0; i < 20_000; i++) {
      change("1", zone("z" + i, 1));
    }
    assertThat(nets.upTo(log.last(), stream(SERVICE, 0))).isEmpty();
    assertThat(nets.upTo(log.last(), stream(SERVICE, log.younger()))).isPresent();
  }

  @Test
  void theYoungerHalfOfTheLogIsOneText() {
    for (int i = 0; i < 20_000; i++) {
      change("1", zone("z" + i, 1));
    }
    assertThat(log.last() - log.younger()).isBetween(8_000L, 8_191L);
    assertThat(upTo(log.last(), stream(SERVICE, log.younger())).last()).isEqualTo(log.last());
  }

  /** However the changes are cut, a reader that applies the events has the instances at each cut. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void eventsOfAnyCutsLeadToTheInstancesAtTheCut(long seed) {
    Random random = new Random(seed);
    List<Map<Key, String>> states = new ArrayList<>();
    states.add(Map.of());
    for (int i = 0; i < 400; i++) {
      Key key = new Key(random.nextInt(4) == 0 ? "t" : "s", "" + random.nextInt(6));
      boolean goes = shown.containsKey(key) && random.nextBoolean();
      change(key, goes ? null : zone(List.of("ams", "fra", "lon").get(random.nextInt(3)), i));
      states.add(Map.copyOf(shown));
    }
    for (Selection selection : List.of(SERVICE, ALL, ONE, AMS)) {
      Map<String, String> reader = new TreeMap<>();
      for (long at = 0; at < log.last(); ) {
        long end = Math.min(log.last(), at + 1 + random.nextInt(40));
        apply(reader, upTo(end, stream(selection, at)).text().toString());
        at = end;
        assertThat(reader).as("%s at %d", selection, at).isEqualTo(wanted(selection, states, at));
      }
    }
  }

  private static Map<String, String> wanted(
      Selection selection, List<Map<Key, String>> states, long at) {
    Map<String, String> wanted = new TreeMap<>();
    states.get((int) at).forEach((key, document) -> {
      String zone = new JsonObject(document).getString("zone");
      boolean in = selection instanceof Selection.All
          || (selection instanceof Selection.Instance one && one.key().equals(key))
          || (selection.equals(SERVICE) && key.service().equals("s"))
          || (selection.equals(AMS) && key.service().equals("s") && zone.equals("ams"));
      if (in) {
        wanted.put(key.service() + "/" + key.id(), zone);
      }
    });
    return wanted;
  }

  /** Each event has to change something. */
  private static void apply(Map<String, String> reader, String text) {
    text.lines().filter(line -> line.startsWith("data: ")).forEach(line -> {
      JsonObject data = new JsonObject(line.substring(6));
      String key = data.getString("service", "s") + "/" + data.getString("id");
      JsonObject instance = data.getJsonObject("instance");
      String zone = instance == null ? null : instance.getString("zone");
      String before = zone == null ? reader.remove(key) : reader.put(key, zone);
      assertThat(before).isNotEqualTo(zone);
    });
  }
}

package io.hera.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.hera.json.JsonWriter;
import io.hera.registry.Change;
import io.hera.registry.Delta;
import io.hera.registry.Entry;
import io.hera.registry.Key;
import io.hera.registry.OriginDelta;
import io.hera.registry.Registration;
import io.hera.registry.Registry;
import io.hera.registry.Silence;
import io.hera.registry.Tombstone;
import io.hera.registry.ViewListener;
import io.hera.store.history.Author;
import io.hera.store.history.Cause;
import io.hera.store.history.EventJson;
import io.hera.store.history.EventPage;
import io.hera.store.history.EventQuery;
import io.hera.store.history.EventType;
import io.hera.store.history.HistoryEvent;
import io.hera.testkit.Handshakes;
import io.hera.testkit.TestLimits;
import io.hera.wire.ContentHasher;
import io.hera.wire.NodeId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The events that the node a records, and their causes. */
class HistoryRecorderTest {
  private static final long START = 1_700_000_000_000L;
  private static final Key KEY = new Key("s", "1");
  private static final Author ALICE = new Author() {
    @Override
    public String address() {
      return "10.0.0.7";
    }

    @Override
    public String identity() {
      return "alice";
    }
  };

  private final ManualTimer timer = new ManualTimer();
  private long steppedMillis;
  private final List<List<HistoryEvent>> published = new ArrayList<>();
  private final Readiness readiness = new Readiness();
  private final Registry registry = new Registry(
      "a",
      Set.of("a", "b"),
      TestLimits.DEFAULT,
      () -> Instant.ofEpochMilli(START + timer.nowMillis() + steppedMillis),
      () -> TimeUnit.MILLISECONDS.toNanos(timer.nowMillis()),
      new ContentHasher(Set.of("updated_at")),
      new ViewListener() {
        @Override
        public void changed(Change change) {
          if (change.contentChanged()) {
            recorder().changed(change);
          }
        }

        @Override
        public void moved(Change change) {
          recorder().changed(change);
        }

        @Override
        public void silence(Silence silence) {
          recorder().silence(silence);
        }
      });
  private final RegistryWrites writes = new RegistryWrites(registry, readiness);
  private final HistoryRecorder recorder = new HistoryRecorder(
      registry,
      Handshakes.own(new NodeId("a", "life-a"), Set.of("a", "b")),
      writes::acting,
      timer,
      published::add);

  private HistoryRecorder recorder() {
    return recorder;
  }

  /** Lets time pass without a pause of the process (P11). */
  private void pass(long millis) {
    for (long left = millis; left > 0; left -= 250) {
      timer.advance(Math.min(250, left));
      registry.purge(100);
    }
  }

  private void becomeReady() {
    registry.recovered();
    registry.synchronised();
    readiness.synchronise();
    recorder.begin();
  }

  private void put(String document) {
    writes.write(new Write.By(ALICE, new Write.Put(KEY, document.getBytes(UTF_8), 10_000)));
  }

  private void answer(Entry... entries) {
    Delta delta =
        new Delta(List.of(new OriginDelta("b", 0, START + 60_000, false, List.of(entries), false)));
    recorder.heardFrom("b", () -> registry.merge(delta, Set.of("b"), Set.of("b")));
  }

  private static Registration registration(long version, String document) {
    return new Registration(KEY, document.getBytes(UTF_8), version, 0, 300_000, false);
  }

  private List<HistoryEvent> events() {
    return recorder
        .events()
        .page(new EventPage.Request(EventQuery.ALL, Long.MAX_VALUE, 100))
        .events();
  }

  private HistoryEvent newest() {
    return events().get(0);
  }

  private static String why(HistoryEvent event) {
    JsonWriter out = new JsonWriter(256);
    EventJson.write(out, event, "life-a");
    String json = new String(out.toBytes(), UTF_8);
    return json.substring(json.indexOf("\"why\":") + 7, json.length() - 2);
  }

  @Test
  void aNodeThatStartsRecordsNothingBeforeItIsReady() {
    registry.recovered();
    put("{}");
    answer(registration(START + 1, "{\"b\":1}"));
    assertThat(events()).isEmpty();

    becomeReady();

    assertThat(events()).hasSize(1);
    assertThat(newest().type()).isEqualTo(EventType.READY);
    assertThat(newest().instances()).isEqualTo(1);
    assertThat(why(newest())).isEqualTo("the node is ready, instances: 1");
  }

  @Test
  void aWriteNamesItsClient() {
    becomeReady();
    put("{}");

    assertThat(newest().type()).isEqualTo(EventType.REGISTERED);
    assertThat(newest().cause()).isEqualTo(new Cause.Client(Cause.Action.PUT, "10.0.0.7", "alice"));
    assertThat(newest().times().ttlMillis()).isEqualTo(10_000);
    assertThat(why(newest())).isEqualTo("registered by a PUT from 10.0.0.7 (alice)");
    assertThat(newest().documents()).isNotNull();
  }

  @Test
  void aHeartbeatIsNoEvent() {
    becomeReady();
    put("{}");
    put("{}");
    writes.write(new Write.By(ALICE, new Write.Renew(KEY, 0)));
    put("{\"updated_at\":1}");

    assertThat(events()).hasSize(2);
  }

  @Test
  void aDeregistrationNamesItsClientAndTheLastRenewal() {
    becomeReady();
    put("{}");
    pass(5_000);
    writes.write(new Write.By(ALICE, new Write.Remove(KEY)));

    assertThat(newest().type()).isEqualTo(EventType.DEREGISTERED);
    assertThat(newest().times().ageMillis()).isEqualTo(5_000);
    assertThat(newest().instances()).isZero();
    assertThat(why(newest()))
        .isEqualTo("deregistered by a DELETE from 10.0.0.7 (alice); last renewal "
            + "2023-11-14T22:13:20Z");
  }

  @Test
  void anExpirySaysWhenTheInstanceWasRenewedLast() {
    becomeReady();
    put("{}");
    pass(10_250);

    assertThat(newest().type()).isEqualTo(EventType.EXPIRED);
    assertThat(newest().cause()).isEqualTo(Cause.Own.EXPIRY);
    assertThat(why(newest()))
        .isEqualTo("not renewed for 10 s; last renewal at a 2023-11-14T22:13:20Z");
  }

  @Test
  void anAnswerOfAPeerIsTheCauseOfItsChanges() {
    becomeReady();
    answer(registration(START + 1, "{}"));
    assertThat(newest().cause()).isEqualTo(new Cause.Gossip("b"));
    assertThat(newest().origin()).isEqualTo("b");
    assertThat(newest().times().version()).isEqualTo(START + 1);
    assertThat(why(newest())).isEqualTo("registered at b");

    answer(new Tombstone(KEY, START + 2, 0));
    assertThat(newest().type()).isEqualTo(EventType.DEREGISTERED);
    assertThat(newest().times().version()).isEqualTo(START + 2);
    assertThat(newest().cause()).isEqualTo(new Cause.Gossip("b"));
    assertThat(why(newest())).startsWith("deregistered at b; last renewal ");
  }

  @Test
  void aClientThatMovesToAnotherNodeIsAnEventOnce() {
    becomeReady();
    put("{}");
    for (int i = 1; i < 4; i++) {
      pass(1_000);
      answer(registration(START + 1_000L * i, "{}"));
      pass(1_000);
      put("{}");
    }

    assertThat(events())
        .extracting(HistoryEvent::type)
        .containsExactly(EventType.MOVED, EventType.REGISTERED, EventType.READY);
    assertThat(why(newest())).isEqualTo("renewed at b from now on");
  }

  private void register(int count) {
    for (int i = 0; i < count; i++) {
      writes.write(
          new Write.By(ALICE, new Write.Put(new Key("s", "" + i), "{}".getBytes(UTF_8), 10_000)));
    }
  }

  @Test
  void aServiceThatFallsSilentIsAnEventAndTheEndOfThatIsAnotherOne() {
    becomeReady();
    register(4);
    pass(5_250);

    assertThat(newest().type()).isEqualTo(EventType.SILENT);
    assertThat(newest().service() + "/" + newest().id()).isEqualTo("s/");
    assertThat(newest().origin()).isEqualTo("a");
    assertThat(newest().instances()).isEqualTo(4);
    long since = newest().atMillis();
    assertThat(newest().cause()).isEqualTo(new Cause.Silence(3, 4, since));
    assertThat(why(newest()))
        .isEqualTo("3 of 4 instances at a are silent since 2023-11-14T22:13:25Z:"
            + " not renewed for half of their ttl");

    register(4);
    assertThat(newest().type()).isEqualTo(EventType.NOT_SILENT);
    assertThat(newest().cause()).isEqualTo(new Cause.Silence(0, 4, since));
    assertThat(why(newest()))
        .isEqualTo("most instances at a were silent since 2023-11-14T22:13:25Z; now 0 of 4 are");
    assertThat(events()).hasSize(7);
  }

  @Test
  void aServiceThatExpiresAsAWholeIsNotSilentAnyMore() {
    becomeReady();
    register(3);
    pass(10_250);

    assertThat(events().subList(0, 5))
        .extracting(HistoryEvent::type)
        .containsExactlyInAnyOrder(
            EventType.EXPIRED,
            EventType.EXPIRED,
            EventType.EXPIRED,
            EventType.NOT_SILENT,
            EventType.SILENT);
    assertThat(events().get(4).type()).isEqualTo(EventType.SILENT);
    assertThat(events().get(4).number()).isEqualTo(5);
  }

  @Test
  void aNodeThatStartsDoesNotRecordSilence() {
    registry.recovered();
    register(3);
    pass(6_000);
    assertThat(events()).isEmpty();
  }

  @Test
  void anEntryThatACorrectedClockDropsHasNotExpired() {
    becomeReady();
    answer(registration(START + 50_000, "{}"));
    steppedMillis = -3_600_000;
    pass(2_000);

    assertThat(newest().type()).isEqualTo(EventType.DROPPED);
    assertThat(newest().cause()).isEqualTo(Cause.Own.CLOCK);
    assertThat(why(newest())).startsWith("its version is too far ahead of the agreed time; ");
  }

  @Test
  void eventsWithinTwentyMillisecondsArePublishedTogether() {
    becomeReady();
    put("{}");
    put("{\"a\":1}");
    assertThat(published).isEmpty();
    timer.advance(20);
    assertThat(published).hasSize(1);
    assertThat(published.get(0)).extracting(HistoryEvent::number).containsExactly(1L, 2L, 3L);
    timer.advance(1_000);
    assertThat(published).hasSize(1);
  }
}

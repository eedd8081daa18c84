package io.hera.disk;

import static org.assertj.core.api.Assertions.assertThat;

import io.hera.registry.Key;
import io.hera.store.BusStore;
import io.hera.store.OwnHandshake;
import io.hera.store.ReadSide;
import io.hera.store.StoreSettings;
import io.hera.store.StoreVerticle;
import io.hera.store.Write;
import io.hera.store.history.EventPage;
import io.hera.store.history.EventQuery;
import io.hera.store.history.HistoryEvent;
import io.hera.store.history.HistoryEvents;
import io.hera.store.page.PageMemory;
import io.hera.testkit.Eventually;
import io.hera.testkit.Handshakes;
import io.hera.testkit.TestLimits;
import io.hera.wire.ContentHasher;
import io.hera.wire.NodeId;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** When events are written, and read back. */
@Timeout(60)
class EventFileVerticleTest {
  @TempDir
  private Path directory;

  private final Vertx vertx = Vertx.vertx();
  private int lives;

  /** A node without HTTP and gossip. */
  private final class Life {
    private final BusStore store;
    private final EventFileVerticle file;
    private final String deployed;
    private final StoreVerticle state;

    Life(String readOnly) {
      String life = "0123456789abcde" + lives++;
      OwnHandshake self = Handshakes.own(new NodeId("a", life), Set.of("a"));
      store = new BusStore(vertx, life);
      state = new StoreVerticle(
          store,
          new ReadSide(new PageMemory(1 << 20)),
          self,
          new StoreSettings(Set.of("a"), TestLimits.DEFAULT),
          new ContentHasher(Set.of()),
          InstantSource.system(),
          System::nanoTime);
      file = new EventFileVerticle(store, path(), readOnly);
      deployed = vertx
          .deployVerticle(state)
          .compose(id -> state.deployAbove(() -> vertx.deployVerticle(file)).map(id))
          .await();
    }

    Life ready() {
      store.recovered("in a test").await();
      store.synchronised("in a test").await();
      return this;
    }

    void put(int from, int count) {
      List<Write> writes = new ArrayList<>();
      for (int i = from; i < from + count; i++) {
        byte[] document = "{\"n\":%d}".formatted(i).getBytes(StandardCharsets.UTF_8);
        writes.add(new Write.Put(new Key("web", "" + i), document, 0));
      }
      store.write(writes).await();
    }

    /** Returns the JSON form of all events, newest first. */
    List<String> events() {
      EventPage.Request all = new EventPage.Request(EventQuery.ALL, Long.MAX_VALUE, 100_000);
      return store.events(all).await().events().stream()
          .map(HistoryEvent::withoutDocuments)
          .map(HistoryEvents::text)
          .toList();
    }

    void stop() {
      vertx.undeploy(deployed).await();
    }
  }

  @AfterEach
  void close() {
    vertx.close().await();
  }

  private Path path() {
    return directory.resolve("a.events.jsonl");
  }

  private List<String> lines() throws IOException {
    return Files.exists(path()) ? Files.readAllLines(path()) : List.of();
  }

  @Test
  void eachEventIsWrittenSoon() {
    Life life = new Life("").ready();
    life.put(0, 3_000);
    Eventually.passes(() -> assertThat(lines()).hasSize(3_001));
    Eventually.passes(() -> assertThat(life.file.report().written()).isEqualTo(3_001));
    assertThat(life.file.report()).isEqualTo(new EventFileReport(3_001, 0, 0, ""));
  }

  /** The store publishes events only after 20 ms, and has the last 1,000 of a service then. */
  @Test
  void aNodeThatStopsWritesTheRest() throws IOException {
    Life life = new Life("").ready();
    life.put(0, 900);
    life.stop();
    assertThat(lines()).hasSize(901);
    assertThat(lines().stream().distinct()).hasSize(901);
  }

  /** As at a stop within 20 ms of many changes: the file hears of none of them, and the store has the last ones. */
  @Test
  void aNodeThatStopsCountsWhatTheStoreKeepsNoMore() throws IOException {
    Life life = new Life("").ready();
    life.put(0, 3_000);
    Eventually.passes(() -> assertThat(lines()).hasSize(3_001));
    Path late = directory.resolve("late.events.jsonl");
    EventFileVerticle untold = new EventFileVerticle(life.store, late, "");
    life.state.deployAbove(() -> vertx.deployVerticle(untold)).await();
    life.stop();
    assertThat(Files.readAllLines(late)).hasSize(1_001);
    assertThat(untold.report()).isEqualTo(new EventFileReport(1_001, 2_000, 0, ""));
  }

  @Test
  void anotherLifeGoesOnWithTheEventsReadBack() throws IOException {
    Life before = new Life("").ready();
    before.put(0, 1_200);
    List<String> seen = before.events();
    assertThat(seen).as("bounded per service, and the event of the node").hasSize(1_001);
    Eventually.passes(() -> assertThat(lines()).hasSize(1_201));
    before.stop();

    Life after = new Life("");
    assertThat(after.events()).isEqualTo(seen);
    after.put(2_000, 1);
    assertThat(after.events()).as("before the node is ready").hasSize(1_001);
    after.ready();
    assertThat(after.events()).hasSize(1_002);
    assertThat(after.events().get(0)).startsWith("{\"n\":1202,").contains("\"type\":\"ready\"");
    after.stop();
    assertThat(lines()).as("the events read back are not written again").hasSize(1_202);
  }

  @Test
  void theFirstNumberSaysWhichEventsWereNotReadBack() throws IOException {
    Life before = new Life("").ready();
    before.put(0, 10);
    before.stop();
    Files.write(path(), lines().subList(4, 11));
    Life after = new Life("");
    assertThat(after.events()).hasSize(7);
    EventPage.Request all = new EventPage.Request(EventQuery.ALL, Long.MAX_VALUE, 1);
    assertThat(after.store.events(all).await().first()).isEqualTo(5);
  }

  @Test
  void aDiskThatTakesNothingRefusesNoWriteAndGetsTheEventsLater() throws IOException {
    Files.createDirectories(path().resolve("x"));
    Life life = new Life("").ready();
    life.put(0, 10);
    Eventually.passes(() -> assertThat(life.file.report().failures()).isPositive());
    assertThat(life.file.report().error()).contains("a.events.jsonl: is not a file");
    life.put(10, 10);
    Files.move(path(), directory.resolve("aside"));
    Eventually.passes(() -> assertThat(lines()).hasSize(21));
    Eventually.passes(() -> assertThat(life.file.report().error()).isEmpty());
    assertThat(life.file.report().lost()).isZero();
  }

  @Test
  void eventsThatNeverCouldBeWrittenAreCountedAsLost() throws IOException {
    Life life = new Life("no locks").ready();
    life.put(0, 10);
    Eventually.passes(
        () -> assertThat(life.file.report()).isEqualTo(new EventFileReport(0, 11, 0, "no locks")));
    life.stop();
    assertThat(path()).doesNotExist();
  }

  /** All of them wait while the disk takes none. */
  @Test
  void eventsBeyondTheQueueAreCountedAsLost() throws IOException {
    Files.createDirectories(path().resolve("x"));
    Life life = new Life("").ready();
    life.put(0, 10_000);
    life.put(10_000, 10_000);
    Eventually.passes(() -> assertThat(life.file.report().lost()).isEqualTo(20_001 - (1 << 14)));
    life.stop();
    assertThat(path()).isDirectory();
  }
}

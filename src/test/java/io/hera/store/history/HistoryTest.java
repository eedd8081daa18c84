package io.hera.store.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.hera.registry.EntryTimes;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

class HistoryTest {
  private static final Cause BY_CLIENT = new Cause.Client(Cause.Action.PUT, "10.0.0.1", "");

  private final History history = new History();
  private long nowMillis = 1_700_000_000_000L;

  private HistoryEvent add(EventType type, String service, String id) {
    return add(type, service, id, null);
  }

  private HistoryEvent add(EventType type, String service, String id, byte[] document) {
    HistoryEvent event = new HistoryEvent(
        history.last() + 1,
        "life",
        nowMillis,
        type,
        service,
        id,
        "a",
        new EntryTimes(1, 1_000, 0),
        1,
        BY_CLIENT,
        0,
        document == null ? null : new HistoryEvent.Documents(null, document));
    return history.add(event);
  }

  private List<HistoryEvent> page(String service, String id) {
    EventQuery query = new EventQuery(
        Optional.of(service), Optional.of(id), Optional.empty(), Optional.empty(), any -> true);
    return history.page(new EventPage.Request(query, Long.MAX_VALUE, 100_000)).events();
  }

  private List<HistoryEvent> all() {
    return history
        .page(new EventPage.Request(EventQuery.ALL, Long.MAX_VALUE, 100_000))
        .events();
  }

  @Test
  void aPageHasTheNewestEventsFirst() {
    add(EventType.REGISTERED, "s", "1");
    add(EventType.REGISTERED, "t", "1");
    add(EventType.EXPIRED, "s", "1");

    assertThat(all()).extracting(HistoryEvent::number).containsExactly(3L, 2L, 1L);
    assertThat(history.page(new EventPage.Request(EventQuery.ALL, 3, 1)).events())
        .extracting(HistoryEvent::number)
        .containsExactly(2L);
    assertThat(page("s", "1")).extracting(HistoryEvent::number).containsExactly(3L, 1L);
    assertThat(page("u", "1")).isEmpty();
  }

  @Test
  void aReaderGetsOnlyEventsOfServicesThatItMaySee() {
    add(EventType.READY, "", "");
    add(EventType.REGISTERED, "s", "1");
    add(EventType.REGISTERED, "t", "1");
    EventQuery query = new EventQuery(
        Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), "t"::equals);

    assertThat(history.page(new EventPage.Request(query, Long.MAX_VALUE, 10)).events())
        .extracting(HistoryEvent::service)
        .containsExactly("t", "");
  }

  @Test
  void noisyServicesDoNotPushOutThePastOfAQuietOne() {
    add(EventType.REGISTERED, "quiet", "1");
    for (int i = 0; i < 2 * History.EVENTS_MAX; i++) {
      add(EventType.REGISTERED, "noisy" + i % 20, "i" + i);
    }

    assertThat(page("quiet", "1")).hasSize(1);
    assertThat(all()).hasSize(History.EVENTS_MAX);
    assertThat(history.first()).isGreaterThan(History.EVENTS_MAX);
    assertThat(later(EventQuery.ALL, history.first() - 1, 100_000).events())
        .hasSize((int) (history.last() - history.first() + 1));
    assertThat(firstOf("quiet")).isEqualTo(1);
    assertThat(firstOf("noisy0")).isGreaterThan(History.EVENTS_MAX / 2);
  }

  private LaterEvents later(EventQuery query, long after, int max) {
    return history.later(new LaterEvents.Request(query, after), max);
  }

  private static EventQuery of(String service) {
    return new EventQuery(
        Optional.of(service), Optional.empty(), Optional.empty(), Optional.empty(), any -> true);
  }

  private static EventQuery of(Predicate<String> services) {
    return new EventQuery(
        Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), services);
  }

  /** Asserts that a list and a stream agree. */
  private long firstOf(String service) {
    long first = later(of(service), 0, 1).first();
    EventPage.Request list = new EventPage.Request(of(service), Long.MAX_VALUE, 1);
    assertThat(history.page(list).first()).isEqualTo(first);
    return first;
  }

  @Test
  void aReaderMissesEventsOnlyIfItsServicesHaveLostThem() {
    add(EventType.READY, "", "");
    add(EventType.REGISTERED, "quiet", "1");
    for (int i = 0; i < History.SERVICE_MAX + 10; i++) {
      add(EventType.REGISTERED, "noisy", "i" + i);
    }

    assertThat(firstOf("noisy")).isEqualTo(13);
    assertThat(firstOf("quiet")).isEqualTo(1);
    assertThat(firstOf("none")).isEqualTo(1);
    assertThat(history.first()).isEqualTo(13);
    assertThat(later(of("quiet"::equals), 0, 1).first()).isEqualTo(1);
    assertThat(later(of("noisy"::equals), 0, 1).first()).isEqualTo(13);
  }

  @Test
  void aServiceWithoutEventsMayHaveLostAsManyAsAnyOther() {
    for (int i = 0; i <= History.EVENTS_MAX; i++) {
      add(EventType.REGISTERED, "s" + i, "1");
    }

    assertThat(page("s0", "1")).isEmpty();
    assertThat(firstOf("s0")).isEqualTo(2);
    assertThat(firstOf("s1")).isEqualTo(2);
    assertThat(firstOf("none")).isEqualTo(2);
  }

  @Test
  void eventsThatWereNotReadBackMayBeOfAnyService() {
    HistoryEvents.registrations(8, 2).forEach(history::add);

    assertThat(firstOf("quiet")).isEqualTo(8);
  }

  @Test
  void laterEventsSayUpToWhereTheyHaveAllThatAreWanted() {
    for (int i = 0; i < 6; i++) {
      add(EventType.REGISTERED, i == 4 ? "t" : "s", "i" + i);
    }

    assertThat(later(EventQuery.ALL, 0, 4).reached()).isEqualTo(4);
    assertThat(later(of("s"), 0, 4).reached()).isEqualTo(4);
    assertThat(later(of("s"), 4, 4).reached()).isEqualTo(6);
    LaterEvents none = later(of("u"), 0, 4);
    assertThat(none.reached()).isEqualTo(6);
    assertThat(none.events()).isEmpty();
    LaterEvents readable = later(of("t"::equals), 0, 5);
    assertThat(readable.reached()).isEqualTo(5);
    assertThat(readable.events()).extracting(HistoryEvent::number).containsExactly(5L);
    assertThat(later(EventQuery.ALL, Long.MAX_VALUE, 4).reached()).isEqualTo(6);
  }

  @Test
  void noneOfAServiceIsMissingFromItsFirstNumberOn() {
    Random random = new Random(2012);
    Map<Long, String> added = new HashMap<>();
    for (int i = 0; i < 40_000; i++) {
      String service = "s" + (int) Math.sqrt(random.nextInt(1_600));
      add(EventType.REGISTERED, service, "i" + i);
      added.put(history.last(), service);
    }
    Map<String, Long> expected = new HashMap<>();
    added.forEach((number, service) ->
        expected.merge(service, history.event(number).isPresent() ? 1 : number + 1, Math::max));

    assertThat(expected).hasSize(40).containsValue(1L);
    expected.forEach((service, first) -> assertThat(firstOf(service)).isEqualTo(first));
  }

  @Test
  void theInstancesThatAreFlappingAreThoseThatAllEventsShow() {
    Random random = new Random(2012);
    EventType[] types = EventType.values();
    int most = 0;
    for (int i = 0; i < 40_000; i++) {
      nowMillis += random.nextInt(100);
      String service = "s" + (int) Math.sqrt(random.nextInt(1_600));
      add(
          types[random.nextInt(types.length)],
          service,
          "i" + random.nextInt(1 + random.nextInt(60)));
      if (i % 997 == 0) {
        long since = nowMillis - random.nextInt(1_200_000);
        most = Math.max(most, history.flapping(since));
        assertThat(history.flapping(since)).as("seed 2012, %d", i).isEqualTo(flapping(since));
      }
    }
    assertThat(most).isGreaterThan(100);
    assertThat(all()).anyMatch(event -> event.folded() > 0);
  }

  /** Counts in the way that needs all events. */
  private int flapping(long sinceMillis) {
    Map<String, Long> ends = new HashMap<>();
    for (HistoryEvent event : all()) {
      if (event.atMillis() >= sinceMillis && event.type().isOfInstance()) {
        long many = event.folded() / 2 + (event.type().isEnd() ? 1 : 0);
        ends.merge(event.service() + "/" + event.id(), many, Long::sum);
      }
    }
    return (int)
        ends.values().stream().filter(many -> many >= Flapping.ENDS_MIN).count();
  }

  @Test
  void aServiceKeepsAThousandEvents() {
    for (int i = 0; i < 1_500; i++) {
      add(EventType.REGISTERED, "s", "i" + i);
    }

    assertThat(all()).hasSize(History.SERVICE_MAX);
    assertThat(history.first()).isEqualTo(501);
  }

  @Test
  void manyEventsOfOneInstanceAreFoldedIntoTheNewestOne() {
    for (int i = 0; i < 50; i++) {
      add(i % 2 == 0 ? EventType.REGISTERED : EventType.EXPIRED, "s", "1");
    }

    List<HistoryEvent> kept = page("s", "1");
    assertThat(kept).hasSize(21);
    assertThat(kept.get(0).number()).isEqualTo(50);
    assertThat(kept.get(0).type()).isEqualTo(EventType.EXPIRED);
    assertThat(kept.get(0).folded()).isEqualTo(29);
    assertThat(history.first()).isEqualTo(1);
    assertThat(history.flapping(nowMillis)).isEqualTo(1);
    assertThat(history.flapping(nowMillis + 1)).isZero();
  }

  @Test
  void anInstanceIsFlappingFromItsFifthEndOn() {
    for (int i = 0; i < 5; i++) {
      assertThat(history.flapping(nowMillis)).isZero();
      add(EventType.REGISTERED, "s", "1");
      add(EventType.EXPIRED, "s", "1");
      add(EventType.EXPIRED, "s", "2-" + i);
      add(EventType.EXPIRED, "s-" + i, "1");
    }

    assertThat(history.flapping(nowMillis)).isEqualTo(1);
    nowMillis += 1_000;
    add(EventType.EXPIRED, "s", "1");
    assertThat(history.flapping(nowMillis)).isZero();
    assertThat(history.flapping(nowMillis - 1_000)).isEqualTo(1);
  }

  @Test
  void manyEventsOfAServiceItselfAreFoldedAndItsInstancesAreNotFlapping() {
    for (int i = 0; i < 50; i++) {
      add(i % 2 == 0 ? EventType.SILENT : EventType.NOT_SILENT, "s", "");
      add(EventType.READY, "", "");
    }

    assertThat(page("s", "")).hasSize(21);
    assertThat(page("s", "").get(0).folded()).isEqualTo(29);
    assertThat(history.flapping(nowMillis)).isZero();
  }

  @Test
  void anInstanceThatFlapsForHoursHasTwentyEventsInTenMinutes() {
    for (int minute = 0; minute < 40; minute++) {
      nowMillis += 60_000;
      for (int i = 0; i < 10; i++) {
        add(EventType.UPDATED, "s", "1");
      }
    }

    assertThat(page("s", "1")).hasSizeBetween(81, 90);
    assertThat(page("s", "1").stream().mapToLong(event -> event.folded() + 1).sum())
        .isEqualTo(400);
  }

  @Test
  void theOldestEventsLoseTheirDocumentsAndStay() {
    for (int i = 0; i < 10; i++) {
      add(EventType.REGISTERED, "s", "i" + i, new byte[1 << 20]);
    }

    assertThat(history.documentBytes()).isEqualTo(History.DOCUMENT_BYTES_MAX);
    assertThat(all()).hasSize(10);
    assertThat(history.event(2).orElseThrow().documents()).isNull();
    assertThat(history.event(3).orElseThrow().documents()).isNotNull();
    assertThat(history.event(11)).isEmpty();
  }

  @Test
  void documentsOfEventsThatHaveGoneAreNotCounted() {
    for (int i = 0; i < 3 * History.SERVICE_MAX; i++) {
      add(EventType.UPDATED, "s", "i" + i, new byte[100]);
    }

    assertThat(history.documentBytes()).isEqualTo(100L * History.SERVICE_MAX);
  }
}

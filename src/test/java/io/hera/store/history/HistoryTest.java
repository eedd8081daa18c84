package io.hera.store.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.hera.registry.EntryTimes;
import java.util.List;
import java.util.Optional;
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
    assertThat(history.after(history.first() - 1, 100_000).events())
        .hasSize((int) (history.last() - history.first() + 1));
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
    assertThat(history.flapping(nowMillis, 24)).isEqualTo(1);
    assertThat(history.flapping(nowMillis, 26)).isZero();
    assertThat(history.flapping(nowMillis + 1, 1)).isZero();
  }

  @Test
  void manyEventsOfAServiceItselfAreFoldedAndItsInstancesAreNotFlapping() {
    for (int i = 0; i < 50; i++) {
      add(i % 2 == 0 ? EventType.SILENT : EventType.NOT_SILENT, "s", "");
      add(EventType.READY, "", "");
    }

    assertThat(page("s", "")).hasSize(21);
    assertThat(page("s", "").get(0).folded()).isEqualTo(29);
    assertThat(history.flapping(nowMillis, 1)).isZero();
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

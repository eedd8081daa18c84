package io.hera.http.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.hera.http.Query;
import io.hera.registry.EntryTimes;
import io.hera.store.history.Cause;
import io.hera.store.history.EventType;
import io.hera.store.history.HistoryEvent;
import io.hera.wire.ProblemException;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Tests what one client gets of the events of the history: one by one, held back, and summed up. */
class HistoryStreamTest {
  private static HistoryStream<String> stream(String query) {
    try {
      return new HistoryStream<>(
          "client", EventTerms.ofStream(new Query(query), service -> !service.equals("hidden")));
    } catch (ProblemException malformed) {
      throw new AssertionError(malformed);
    }
  }

  private static SharedEvent event(long number, String service, EventType type) {
    HistoryEvent event = new HistoryEvent(
        number,
        "life",
        1_000 + number,
        type,
        service,
        "id-" + number,
        "a",
        new EntryTimes(number, 30_000, 0),
        (int) number,
        Cause.Own.EXPIRY,
        0,
        null);
    return new SharedEvent(event, "life");
  }

  private static List<SharedEvent> events(int from, int to) {
    return IntStream.rangeClosed(from, to)
        .mapToObj(number -> event(number, "s", EventType.EXPIRED))
        .toList();
  }

  private static String taken(HistoryStream<String> stream, long window, List<SharedEvent> events) {
    Buffer text = Buffer.buffer();
    stream.take(events, window, text);
    return text.toString();
  }

  private static long count(String text, String type) {
    return text.lines().filter(("event: " + type)::equals).count();
  }

  private static JsonObject data(String text) {
    return new JsonObject(text.replaceFirst("(?s).*data: ", ""));
  }

  @Test
  void fiftyEventsOfAWindowAreSentAtOnce() {
    HistoryStream<String> stream = stream("");
    String text = taken(stream, 1, events(1, 50));
    assertThat(count(text, "change")).isEqualTo(50);
    assertThat(text).startsWith("id: life:1\nevent: change\ndata: {\"n\":1,\"at\":1001,");
    assertThat(stream.holds()).isFalse();
    assertThat(stream.position()).isEqualTo(50);
    assertThat(count(taken(stream, 2, events(51, 100)), "change")).isEqualTo(50);
  }

  @Test
  void aFewMoreAreSentOneByOneWhenTheWindowEnds() {
    HistoryStream<String> stream = stream("");
    taken(stream, 1, events(1, 50));
    assertThat(taken(stream, 1, events(51, 60))).isEmpty();
    assertThat(stream.holds()).isTrue();
    assertThat(taken(stream, 1, List.of())).isEmpty();
    assertThat(count(taken(stream, 2, List.of()), "change")).isEqualTo(10);
    assertThat(stream.holds()).isFalse();
    assertThat(count(taken(stream, 2, events(61, 110)), "change")).isEqualTo(40);
  }

  @Test
  void manyMoreAreSummedUp() {
    HistoryStream<String> stream = stream("");
    taken(stream, 1, events(1, 50));
    taken(stream, 1, events(51, 110));
    taken(stream, 1, List.of(event(111, "t", EventType.REGISTERED)));
    String text = taken(stream, 2, List.of());
    assertThat(text).startsWith("id: life:111\nevent: burst\n");
    assertThat(data(text))
        .isEqualTo(new JsonObject("{\"first\":51,\"last\":111,\"at\":1111,"
            + "\"types\":{\"expired\":60,\"registered\":1},\"services\":{\"s\":110,\"t\":111}}"));
    assertThat(count(taken(stream, 2, events(112, 161)), "change")).isEqualTo(50);
  }

  @Test
  void aSumNamesAHundredServicesAndCountsTheOthers() {
    HistoryStream<String> stream = stream("");
    taken(stream, 1, events(1, 50));
    taken(
        stream,
        1,
        IntStream.rangeClosed(51, 200)
            .mapToObj(n -> event(n, "s" + n, EventType.EXPIRED))
            .toList());
    JsonObject sum = data(taken(stream, 2, List.of()));
    assertThat(sum.getJsonObject("services")).hasSize(100);
    assertThat(sum.getInteger("services_left_out")).isEqualTo(50);
    assertThat(sum.getJsonObject("types").getInteger("expired")).isEqualTo(150);
  }

  @Test
  void aStreamOfEveryEventHoldsNoneBack() {
    HistoryStream<String> stream = stream("every");
    assertThat(count(taken(stream, 1, events(1, 5_000)), "change")).isEqualTo(5_000);
    assertThat(stream.holds()).isFalse();
  }

  @Test
  void eventsThatAreNotWantedOrNotReadableArePassedOver() {
    HistoryStream<String> stream = stream("type=expired");
    String text = taken(
        stream,
        1,
        List.of(
            event(1, "hidden", EventType.EXPIRED),
            event(2, "s", EventType.EXPIRED),
            event(3, "s", EventType.UPDATED)));
    assertThat(count(text, "change")).isEqualTo(1);
    assertThat(stream.position()).isEqualTo(3);
  }

  @Test
  void aStreamPassesEventsThatTheStoreHasLookedAtForIt() {
    HistoryStream<String> stream = stream("");
    taken(stream, 1, events(1, 5));
    stream.passed(9);
    stream.passed(2);
    assertThat(stream.position()).isEqualTo(9);
  }

  @Test
  void aStreamThatBeginsAnewForgetsWhatItHoldsBack() {
    HistoryStream<String> stream = stream("");
    taken(stream, 1, events(1, 60));
    stream.begins();
    assertThat(stream.isBeginning()).isTrue();
    stream.begun(70);
    assertThat(taken(stream, 2, List.of())).isEmpty();
    assertThat(stream.position()).isEqualTo(70);
  }

  @Test
  void onlyALiveStreamIsWoken() {
    HistoryStream<String> stream = stream("");
    assertThat(stream.wake()).isFalse();
    stream.begun(5);
    assertThat(stream.wake()).isFalse();
    stream.caughtUp();
    assertThat(stream.wake()).isTrue();
    assertThat(stream.wake()).isFalse();
  }

  @Test
  void recentEventsAreThereWithoutAGapOrNotAtAll() {
    RecentEvents recent = new RecentEvents();
    assertThat(recent.after(0)).contains(List.of());
    recent.exists(9);
    assertThat(recent.after(0)).isEmpty();
    assertThat(recent.after(9)).contains(List.of());
    events(10, 600).forEach(recent::add);
    assertThat(recent.after(8)).isEmpty();
    assertThat(recent.after(9).orElseThrow().get(0).number()).isEqualTo(10);
    assertThat(recent.after(9).orElseThrow().size()).isBetween(50, 300);
    assertThat(recent.after(598).orElseThrow()).hasSize(2);
    recent.add(event(700, "s", EventType.EXPIRED));
    assertThat(recent.after(600)).isEmpty();
    recent.clear();
    assertThat(recent.after(699)).isEmpty();
    assertThat(recent.last()).isEqualTo(700);
  }

  @Test
  void recentEventsAreBoundedByTheirBytes() {
    RecentEvents recent = new RecentEvents();
    int bytes = event(10_000, "s", EventType.EXPIRED).bytes();
    int fit = RecentEvents.BYTES_MAX / bytes;
    events(10_000, 10_000 + 2 * fit).forEach(recent::add);
    assertThat(recent.after(10_000 + fit - 50)).isEmpty();
    assertThat(recent.after(10_000 + fit + 50)).isPresent();
  }
}

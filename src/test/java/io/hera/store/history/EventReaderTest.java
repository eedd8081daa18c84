package io.hera.store.history;

import static io.hera.store.history.HistoryEvents.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import io.hera.registry.EntryTimes;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Reading events back from their JSON form. */
class EventReaderTest {
  private static Optional<HistoryEvent> read(String json) {
    return EventReader.read(json.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void anEventOfAnyTypeAndCauseReadsBackAsItWasWithTheSameWords() {
    for (HistoryEvent event : HistoryEvents.ofAllKinds(1)) {
      HistoryEvent back = EventReader.read(HistoryEvents.line(event)).orElseThrow();
      HistoryEvent expected = event.type() == EventType.READY
          ? event
          : new HistoryEvent(
              event.number(),
              "9f2c",
              NOW + event.number(),
              event.type(),
              "wéb\n",
              event.id(),
              "a",
              new EntryTimes(NOW, 300_000, 1_234),
              3,
              event.cause(),
              event.folded(),
              null);
      assertThat(back).isEqualTo(expected);
      assertThat(HistoryEvents.text(back)).isEqualTo(HistoryEvents.text(event));
    }
  }

  @Test
  void membersOfALaterVersionArePassedOver() {
    String event = HistoryEvents.text(HistoryEvents.registrations(7, 1).get(0));
    String later =
        event.replaceFirst("\\{", "{\"zone\":[1,{}],\"held\":null,\"by_whom\":{\"x\":1},");
    assertThat(read(later)).isEqualTo(read(event)).isPresent();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{}",
        "[]",
        "null",
        "{\"n\":1,\"life\":\"9f2c\",\"at\":1,\"type\":\"held\",\"cause\":{\"kind\":\"start\"}}",
        "{\"n\":1,\"life\":\"9f2c\",\"at\":1,\"type\":\"ready\",\"cause\":{\"kind\":\"hold ended\"}}",
        "{\"n\":1,\"life\":\"9f2c\",\"at\":1,\"type\":\"ready\",\"cause\":{\"kind\":\"gossip\"}}",
        "{\"n\":1,\"life\":\"9f2c\",\"at\":1,\"type\":\"ready\"}",
        "{\"n\":-1,\"life\":\"9f2c\",\"at\":1,\"type\":\"ready\",\"cause\":{\"kind\":\"start\"}}",
        "{\"n\":1e300,\"life\":\"9f2c\",\"at\":1,\"type\":\"ready\",\"cause\":{\"kind\":\"start\"}}",
        "{\"n\":1,\"life\":\"9f2c\",\"at\":\"1\",\"type\":\"ready\",\"cause\":{\"kind\":\"start\"}}",
        "{\"n\":1,\"at\":1,\"type\":\"ready\",\"cause\":{\"kind\":\"start\"}}",
        "{\"n\":1,\"life\":\"9f2c\",\"at\":1,\"type\":\"ready\",\"cause\":{\"kind\":\"start\"}} {}"
      })
  void anotherTextIsNotAnEvent(String text) {
    assertThat(read(text)).isEmpty();
  }

  /** Reading never throws; an event that was read can be written, and reads back. */
  @Test
  void damagedEventsAreReadOrPassedOver() {
    List<HistoryEvent> events = HistoryEvents.ofAllKinds(1);
    Random random = new Random(2012);
    for (int i = 0; i < 20_000; i++) {
      byte[] line = HistoryEvents.line(events.get(random.nextInt(events.size())));
      for (int flips = random.nextInt(3); flips >= 0; flips--) {
        line[random.nextInt(line.length)] ^= (byte) (1 << random.nextInt(8));
      }
      byte[] damaged =
          random.nextInt(4) == 0 ? Arrays.copyOf(line, random.nextInt(line.length)) : line;
      Optional<HistoryEvent> read = EventReader.read(damaged);
      assertThat(read.map(HistoryEvents::line).flatMap(EventReader::read))
          .as("seed 2012, %d", i)
          .isEqualTo(read);
    }
  }
}

package io.hera.store.history;

import static org.assertj.core.api.Assertions.assertThat;

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
      assertThat(back).isEqualTo(event);
      assertThat(HistoryEvents.text(back)).isEqualTo(HistoryEvents.text(event));
    }
  }

  /** The lines are of the first version that wrote events, which knew events of instances and of the node. */
  @Test
  void aFileOfThatVersionIsRead() {
    String start =
        "{\"n\":1,\"at\":1700000000001,\"life\":\"9f2c\",\"type\":\"ready\",\"instances\":0,"
            + "\"documents\":false,\"cause\":{\"kind\":\"start\"},\"why\":\"the node is ready, instances: 0\"}";
    String expiry = "{\"n\":2,\"at\":1700000000002,\"life\":\"9f2c\",\"type\":\"expired\","
        + "\"service\":\"web\",\"id\":\"1\",\"origin\":\"a\",\"version\":1700000000000,\"ttl_ms\":1000,"
        + "\"age_ms\":1002,\"instances\":0,\"documents\":false,\"cause\":{\"kind\":\"expiry\"},"
        + "\"why\":\"not renewed for 1.0 s; last renewal at a 2023-11-14T22:13:19Z\"}";
    assertThat(read(start).map(HistoryEvents::text)).contains(start);
    assertThat(read(expiry).map(HistoryEvents::text)).contains(expiry);
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
        "{\"n\":1,\"life\":\"9f2c\",\"at\":1,\"type\":\"expired\",\"cause\":{\"kind\":\"expiry\"}}",
        "{\"n\":1,\"life\":\"9f2c\",\"at\":1,\"type\":\"silent\",\"cause\":{\"kind\":\"expiry\"}}",
        "{\"n\":1,\"life\":\"9f2c\",\"at\":1,\"type\":\"ready\",\"cause\":{\"kind\":\"silence\",\"silent\":1}}",
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

package io.hera.store.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hera.registry.EntryTimes;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class EventSequenceTest {
  private static HistoryEvent event(long number, String id) {
    return new HistoryEvent(
        number,
        "life",
        1,
        EventType.REGISTERED,
        "s",
        id,
        "a",
        new EntryTimes(1, 1_000, 0),
        1,
        Cause.Own.UNCOVERED,
        0,
        null);
  }

  private static void assertSame(EventSequence events, NavigableMap<Long, HistoryEvent> expected) {
    assertThat(events.size()).isEqualTo(expected.size());
    List<HistoryEvent> oldestFirst = new ArrayList<>(expected.values());
    assertThat(events.after(0)).isEqualTo(oldestFirst);
    assertThat(events.before(Long.MAX_VALUE))
        .isEqualTo(new ArrayList<>(expected.descendingMap().values()));
    if (!expected.isEmpty()) {
      assertThat(events.oldest()).isEqualTo(oldestFirst.get(0));
    }
  }

  private static void assertSameFrom(
      long number, EventSequence events, NavigableMap<Long, HistoryEvent> expected) {
    assertThat(events.get(number)).isEqualTo(Optional.ofNullable(expected.get(number)));
    assertThat(events.after(number))
        .isEqualTo(new ArrayList<>(expected.tailMap(number, false).values()));
    assertThat(events.before(number))
        .isEqualTo(
            new ArrayList<>(expected.headMap(number, false).descendingMap().values()));
  }

  @Test
  void aSequenceIsASortedMapThroughAdditionsRemovalsAndReplacements() {
    for (int seed = 0; seed < 40; seed++) {
      Random random = new Random(seed);
      EventSequence events = new EventSequence();
      TreeMap<Long, HistoryEvent> expected = new TreeMap<>();
      long last = 0;
      for (int step = 0; step < 400; step++) {
        boolean grows = (step / 100) % 2 == 0;
        if (expected.isEmpty() || random.nextInt(10) < (grows ? 8 : 2)) {
          last += 1 + random.nextInt(3);
          events.add(event(last, "1"));
          expected.put(last, event(last, "1"));
        } else {
          long number = random.nextBoolean()
              ? expected.firstKey()
              : expected.floorKey(expected.firstKey() + random.nextInt((int) last));
          if (random.nextInt(5) == 0) {
            events.replace(event(number, "2"));
            expected.put(number, event(number, "2"));
          } else {
            events.remove(number);
            expected.remove(number);
          }
        }
        assertSame(events, expected);
        assertSameFrom(random.nextInt((int) last + 2), events, expected);
      }
    }
  }

  @Test
  void anEventThatIsNotHereCannotBeRemoved() {
    EventSequence events = new EventSequence();
    events.add(event(1, "1"));
    events.add(event(2, "1"));
    events.add(event(4, "1"));
    events.remove(2);
    assertThatThrownBy(() -> events.remove(2)).isInstanceOf(NoSuchElementException.class);
    assertThatThrownBy(() -> events.remove(3)).isInstanceOf(NoSuchElementException.class);
    assertThatThrownBy(() -> events.replace(event(5, "1")))
        .isInstanceOf(NoSuchElementException.class);
    assertThat(events.after(Long.MAX_VALUE)).isEmpty();
  }
}

package io.hera.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.hera.registry.Change;
import io.hera.registry.Key;
import io.hera.store.page.Subject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ChangeLogTest {
  private final ManualTimer timer = new ManualTimer();
  private final List<Changes> published = new ArrayList<>();
  private final ChangeLog log = new ChangeLog();
  private final ChangeBatcher batcher = new ChangeBatcher(timer, batch -> {
    log.add(batch);
    published.add(batch);
  });

  private static Change change(String service, int documentBytes) {
    return new Change(
        new Key(service, "1"), null, new byte[documentBytes], Change.Kind.REGISTERED, "a", true);
  }

  private void publish(int changes, int documentBytes) {
    for (int i = 0; i < changes; i++) {
      batcher.add(change("s", documentBytes));
    }
    timer.advance(20);
  }

  @Test
  void changesWithin20MillisecondsArePublishedTogether() {
    batcher.add(change("s", 1));
    timer.advance(19);
    batcher.add(change("t", 2));
    assertThat(published).isEmpty();
    timer.advance(1);
    assertThat(published).hasSize(1);
    assertThat(published.get(0).first()).isEqualTo(1);
    assertThat(published.get(0).last()).isEqualTo(2);
    assertThat(published.get(0).bytes()).isEqualTo(3);
    assertThat(published.get(0).subjects())
        .isEqualTo(Map.of(Subject.ALL, 0, Subject.of("s"), 0, Subject.of("t"), 1));
  }

  @Test
  void changesAreNumberedWithoutGapsAcrossBatches() {
    publish(2, 1);
    publish(3, 1);
    assertThat(log.last()).isEqualTo(5);
    for (long number = 1; number <= 5; number++) {
      assertThat(log.get(number).orElseThrow().number()).isEqualTo(number);
    }
    assertThat(log.get(0)).isEmpty();
    assertThat(log.get(6)).isEmpty();
  }

  @Test
  void anEmptyLogContinuesNothing() {
    assertThat(log.continuesAfter(0)).isFalse();
    assertThat(log.get(1)).isEmpty();
  }

  @Test
  void aChangeThatIsNotPublishedYetHasANumberAndIsNotInTheLog() {
    batcher.add(change("s", 1));
    assertThat(batcher.last()).isEqualTo(1);
    assertThat(log.last()).isZero();
    assertThat(log.get(1)).isEmpty();
  }

  @Test
  void theOldestBatchesAreDroppedAboveTheLimitOfBytes() {
    publish(1, 5 << 20);
    publish(1, 2 << 20);
    assertThat(log.continuesAfter(0)).isTrue();
    publish(1, 2 << 20);
    assertThat(log.continuesAfter(0)).isFalse();
    assertThat(log.get(1)).isEmpty();
    assertThat(log.continuesAfter(1)).isTrue();
    assertThat(log.get(2)).isPresent();
  }

  @Test
  void theNewestBatchStaysWhateverItTakes() {
    publish(1, 9 << 20);
    assertThat(log.get(1)).isPresent();
    publish(1, 9 << 20);
    assertThat(log.get(1)).isEmpty();
    assertThat(log.get(2)).isPresent();
  }

  @Test
  void theOldestBatchesAreDroppedAboveTheLimitOfChanges() {
    for (int batch = 0; batch < 17; batch++) {
      publish(1 << 10, 0);
    }
    assertThat(log.last()).isEqualTo(17 << 10);
    assertThat(log.continuesAfter((1 << 10) - 1)).isFalse();
    assertThat(log.continuesAfter(1 << 10)).isTrue();
    assertThat(log.get((1 << 10) + 1)).isPresent();
  }

  @Test
  void aNumberFarAboveTheLastIsNotContinued() {
    publish(1, 1);
    assertThat(log.continuesAfter(1 + (1 << 14))).isTrue();
    assertThat(log.continuesAfter(2 + (1 << 14))).isFalse();
  }

  @Test
  void theDerivedFormOfAChangeIsMadeOnce() {
    publish(1, 1);
    AtomicInteger made = new AtomicInteger();
    for (int reader = 0; reader < 2; reader++) {
      String text = log.get(1)
          .orElseThrow()
          .derived(String.class, change -> "made " + made.incrementAndGet());
      assertThat(text).isEqualTo("made 1");
    }
  }
}

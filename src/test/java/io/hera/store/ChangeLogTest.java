package io.hera.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.hera.registry.Change;
import io.hera.registry.ContentVersion;
import io.hera.registry.EntryTimes;
import io.hera.registry.Key;
import io.hera.store.page.Subject;
import java.util.ArrayList;
import java.util.List;
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
        new Key(service, "1"),
        null,
        new byte[documentBytes],
        Change.Kind.REGISTERED,
        "a",
        new Change.Contents(null, ContentVersion.NONE),
        new EntryTimes(1, 1, 0));
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
    assertThat(numbers(Subject.ALL)).containsExactly(1L, 2L);
    assertThat(numbers(Subject.of("s"))).containsExactly(1L);
    assertThat(numbers(Subject.of("t"))).containsExactly(2L);
  }

  private List<Long> numbers(Subject subject) {
    return published.get(0).of(subject, 0).stream().map(LoggedChange::number).toList();
  }

  /** A batch is worked off in one turn by each of its receivers. */
  @Test
  void aFullBatchIsPublishedAtOnce() {
    for (int i = 0; i < 2 * ChangeBatcher.CHANGES_MAX + 1; i++) {
      batcher.add(change("s", 1));
    }
    assertThat(published).hasSize(2);
    batcher.add(change("s", 1 << 20));
    assertThat(published).hasSize(3);
    timer.advance(20);
    assertThat(published).hasSize(3);
    assertThat(published.stream().map(batch -> batch.changes().size()))
        .containsExactly(ChangeBatcher.CHANGES_MAX, ChangeBatcher.CHANGES_MAX, 2);
  }

  @Test
  void theChangesOfASubjectAreFoundFromANumberOn() {
    for (int i = 0; i < 6; i++) {
      batcher.add(change(i % 2 == 0 ? "s" : "t", 1));
    }
    timer.advance(20);
    Changes batch = published.get(0);
    assertThat(batch.of(Subject.of("t"), 3).stream().map(LoggedChange::number))
        .containsExactly(4L, 6L);
    assertThat(batch.of(Subject.of("t"), 4)).hasSize(2);
    assertThat(batch.of(Subject.of("t"), 7)).isEmpty();
    assertThat(batch.of(Subject.of("other"), 1)).isEmpty();
  }

  @Test
  void changesAreNumberedWithoutGapsAcrossBatches() {
    publish(2, 1);
    publish(3, 1);
    assertThat(log.last()).isEqualTo(5);
    for (long number = 1; number <= 5; number++) {
      assertThat(log.batch(number).orElseThrow().of(Subject.ALL, number).get(0).number())
          .isEqualTo(number);
    }
    assertThat(log.batch(0)).isEmpty();
    assertThat(log.batch(6)).isEmpty();
  }

  @Test
  void anEmptyLogContinuesFromTheBeginning() {
    assertThat(log.continuesAfter(-1)).isFalse();
    assertThat(log.continuesAfter(0)).isTrue();
    assertThat(log.batch(1)).isEmpty();
  }

  @Test
  void aChangeThatIsNotPublishedYetHasANumberAndIsNotInTheLog() {
    batcher.add(change("s", 1));
    assertThat(batcher.last()).isEqualTo(1);
    assertThat(log.last()).isZero();
    assertThat(log.batch(1)).isEmpty();
  }

  @Test
  void theOldestBatchesAreDroppedAboveTheLimitOfBytes() {
    publish(1, 5 << 20);
    publish(1, 2 << 20);
    assertThat(log.continuesAfter(0)).isTrue();
    publish(1, 2 << 20);
    assertThat(log.continuesAfter(0)).isFalse();
    assertThat(log.batch(1)).isEmpty();
    assertThat(log.continuesAfter(1)).isTrue();
    assertThat(log.batch(2)).isPresent();
  }

  @Test
  void theNewestBatchStaysWhateverItTakes() {
    publish(1, 9 << 20);
    assertThat(log.batch(1)).isPresent();
    publish(1, 9 << 20);
    assertThat(log.batch(1)).isEmpty();
    assertThat(log.batch(2)).isPresent();
  }

  @Test
  void theOldestBatchesAreDroppedAboveTheLimitOfChanges() {
    for (int batch = 0; batch < 33; batch++) {
      publish(1 << 9, 0);
    }
    assertThat(log.last()).isEqualTo(33 << 9);
    assertThat(log.continuesAfter((1 << 9) - 1)).isFalse();
    assertThat(log.continuesAfter(1 << 9)).isTrue();
    assertThat(log.batch((1 << 9) + 1)).isPresent();
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
      String text = log.batch(1)
          .orElseThrow()
          .changes()
          .get(0)
          .derived(String.class, change -> "made " + made.incrementAndGet());
      assertThat(text).isEqualTo("made 1");
    }
  }
}

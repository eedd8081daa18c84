package io.hera.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class WriteNotifierTest {
  private final ManualTimer timer = new ManualTimer();
  private final List<Long> notified = new ArrayList<>();
  private final WriteNotifier notifier =
      new WriteNotifier(() -> notified.add(timer.nowMillis()), timer);
  private long version;

  private void write(int times) {
    for (int i = 0; i < times; i++) {
      notifier.upTo(++version);
    }
  }

  @Test
  void theFirstWriteIsNotifiedAtOnceAndThoseThatFollowTogether() {
    write(2);
    timer.advance(9);
    write(1);
    timer.advance(991);
    write(1);
    assertThat(notified).containsExactly(0L, 10L, 1_000L);
  }

  @Test
  void whereWritesKeepComingMoreOfThemShareANotification() {
    for (int i = 0; i < 100; i++) {
      write(1);
      timer.advance(1);
    }
    assertThat(notified).containsExactly(0L, 10L, 60L);
    timer.advance(1_000);
    assertThat(notified).containsExactly(0L, 10L, 60L, 110L);
    write(1);
    timer.advance(5);
    write(1);
    timer.advance(1_000);
    assertThat(notified).containsExactly(0L, 10L, 60L, 110L, 1_100L, 1_110L);
  }

  @Test
  void aVersionThatIsNotNewIsNotNotified() {
    notifier.upTo(7);
    timer.advance(100);
    notifier.upTo(7);
    timer.advance(100);
    assertThat(notified).containsExactly(0L);
  }

  @Test
  void aNotificationIsPendingOnlyForPeersThatHaveAllOfTheLastOne() {
    write(1);
    assertThat(notifier.isPending(version)).isFalse();
    write(1);
    assertThat(notifier.isPending(version - 1)).isTrue();
    assertThat(notifier.isPending(version - 2)).isFalse();
    assertThat(notifier.isPending(version + 1)).isFalse();
    timer.advance(10);
    assertThat(notifier.isPending(version - 1)).isFalse();
  }
}

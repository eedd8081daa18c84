package io.hera.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** When writes are told. */
class WriteNotifierTest {
  private final ManualTimer timer = new ManualTimer();
  private final List<Long> told = new ArrayList<>();
  private final WriteNotifier written = new WriteNotifier(() -> told.add(timer.nowMillis()), timer);
  private long version;

  private void write(int times) {
    for (int i = 0; i < times; i++) {
      written.upTo(++version);
    }
  }

  @Test
  void theFirstWriteIsToldAtOnceAndThoseThatFollowTogether() {
    write(2);
    timer.advance(9);
    write(1);
    timer.advance(991);
    write(1);
    assertThat(told).containsExactly(0L, 10L, 1_000L);
  }

  @Test
  void whereWritesKeepComingMoreOfThemAreToldTogether() {
    for (int i = 0; i < 100; i++) {
      write(1);
      timer.advance(1);
    }
    assertThat(told).containsExactly(0L, 10L, 60L);
    timer.advance(1_000);
    assertThat(told).containsExactly(0L, 10L, 60L, 110L);
    write(1);
    timer.advance(5);
    write(1);
    timer.advance(1_000);
    assertThat(told).containsExactly(0L, 10L, 60L, 110L, 1_100L, 1_110L);
  }

  @Test
  void whatHasNotChangedIsNotTold() {
    written.upTo(7);
    timer.advance(100);
    written.upTo(7);
    timer.advance(100);
    assertThat(told).containsExactly(0L);
  }

  @Test
  void onlyThoseWhoHaveAllThatWasToldAreToldTheRestLater() {
    write(1);
    assertThat(written.toBeTold(version)).isFalse();
    write(1);
    assertThat(written.toBeTold(version - 1)).isTrue();
    assertThat(written.toBeTold(version - 2)).isFalse();
    assertThat(written.toBeTold(version + 1)).isFalse();
    timer.advance(10);
    assertThat(written.toBeTold(version - 1)).isFalse();
  }
}

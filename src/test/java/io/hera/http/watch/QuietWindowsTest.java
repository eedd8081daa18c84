package io.hera.http.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.hera.http.Quiet;
import io.hera.store.page.Filter;
import io.hera.store.page.Selection;
import io.hera.store.page.Subject;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Tests when windows of changes close, by alarms that the test rings. */
class QuietWindowsTest {
  private static final Subject.Service S = Subject.of("s");
  private static final Watch WATCH = watch(2_000, 10_000);

  private final ManualAlarms alarms = new ManualAlarms();
  private final Set<Watch> read = new HashSet<>();
  /** The time of each close, and the first change in the window. */
  private final List<String> closed = new ArrayList<>();

  private final QuietWindows windows = new QuietWindows(
      alarms, read::contains, (watch, first) -> closed.add(alarms.now + ":" + first));

  private static Watch watch(long millis, long max) {
    return new Watch(new Selection.OfService(S, Filter.ALL), new Quiet(millis, max));
  }

  private static final class ManualAlarms implements QuietWindows.Alarms {
    private final Map<Long, Alarm> set = new HashMap<>();
    private long now;
    private long last;

    private record Alarm(long number, long at, Runnable due) {}

    @Override
    public long set(long millis, Runnable due) {
      last++;
      set.put(last, new Alarm(last, now + millis, due));
      return last;
    }

    @Override
    public void cancel(long alarm) {
      set.remove(alarm);
    }

    void advance(long millis) {
      long until = now + millis;
      for (Alarm next = next(); next.at <= until; next = next()) {
        set.remove(next.number);
        now = next.at;
        next.due.run();
      }
      now = until;
    }

    private Alarm next() {
      return set.values().stream()
          .min(Comparator.comparingLong(Alarm::at).thenComparing(Alarm::number))
          .orElse(new Alarm(0, Long.MAX_VALUE, () -> {}));
    }
  }

  @Test
  void aWindowClosesWhenNothingHasChangedForTheQuietTime() {
    windows.use(WATCH);
    windows.touch(WATCH, 7);
    alarms.advance(1_500);
    windows.touch(WATCH, 8);
    alarms.advance(1_999);
    assertThat(closed).isEmpty();
    assertThat(windows.openSince(WATCH)).hasValue(7);
    alarms.advance(1);
    assertThat(closed).containsExactly("3500:7");
    assertThat(windows.openSince(WATCH)).isEmpty();
  }

  @Test
  void aWindowThatNeverBecomesQuietClosesAfterTheLongestTime() {
    windows.use(WATCH);
    read.add(WATCH);
    for (int change = 1; change <= 42; change++) {
      windows.touch(WATCH, change);
      alarms.advance(500);
    }
    assertThat(closed).containsExactly("10000:1", "20000:21");
    alarms.advance(2_000);
    assertThat(closed).hasSize(3).last().isEqualTo("22500:41");
  }

  @Test
  void aSingleChangeClosesOneWindow() {
    windows.use(WATCH);
    windows.touch(WATCH, 1);
    alarms.advance(60_000);
    assertThat(closed).containsExactly("2000:1");
  }

  @Test
  void aWatchIsRememberedForAWhileAfterItsLastReader() {
    windows.use(WATCH);
    alarms.advance(5_000);
    windows.touch(WATCH, 1);
    assertThat(windows.openSince(WATCH)).isPresent();
    alarms.advance(4_000);
    assertThat(windows.of(S)).containsExactly(WATCH);
    alarms.advance(20_000);
    assertThat(windows.of(S)).isEmpty();
    assertThat(alarms.set).isEmpty();
    windows.touch(WATCH, 2);
    assertThat(windows.openSince(WATCH)).isEmpty();
  }

  @Test
  void aWatchWithReadersIsNotForgotten() {
    windows.use(WATCH);
    read.add(WATCH);
    alarms.advance(600_000);
    assertThat(windows.of(S)).containsExactly(WATCH);
  }

  @Test
  void aWindowThatBeganLongAgoCanBeClosedEarly() {
    Watch other = watch(3_000, 10_000);
    windows.use(WATCH);
    windows.use(other);
    windows.touch(WATCH, 5);
    windows.touch(other, 9);
    windows.closeBefore(9);
    assertThat(closed).containsExactly("0:5");
    alarms.advance(3_000);
    assertThat(closed).containsExactly("0:5", "3000:9");
  }

  @Test
  void watchesWithoutReadersMakeRoom() {
    windows.use(WATCH);
    read.add(WATCH);
    for (int i = 0; i < QuietWindows.WATCHES_MAX + 10; i++) {
      windows.use(watch(2_000, 10_000 + i));
    }
    assertThat(windows.of(S)).hasSizeLessThan(100).contains(WATCH);
    assertThat(alarms.set).hasSize(windows.of(S).size());
  }
}

package io.hera.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BootTimeTest {
  private long monotonicMillis = 7_000;
  private long suspendedMillis;
  private long wallMillis = 1_700_000_000_000L;
  private OptionalLong uptime = OptionalLong.of(0);
  private final BootTime time = new BootTime(
      () -> TimeUnit.MILLISECONDS.toNanos(monotonicMillis),
      () -> Instant.ofEpochMilli(wallMillis + monotonicMillis),
      () -> uptime.isPresent()
          ? OptionalLong.of(monotonicMillis + suspendedMillis)
          : OptionalLong.empty());

  private long millis() {
    return TimeUnit.NANOSECONDS.toMillis(time.getAsLong());
  }

  @Test
  void aSuspendCounts() {
    assertThat(millis()).isEqualTo(7_000);
    suspendedMillis = 3_600_000;
    monotonicMillis += 1_000;
    assertThat(millis()).isEqualTo(3_608_000);
    monotonicMillis += 1_000;
    assertThat(millis()).isEqualTo(3_609_000);
  }

  @Test
  void theFileIsReadOnceASecond() {
    suspendedMillis = 3_600_000;
    monotonicMillis += 999;
    assertThat(millis()).isEqualTo(7_999);
  }

  @Test
  void aSuspendCountsAtOnceIfTheWallClockShowsIt() {
    suspendedMillis = 3_600_000;
    wallMillis += 3_600_000;
    monotonicMillis += 1;
    assertThat(millis()).isEqualTo(3_607_001);
  }

  @Test
  void aWallClockThatIsSetDoesNotCount() {
    wallMillis -= 3_600_000;
    monotonicMillis += 1;
    assertThat(millis()).isEqualTo(7_001);
    suspendedMillis = 60_000;
    monotonicMillis += 999;
    assertThat(millis()).isEqualTo(8_000);
  }

  @Test
  void jitterDoesNotCountAndTimeNeverGoesBack() {
    suspendedMillis = 400;
    monotonicMillis += 1_000;
    assertThat(millis()).isEqualTo(8_000);
    suspendedMillis = 5_000;
    monotonicMillis += 1_000;
    assertThat(millis()).isEqualTo(14_000);
    suspendedMillis = 0;
    monotonicMillis += 1_000;
    assertThat(millis()).isEqualTo(15_000);
  }

  @Test
  void aFileThatDisappearsChangesNothing() {
    uptime = OptionalLong.empty();
    monotonicMillis += 5_000;
    assertThat(millis()).isEqualTo(12_000);
  }

  @Test
  void withoutAFileItIsTheMonotonicClock() {
    BootTime without = new BootTime(() -> 42, InstantSource.system(), OptionalLong::empty);
    assertThat(without.getAsLong()).isEqualTo(42);
  }

  @Test
  void theFileOfLinuxIsRead(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("uptime");
    Files.writeString(file, "12992.93 6760.79\n");
    assertThat(BootTime.uptimeMillis(file)).hasValue(12_992_930);
    Files.writeString(file, "soon\n");
    assertThat(BootTime.uptimeMillis(file)).isEmpty();
    assertThat(BootTime.uptimeMillis(folder.resolve("absent"))).isEmpty();
  }
}

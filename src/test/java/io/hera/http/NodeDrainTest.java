package io.hera.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** How long a node is drained. */
class NodeDrainTest {
  private long wallMillis = 1_700_000_000_000L;
  private long monotonicMillis = -5_000;
  private final NodeDrain drain = new NodeDrain(
      () -> Instant.ofEpochMilli(wallMillis), () -> TimeUnit.MILLISECONDS.toNanos(monotonicMillis));

  @Test
  void aDrainEndsWhenItsTimeIsOverWhateverTheWallClockShows() {
    drain.begin("ops", "new disk", OptionalLong.of(2_000));
    wallMillis += 3_600_000;
    monotonicMillis += 1_999;
    NodeDrain.Drain now = drain.present().orElseThrow();
    assertThat(now.by()).isEqualTo("ops");
    assertThat(now.reason()).isEqualTo("new disk");
    assertThat(now.sinceMillis()).isEqualTo(1_700_000_000_000L);
    assertThat(now.untilMillis()).hasValue(1_700_000_002_000L);
    assertThat(drain.ageMillis()).isEqualTo(1_999);
    monotonicMillis++;
    assertThat(drain.present()).isEmpty();
    assertThat(drain.ageMillis()).isZero();
  }

  @Test
  void aDrainWithoutAnEndIsOverWhenItIsEnded() {
    drain.begin("ops", "", OptionalLong.empty());
    monotonicMillis += 400L * 86_400_000;
    assertThat(drain.present()).isPresent();
    drain.end();
    assertThat(drain.present()).isEmpty();
    drain.end();
  }

  @Test
  void aLaterDrainReplacesAnEarlierOne() {
    drain.begin("ops", "first", OptionalLong.of(1_000));
    monotonicMillis += 500;
    drain.begin("dev", "second", OptionalLong.empty());
    monotonicMillis += 1_000;
    assertThat(drain.present().map(NodeDrain.Drain::reason)).isEqualTo(Optional.of("second"));
  }
}

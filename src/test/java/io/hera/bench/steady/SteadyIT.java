package io.hera.bench.steady;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The scenarios of {@code scripts/measure steady} in small; the times are measured there. */
@Timeout(120)
class SteadyIT {
  private static final Size SMALL = new Size(0.02);

  @ParameterizedTest
  @EnumSource
  void everythingPromisedArrivesAndNothingElse(Scenario scenario) throws IOException {
    Report report = Steady.play(scenario, SMALL, Duration.ofSeconds(30));
    assertThat(report.measured().failure()).isEmpty();
    assertThat(report.promises()).isNotEmpty().allMatch(Tally::kept);
    assertThat(report.measured().neighbourMicros().getTotalCount()).isPositive();
    assertThat(report.measured().node().turns().known()).isTrue();
  }
}

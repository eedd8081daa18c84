package io.hera.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class BackoffTest {
  private final Backoff backoff = new Backoff(new Random(1));

  @Test
  void waitsGrowUpToTheCap() {
    for (int failures = 0; failures < 40; failures++) {
      Duration wait = backoff.after(failures, Backoff.CAP);
      assertThat(wait).isLessThanOrEqualTo(Backoff.CAP).isPositive();
      assertThat(backoff.after(failures, Backoff.FIRST_CAP)).isLessThanOrEqualTo(Backoff.FIRST_CAP);
      if (failures >= 6) {
        assertThat(wait).isGreaterThanOrEqualTo(Duration.ofSeconds(15));
      }
    }
    assertThat(backoff.after(0, Backoff.CAP)).isLessThanOrEqualTo(Duration.ofMillis(500));
  }

  /** 5,000 clients whose node dies come to the others over two seconds, not in one. */
  @Test
  void momentsAreSpreadEvenly() {
    Duration spread = Duration.ofSeconds(2);
    List<Duration> moments =
        Stream.generate(() -> backoff.upTo(spread)).limit(5_000).toList();
    for (int tenth = 0; tenth < 10; tenth++) {
      Duration from = spread.multipliedBy(tenth).dividedBy(10);
      Duration to = spread.multipliedBy(tenth + 1).dividedBy(10);
      long here = moments.stream()
          .filter(at -> at.compareTo(from) >= 0 && at.compareTo(to) < 0)
          .count();
      assertThat(here).as("in tenth %d", tenth).isBetween(400L, 600L);
    }
    assertThat(
            IntStream.range(0, 100).mapToObj(i -> backoff.around(spread, 0.1)).distinct())
        .hasSizeGreaterThan(90)
        .allMatch(wait -> wait.minus(spread).abs().compareTo(Duration.ofMillis(200)) <= 0);
  }
}

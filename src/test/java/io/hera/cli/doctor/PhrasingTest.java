package io.hera.cli.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests the words for durations. */
class PhrasingTest {
  @ParameterizedTest
  @CsvSource({
    "0, 0 s",
    "499, 0 s",
    "119499, 119 s",
    "119500, 2 min",
    "599995, 10 min",
    "7199999, 2 h",
    "86399992, 24 h",
    "172800000, 2 d",
    "31535999988, 365 d"
  })
  void aDurationIsRoundedToTheNearest(long millis, String words) {
    assertThat(Phrasing.duration(millis)).isEqualTo(words);
  }
}

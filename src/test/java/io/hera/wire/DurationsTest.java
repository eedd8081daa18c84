package io.hera.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalLong;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests the text form of durations. */
class DurationsTest {
  @ParameterizedTest
  @CsvSource({
    "0,0",
    "15,15000",
    "0.5,500",
    "500ms,500",
    "15s,15000",
    "5m,300000",
    "2h,7200000",
    "007,7000",
    "1.5m,90000",
    "0.0001,1",
    "0.0000,0",
    "9223372036854775807ms,9223372036854775807",
    "9223372036854775808ms,9223372036854775807",
    "99999999999999999999h,9223372036854775807"
  })
  void aDurationIsReadAsMilliseconds(String text, long millis) {
    assertThat(Durations.millis(text)).isEqualTo(OptionalLong.of(millis));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "-1",
        "+1",
        "1 s",
        " 1",
        "1\n",
        "s",
        "ms",
        ".5",
        "5.",
        "1e3",
        "0x10",
        "1d",
        "1S",
        "1s1s",
        "1_000",
        "NaN",
        "Infinity",
        "1:30",
        "\u0661",
        "1,5",
        "11111111111111111111111111111111111111111111111111111111111111111"
      })
  void otherTextIsNotADuration(String text) {
    assertThat(Durations.millis(text)).isEmpty();
  }
}

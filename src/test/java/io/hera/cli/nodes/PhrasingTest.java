package io.hera.cli.nodes;

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

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiter = '|',
      value = {
        "orders | orders",
        "é日本 | é日本",
        "`a b` | a%20b",
        "50%/x?#\\ | 50%25%2Fx%3F%23%5C",
        "x\u001b[2J\u009bx | x%1B[2J%C2%9Bx"
      })
  void aNameIsReadableAndCanBeUsedInAPath(String name, String text) {
    assertThat(Phrasing.name(name)).isEqualTo(text);
  }
}

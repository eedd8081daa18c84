package io.hera.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SpeakerTest {
  private static final Speaker LON = new Speaker("sr-lon-1", "9f2c");

  @Test
  void theHeaderReadsBackAsItself() {
    assertThat(LON.header()).isEqualTo("sr-lon-1;life=9f2c");
    assertThat(Speaker.parse(LON.header())).contains(LON);
    Speaker odd = new Speaker("a b=c,d", "!=~");
    assertThat(Speaker.parse(odd.header())).contains(odd);
    Speaker longest = new Speaker("n".repeat(255), "l".repeat(64));
    assertThat(Speaker.parse(longest.header())).contains(longest);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        " sr-lon-1 ; life = 9f2c ",
        "sr-lon-1;LIFE=9f2c",
        "sr-lon-1;since=1;life=9f2c;more",
      })
  void spacesAndFurtherParametersDoNotMatter(String header) {
    assertThat(Speaker.parse(header)).contains(LON);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ";",
        "sr-lon-1",
        "sr-lon-1;",
        "sr-lon-1;life",
        "sr-lon-1;life=",
        ";life=9f2c",
        " ;life=9f2c",
        "sr-lon-1;life=9f 2c",
        "sr-lön-1;life=9f2c",
        "sr\u0001;life=9f2c",
        "sr-lon-1;life=\u007f",
        "sr-lon-1;=9f2c",
      })
  void aHeaderWithoutProperNameAndLifeIsNone(String header) {
    assertThat(Speaker.parse(header)).isEmpty();
  }

  @Test
  void nameAndLifeAreBounded() {
    assertThat(Speaker.parse("n".repeat(256) + ";life=1")).isEmpty();
    assertThat(Speaker.parse("n;life=" + "l".repeat(65))).isEmpty();
    assertThat(Speaker.parse("n;life=l" + " ".repeat(2000))).isEmpty();
  }

  @Test
  void aSpeakerThatNoHeaderCouldCarryIsNotMade() {
    assertThatIllegalArgumentException().isThrownBy(() -> new Speaker("a;b", "l"));
    assertThatIllegalArgumentException().isThrownBy(() -> new Speaker("a ", "l"));
    assertThatIllegalArgumentException().isThrownBy(() -> new Speaker("a", ""));
  }
}

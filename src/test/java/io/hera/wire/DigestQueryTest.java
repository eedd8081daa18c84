package io.hera.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.hera.json.Malformed;
import io.hera.registry.Digest;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests the form of a digest in a query. */
class DigestQueryTest {
  @Test
  void aDigestIsWrittenInTheOrderOfNamesAndReadsBack() throws Malformed {
    Digest digest = new Digest(Map.of("sr-lon-1", 1355833258675L, "sr-ash-1", 0L, "å &=+", 7L));
    String query = DigestQuery.encode(digest);
    assertThat(query).isEqualTo("sr-ash-1=0&sr-lon-1=1355833258675&%C3%A5%20%26%3D%2B=7");
    assertThat(DigestQuery.decode(query, 3)).isEqualTo(digest);
  }

  @Test
  void anEmptyQueryIsAnEmptyDigest() throws Malformed {
    assertThat(DigestQuery.decode("", 0)).isEqualTo(new Digest(Map.of()));
    assertThat(DigestQuery.decode("&&", 0)).isEqualTo(new Digest(Map.of()));
    assertThat(DigestQuery.encode(new Digest(Map.of()))).isEmpty();
  }

  @Test
  void parametersThatBeginWithAnUnderscoreAreSkipped() throws Malformed {
    assertThat(DigestQuery.decode("_wait=20000&a=1&%5Fx=%&_&_=&_wait=1", 1))
        .isEqualTo(Digest.of("a", 1));
  }

  @ParameterizedTest
  @CsvSource({
    "0,0",
    "007,7",
    "-5,0",
    "-0,0",
    "-9223372036854775808,0",
    "9223372036854775807,9223372036854775807",
    "1355833258675.0,1355833258675",
    "1.355833258675e12,1355833258675",
    "1.35583325868e+12,1355833258680",
    "1.35583325868E%2B12,1355833258680",
    "%31,1",
    "0e-999999999,0",
  })
  void aHorizonMayBeAnyIntegerInTheNotationsOfPython(String value, long horizon) throws Malformed {
    assertThat(DigestQuery.decode("a=" + value, 1)).isEqualTo(Digest.of("a", horizon));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "x",
        "None",
        "nan",
        "inf",
        "Infinity",
        "1.5",
        "1e-1",
        "+1",
        "1_0",
        "0x1",
        "1L",
        "%201",
        "1=2",
        "9223372036854775808",
        "-9223372036854775809",
        "1e19",
        "1e2147483647",
        "1e-2147483647",
        "1e99999999999",
        "1e-2147483648",
        "-",
        ".",
        "e",
        "1e",
        "--1",
        "1-2",
        "٣",
        "%D9%A3",
        "00000000000000000000000000000000000000000000000000000000000000001",
      })
  void theRefusalOfANonIntegerHorizonNamesTheParameter(String value) {
    Malformed flaw = flaw("b=1&a=" + value, 2);
    if (!value.equals("٣")) {
      assertThat(flaw.reason()).isEqualTo("the parameter a is not an integer");
    }
  }

  @Test
  void aParameterWithoutAValueIsRefused() {
    assertThat(flaw("pretty", 2).reason()).isEqualTo("the parameter pretty is not an integer");
  }

  @Test
  void aNameThatAppearsTwiceIsRefused() {
    assertThat(flaw("a=1&b=1&%61=2", 9).reason()).isEqualTo("the parameter a appears twice");
  }

  @Test
  void aParameterWithoutANameIsRefused() {
    assertThat(flaw("=1", 9).reason()).isEqualTo("a parameter has no name");
  }

  @Test
  void aDigestWithTooManyOriginsIsRefused() {
    assertThat(flaw("a=1&b=1&c=1", 2).reason()).isEqualTo("the digest has more than 2 origins");
  }

  @Test
  void theOffsetOfAFaultCountsFromTheBeginningOfTheQuery() {
    assertThat(flaw("a=1&b%zz=1", 2).offset()).isEqualTo(5);
    assertThat(flaw("a=1&b=1%", 2).offset()).isEqualTo(7);
  }

  @Test
  void aNameInAMessageIsShortAndPrintable() {
    assertThat(flaw("%0A" + "x".repeat(100) + "=y", 2).reason())
        .isEqualTo("the parameter ?" + "x".repeat(59) + "... is not an integer");
  }

  private static Malformed flaw(String query, int originsMax) {
    return catchThrowableOfType(Malformed.class, () -> DigestQuery.decode(query, originsMax));
  }
}

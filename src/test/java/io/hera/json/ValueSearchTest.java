package io.hera.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The search for a text in the values of documents. */
class ValueSearchTest {
  private static Optional<ValueSearch.Match> found(String text, String document) {
    return new ValueSearch(text).in(document.getBytes(UTF_8));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "10.1 | {\"host\":\"10.1.1.1\"} | /host | 10.1.1.1",
        "AmS | {\"a\":1,\"zone\": \"xams-1\" } | /zone | xams-1",
        "345 | {\"port\": 12345} | /port | 12345",
        "1e4 | {\"n\":1E4} | /n | 1E4",
        "tru | {\"up\":true} | /up | true",
        "null | {\"x\":null} | /x | null",
        "ab | {\"deep\":{\"a/b~c\":[1,[{\"x\":\"cab\"}]]}} | /deep/a~1b~0c/1/0/x | cab",
        "a/b | {\"url\":\"http:\\/\\/a\\/b\"} | /url | http://a/b",
        "Ab | {\"x\":\"\\u0041B\"} | /x | AB",
        "a\"b | {\"x\":\"a\\\"b\"} | /x | a\"b",
        "ß-ü | {\"x\":\"STRAß-üX\"} | /x | STRAß-üX"
      })
  void aValueIsFoundWithItsPlace(String text, String document, String pointer, String value) {
    assertThat(found(text, document)).contains(new ValueSearch.Match(Optional.of(pointer), value));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "host | {\"host\":\"x\"}",
        "\":\" | {\"host\":\"x\"}",
        "x\",\"y | {\"a\":\"x\",\"b\":\"y\"}",
        "Ü1 | {\"x\":\"ü1\"}",
        "bc | {\"a\":\"b\",\"b\":\"c\"}",
        "no | {}",
        "\\u0041 | {\"x\":\"\\u0041\"}",
        "verylong | {\"x\":\"verylon\"}"
      })
  void namesAndPunctuationAreNotFound(String text, String document) {
    assertThat(found(text, document)).isEmpty();
  }

  @Test
  void theFirstValueIsTheMatch() {
    assertThat(found("aa", "{\"1\":\"b\",\"2\":[\"caa\"],\"3\":\"aa\"}")
            .orElseThrow()
            .pointer())
        .contains("/2/0");
  }

  @Test
  void aLongValueIsShownAroundTheMatch() {
    String text = "x".repeat(1_000) + "needle" + "😀".repeat(500);
    String shown = found("NEEDLE", "{\"x\":\"" + text + "\"}").orElseThrow().text();
    assertThat(shown).startsWith("x".repeat(50) + "needle😀").endsWith("😀").hasSize(200);
    String end = found("needle", "{\"x\":\"" + "😀".repeat(500) + "needle\"}")
        .orElseThrow()
        .text();
    assertThat(end).startsWith("😀").endsWith("needle").hasSize(200);
  }

  @Test
  void aPointerThatIsVeryLongIsLeftOut() {
    String name = "n".repeat(300);
    ValueSearch.Match match = found("aa", "{\"" + name + "\":{\"x\":[\"aa\"]}}").orElseThrow();
    assertThat(match.pointer()).isEmpty();
    assertThat(match.text()).isEqualTo("aa");
  }

  @Test
  void namesOfServicesAreSearchedInTheSameWay() {
    ValueSearch search = new ValueSearch("oRD");
    assertThat(search.isIn("orders")).isTrue();
    assertThat(search.isIn("LORD")).isTrue();
    assertThat(search.isIn("or")).isFalse();
  }
}

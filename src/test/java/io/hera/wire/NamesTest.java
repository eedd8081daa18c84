package io.hera.wire;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests the rules for names. */
class NamesTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "storage",
        "...",
        ".a",
        "a_",
        "-",
        " ",
        "a b",
        "å",
        "\u00a0",
        "\ud83d\ude00",
        "\"",
        "%2F",
        "1f11bbbb-df7a-47c5-8ba7-662f70261673",
        "\uffff",
      })
  void almostAnyTextIsAName(String name) {
    assertThat(Names.flawOfService(name)).isEmpty();
    assertThat(Names.flawOfId(name)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiter = '|',
      value = {
        "`` | is empty",
        ". | is '.', which is not a name",
        ".. | is '..', which is not a name",
        "a/b | contains '/'",
        "a\\b | contains '\\'",
      })
  void textThatWouldBreakAPathIsNotAName(String name, String flaw) {
    assertThat(Names.flawOfService(name)).contains("the service " + flaw);
    assertThat(Names.flawOfId(name)).contains("the id " + flaw);
  }

  @Test
  void aNameMustNotHaveControlCharacters() {
    for (char c = 0; c < 0xa0; c++) {
      if (c < ' ' || c >= 0x7f) {
        assertThat(Names.flawOfId("a" + c)).contains("the id contains a control character");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"\ud83d", "\ude00", "a\ud83d\ud83d\ude00", "\ude00\ud83d"})
  void aNameMustNotHaveHalfASurrogatePair(String name) {
    assertThat(Names.flawOfId(name)).contains("the id contains half a surrogate pair");
  }

  @Test
  void anIdMayBeginWithAnUnderscoreAndAServiceMayNot() {
    assertThat(Names.flawOfService("_x"))
        .contains("the service begins with '_', which is reserved");
    assertThat(Names.flawOfId("_x")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"a,1", "å,2", "€,3", "😀,4"})
  void aNameIsAtMost255BytesOfUtf8(String character, int bytes) {
    assertThat(Names.flawOfId(character.repeat(255 / bytes))).isEmpty();
    assertThat(Names.flawOfId(character.repeat(255 / bytes + 1)))
        .contains("the id is longer than 255 bytes of UTF-8");
  }

  @Test
  void theNameOfANodeFitsInAHeader() {
    assertThat(Names.flawOfNode("sr-lon-1")).isEmpty();
    assertThat(Names.flawOfNode("n".repeat(255))).isEmpty();
    for (String name : new String[] {"", "a;b", "å", "a\n", " a", "a ", "n".repeat(256)}) {
      assertThat(Names.flawOfNode(name)).as(name).isPresent();
    }
  }

  @Test
  void aNameInAMessageIsShortAndPrintable() {
    assertThat(Names.forMessage("a\nb\u001bcå")).isEqualTo("a?b?c?");
    assertThat(Names.forMessage("x".repeat(1000))).isEqualTo("x".repeat(60) + "...");
  }
}

package io.hera.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.hera.json.Malformed;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests percent-encoding and its refusals. */
class PercentTest {
  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "``,``",
        "abc,abc",
        "a+b,a+b",
        "%41%6a%6A,Ajj",
        "%2F%25,/%",
        "%C3%A5%e2%82%ac%F0%9F%98%80,å€😀",
        "a%20b,a b",
        "~!$&'()*=:@;,~!$&'()*=:@;",
      })
  void escapesDecodeToBytesOfUtf8(String raw, String decoded) throws Malformed {
    assertThat(Percent.decode(raw)).isEqualTo(decoded);
  }

  @ParameterizedTest
  @CsvSource({"%,0", "a%4,1", "a%,1", "%4g,0", "%g4,0", "%%41,0", "%u0041,0", "ab%-1,2", "%４１,0"})
  void anInvalidEscapeIsRefused(String raw, int offset) {
    Malformed flaw = flaw(raw);
    assertThat(flaw.reason()).isEqualTo("'%' is not followed by two hexadecimal digits");
    assertThat(flaw.offset()).isEqualTo(offset);
  }

  @ParameterizedTest
  @CsvSource({"%C0%80,0", "a%20%ED%A0%80,4", "%FF,0", "%C3,0", "%C3x,0", "%F4%90%80%80,0"})
  void bytesThatAreNotStrictUtf8AreRefused(String raw, int offset) {
    Malformed flaw = flaw(raw);
    assertThat(flaw.reason()).isEqualTo("the percent-encoded bytes are not valid UTF-8");
    assertThat(flaw.offset()).isEqualTo(offset);
  }

  @Test
  void anUnescapedCharacterThatMustBeEscapedIsRefused() {
    for (String raw : new String[] {"aå", "a b", "a\n", "a\u0000", "a\u007f", "a\ud83d"}) {
      assertThat(flaw(raw).reason()).isEqualTo("a character is not percent-encoded");
      assertThat(flaw(raw).offset()).isEqualTo(1);
    }
  }

  @Test
  void allButUnreservedCharactersAreEncoded() {
    assertThat(Percent.encode("azAZ09-._~")).isEqualTo("azAZ09-._~");
    assertThat(Percent.encode("a b/å&=+%\u0000")).isEqualTo("a%20b%2F%C3%A5%26%3D%2B%25%00");
  }

  @Test
  void everyCharacterDecodesToItself() throws Malformed {
    for (int point = 0; point <= 0x10ffff; point += point < 0x900 ? 1 : 997) {
      if (point < 0xd800 || point > 0xdfff) {
        String text = Character.toString(point);
        assertThat(Percent.decode(Percent.encode(text))).isEqualTo(text);
      }
    }
  }

  private static Malformed flaw(String raw) {
    return catchThrowableOfType(Malformed.class, () -> Percent.decode(raw));
  }
}

package io.hera.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Random;
import java.util.Set;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;

/** The form of tokens, and their hashes. */
class TokenTest {
  private final TokenReader reader = new TokenReader();
  private final String token = Token.make(new Random(1));

  @Test
  void aTokenHas43RandomCharactersAndAChecksum() {
    assertThat(token).hasSize(54).matches("hera_[0-9A-Za-z]{49}");
    CRC32 crc = new CRC32();
    crc.update(token.substring(0, 48).getBytes(StandardCharsets.US_ASCII));
    assertThat(base62(token.substring(48))).isEqualTo(crc.getValue());
  }

  private static long base62(String digits) {
    return digits
        .chars()
        .mapToLong(c -> "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz".indexOf(c))
        .reduce(0, (value, digit) -> 62 * value + digit);
  }

  @Test
  void everyTokenIsAnotherOne() {
    Random random = new Random(2);
    Set<String> made = new HashSet<>();
    for (int i = 0; i < 10_000; i++) {
      String one = Token.make(random);
      assertThat(reader.hash(one)).isPresent();
      made.add(one);
    }
    assertThat(made).hasSize(10_000);
  }

  @Test
  void theHashIsTheSha256OfTheWholeToken() throws Exception {
    byte[] sha256 = java.security.MessageDigest.getInstance("SHA-256")
        .digest(token.getBytes(StandardCharsets.US_ASCII));
    TokenHash hash = reader.hash(token).orElseThrow();
    assertThat(hash.written()).isEqualTo("sha256:" + HexFormat.of().formatHex(sha256));
    assertThat(hash).hasToString(HexFormat.of().formatHex(sha256).substring(0, 8));
    assertThat(TokenHash.parse(hash.written())).contains(hash);
  }

  @Test
  void aTokenWithAnyOtherCharacterIsNotAToken() {
    for (int i = 0; i < token.length(); i++) {
      char other = token.charAt(i) == 'x' ? 'y' : 'x';
      assertThat(reader.hash(token.substring(0, i) + other + token.substring(i + 1)))
          .as("character " + i)
          .isEmpty();
      assertThat(reader.hash(token.substring(0, i))).as("length " + i).isEmpty();
    }
    assertThat(reader.hash(token + "x")).isEmpty();
    assertThat(reader.hash(token.substring(0, 53) + 'é')).isEmpty();
    assertThat(reader.hash(token)).isPresent();
  }

  @Test
  void aHashIsWrittenInOneWay() {
    String written = reader.hash(token).orElseThrow().written();
    assertThat(TokenHash.parse(written.substring(7))).isEmpty();
    assertThat(TokenHash.parse(written.toUpperCase(java.util.Locale.ROOT))).isEmpty();
    assertThat(TokenHash.parse(written + "0")).isEmpty();
    assertThat(TokenHash.parse(written.substring(0, 70))).isEmpty();
    assertThat(TokenHash.parse("")).isEmpty();
  }

  @Test
  void tokensAreFoundAndHiddenInText() {
    assertThat(Token.isIn("/?x=" + token + "&y")).isTrue();
    assertThat(Token.isIn("/hera_" + "a".repeat(49))).isTrue();
    assertThat(Token.isIn("/hera_" + "a".repeat(48))).isFalse();
    assertThat(Token.isIn("/hera_1/hera_2")).isFalse();
    assertThat(Token.hideIn("a " + token + " b")).isEqualTo("a (a token) b");
    assertThat(Token.hideIn(token.substring(0, 40) + "/" + token + "x"))
        .isEqualTo("(a token)/(a token)");
    assertThat(Token.hideIn("hera_1")).isEqualTo("hera_1");
  }
}

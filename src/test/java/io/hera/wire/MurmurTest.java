package io.hera.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests the hash against published values. */
class MurmurTest {
  /** Published values of the reference implementation with seed 0. */
  @ParameterizedTest
  @CsvSource({
    "'', 00000000000000000000000000000000",
    "hello, cbd8a7b341bd9b025b1e906a48ae1d19",
    "'hello, world', 342fac623a5ebc8e4cdcbc079642414d",
    "The quick brown fox jumps over the lazy dog., cd99481f9ee902c9695da1a38987b6e7"
  })
  void hashesEqualThoseOfTheReferenceImplementation(String text, String hash) {
    byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
    assertThat(Murmur.hash(bytes, bytes.length).hex()).isEqualTo(hash);
  }
}

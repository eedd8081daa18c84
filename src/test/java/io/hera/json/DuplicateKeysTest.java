package io.hera.json;

import static io.hera.json.DocumentFlaws.assertFlaw;
import static io.hera.json.DocumentFlaws.check;
import static io.hera.json.DocumentFlaws.flaw;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests that a key which appears twice in an object is found. */
class DuplicateKeysTest {
  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiter = '|',
      value = {
        "{\"a\":1,\"a\":2} | 7 | /a",
        "{\"a\":1,\"\\u0061\":2} | 7 | /a",
        "{\"\":1,\"\":2} | 6 | /",
        "{\"å\":1,\"\\u00e5\":2} | 8 | /å",
        "{\"\\ud83d\\ude00\":1,\"😀\":2} | 18 | /😀",
        "{\"x\":[0,{\"b/c~\":1,\"d\":2,\"b\\/c~\":3}]} | 24 | /x/1/b~1c~0",
        "{\"Aa\":1,\"BB\":2,\"Aa\":3} | 15 | /Aa",
      })
  void aDuplicateKeyIsRefused(String document, int offset, String pointer) {
    Malformed flaw = assertFlaw(document, "a key appears twice", offset);
    assertThat(flaw.pointer()).isEqualTo(pointer);
  }

  @Test
  void aDuplicateKeyIsFoundAmongAnyNumberOfKeys() {
    for (int count : new int[] {2, 15, 16, 17, 33, 5000}) {
      for (int of : new int[] {0, count / 2, count - 1}) {
        assertThatCode(() -> check(object(count, ""))).doesNotThrowAnyException();
        Malformed flaw = flaw(object(count, ",\"key" + of + "\":0"));
        assertThat(flaw.reason()).isEqualTo("a key appears twice");
      }
    }
  }

  @Test
  void aDuplicateKeyIsFoundAmongManyKeysOfEqualHash() {
    String keys = IntStream.range(0, 4096)
        .mapToObj(i -> "\"" + colliding(i) + "\":1")
        .collect(Collectors.joining(","));
    assertThatCode(() -> check("{" + keys + "}")).doesNotThrowAnyException();
    assertThat(flaw("{" + keys + ",\"" + colliding(77) + "\":1}").reason())
        .isEqualTo("a key appears twice");
  }

  @Test
  void anInnerAndAnOuterObjectMayHaveTheSameKeys() {
    assertThatCode(
            () -> check("{\"a\":{\"b\":1,\"c\":{\"a\":1}},\"b\":{\"a\":2},\"c\":[{\"a\":1}]}"))
        .doesNotThrowAnyException();
    assertFlaw("{\"a\":{\"b\":1},\"b\":1,\"a\":2}", "a key appears twice", 19);
  }

  private static String object(int count, String rest) {
    return IntStream.range(0, count)
        .mapToObj(i -> "\"key" + i + "\":" + i)
        .collect(Collectors.joining(",", "{", rest + "}"));
  }

  /**
   * Returns one of 4,096 strings of equal hash: "Aa" and "BB" have the same hash, and so have all
   * sequences of them of one length.
   */
  private static String colliding(int number) {
    return IntStream.range(0, 12)
        .mapToObj(bit -> (number >> bit) % 2 == 0 ? "Aa" : "BB")
        .collect(Collectors.joining());
  }
}

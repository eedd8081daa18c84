package io.hera.wire;

import static io.hera.wire.V1Samples.ASKED;
import static io.hera.wire.V1Samples.ONE;
import static io.hera.wire.V1Samples.SEED;
import static io.hera.wire.V1Samples.decode;
import static io.hera.wire.V1Samples.only;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.hera.json.Malformed;
import io.hera.registry.Delta;
import io.hera.registry.OriginDelta;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests which flaws of an answer of version 1 cost an entry, and which the whole answer. */
class V1BadAnswersTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "[\"s\", \"i\", NaN, 5]",
        "[\"s\", \"i\", Infinity, 5]",
        "[\"s\", \"i\", -Infinity, 5]",
        "[\"s\", \"i\", {\"load\": NaN}, 5]",
        "[\"s\", \"i\", {\"load\": [-Infinity, {\"a\": \"]\\\"}\"}]}, 5]",
        "[\"s\", \"i\", null, 5]",
        "[\"s\", \"i\", \"{}\", 5]",
        "[\"s\", \"i\", [{}], 5]",
        "[\"s\", \"i\", 1.5, 5]",
        "[\"s\", \"i\", {\"a\": 1, \"\\u0061\": 1}, 5]",
        "[\"s\", \"i\", {\"x\": [\"\\ud800\"]}, 5]",
        "[\"s\", \"i\", {\"\\udc00\": 1}, 5]",
        "[\"s\", \"i\", {\"x\": {\"y\": -1e999}}, 5]",
        "[\"s\", \"i\", {}]",
        "[\"s\", \"i\", {}, 5, 6]",
        "[]",
        "[\"s\", \"i\", {}, \"5\"]",
        "[\"s\", \"i\", {}, null]",
        "[\"s\", \"i\", {}, 5.5]",
        "[\"s\", \"i\", {}, -5]",
        "[\"s\", \"i\", {}, NaN]",
        "[\"s\", \"i\", {}, 9223372036854775808]",
        "[\"s\", \"i\", {}, 1e999999999]",
        "[\"s\", 5, {}, 5]",
        "[\"_s\", \"i\", {}, 5]",
        "[\"s\", \"a/b\", {}, 5]",
        "[\"s\", \"\\ud800\", {}, 5]",
        "[\"s\", \"\\x\", {}, 5]",
        "[\"s\", \"a\tb\", {}, 5]",
        "{\"s\": [\"i\", {}, 5]}",
        "5",
        "null",
        "\"],[\"",
        "",
        "[[[[[[[]]]]]]]",
      })
  void anInvalidEntryIsLeftOutAloneAndCounted(String bad) throws Malformed {
    String first = "[\"s\", \"first\", {}, 101]";
    String last = "[\"s\", \"last\", {}, 102]";
    Decoded<Delta> decoded = decode("{\"o\": [" + first + ", " + bad + ", " + last + "]}");
    assertThat(decoded.quarantined()).isEqualTo(1);
    assertThat(only(decoded).entries())
        .extracting(entry -> entry.key().id())
        .containsExactly("first", "last");
  }

  @Test
  void documentsOfAnAnswerAreBoundedInDepthAndBytes() throws Malformed {
    String deep = "{\"a\":" + "[".repeat(64) + "]".repeat(64) + "}";
    String large = "{\"a\":\"" + "x".repeat(1 << 20) + "\"}";
    String abyss = "[".repeat(200_000) + "]".repeat(200_000);
    for (String document : List.of(deep, large, abyss)) {
      assertThat(decode("{\"o\":[[\"s\",\"i\"," + document + ",5]]}").quarantined())
          .isEqualTo(1);
    }
    assertThat(decode("{\"o\":[" + abyss + "],\"x\":" + abyss + "}").quarantined())
        .isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"null", "{}", "5", "\"x\""})
  void anOriginWithoutAnArrayIsLeftOutAloneAndCounted(String bad) throws Malformed {
    Decoded<Delta> decoded = decode("{\"o\":" + bad + ",\"p\":[]}");
    assertThat(decoded.quarantined()).isEqualTo(1);
    assertThat(only(decoded).entries()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "[]",
        "5",
        "<html>",
        "{\"o\":[]}x",
        "{\"o\":[]}{}",
        "{\"o\":[],\"o\":[]}",
        "{\"o\":[[\"s\",\"i\",{},5]}",
        "{\"o\":[}",
        "{o:[]}",
        "{\"o\":[5 6]}}",
        "{\"o\" []}",
        "{\"o\":[],}",
      })
  void anAnswerThatIsNotAnObjectIsRefused(String body) {
    assertThat(catchThrowableOfType(Malformed.class, () -> decode(body)))
        .as(body)
        .isNotNull();
  }

  @Test
  void theLimitOnEntriesCountsThoseLeftOutToo() throws Malformed {
    byte[] body = "{\"o\":[[\"s\",\"i\",{},5],5,5]}".getBytes(UTF_8);
    assertThat(V1Codec.decode(body, ONE, 3).quarantined()).isEqualTo(2);
    Malformed flaw = catchThrowableOfType(Malformed.class, () -> V1Codec.decode(body, ONE, 2));
    assertThat(flaw.reason()).isEqualTo("the answer has more than 2 entries");
  }

  @Test
  void anAnswerCutShortAnywhereIsRefused() {
    byte[] body = SEED.getBytes(UTF_8);
    for (int length = 0; length < body.length; length++) {
      byte[] cut = Arrays.copyOf(body, length);
      assertThat(catchThrowableOfType(Malformed.class, () -> V1Codec.decode(cut, ASKED, 100)))
          .as("%d bytes", length)
          .isNotNull();
    }
  }

  @Test
  void aDamagedAnswerIsReadOrRefused() {
    int refused = 0;
    for (int seed = 0; seed < 30_000; seed++) {
      byte[] body = Samples.damaged(SEED.getBytes(UTF_8), new Random(seed));
      try {
        for (OriginDelta part : V1Codec.decode(body, ASKED, 100).answer().origins()) {
          assertThat(part.from()).isBetween(0L, part.to());
          assertThat(part.entries()).allMatch(entry -> entry.version() >= 0);
        }
      } catch (Malformed flaw) {
        refused++;
      }
    }
    assertThat(refused).isBetween(5_000, 29_900);
  }
}

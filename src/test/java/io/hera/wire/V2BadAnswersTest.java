package io.hera.wire;

import static io.hera.wire.V2Samples.GOLDEN;
import static io.hera.wire.V2Samples.decode;
import static io.hera.wire.V2Samples.envelope;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.hera.json.Malformed;
import io.hera.registry.Entry;
import io.hera.registry.OriginDelta;
import io.hera.registry.Registration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests which flaws of an answer of version 2 cost an entry, and which the whole answer. */
class V2BadAnswersTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "[5,\"ABCDEFABCDEFABCD\"]",
        "[5,\"abc\"]",
        "[5,123]",
        "[-5,\"ffffffffffffffff\"]",
        "[\"ffffffffffffffff\"]",
        "[]",
        "{}",
        "null"
      })
  void aChecksumOfWrongShapeIsRefused(String checksum) {
    String answer =
        "{\"node\":\"n\",\"life\":\"l\",\"now\":0,\"liveness\":0,\"origins\":{},\"checksums\":{\"a\":%s}}";

    assertThatThrownBy(() -> decode(answer.formatted(checksum))).isInstanceOf(Malformed.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[]",
        "{}",
        "null",
        "[\"ffffffffffffffff\"]",
        "[\"ffffffffffffffff\",\"ffffffffffffffff\"]",
        "[\"FFFFFFFFFFFFFFFF\",\"ffffffffffffffffffffffffffffffff\"]",
        "[1,\"ffffffffffffffffffffffffffffffff\"]"
      })
  void aViewOfWrongShapeIsRefused(String view) {
    assertMalformed(envelope("").replaceFirst("\\{", "{\"view\":" + view + ","));
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "null", "\"true\"", "[]", "truth"})
  void aMemberMoreThatIsNotABooleanIsRefused(String more) {
    assertMalformed(envelope("").replaceFirst("\\{", "{\"more\":" + more + ","));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-1",
        "1e3",
        "9223372036854776",
        "99999999999999999999999",
        "1e999999999",
        "\"300\"",
        "null",
        "0.000000000000000000000000000001",
      })
  void aLivenessThatIsNotANumberOfSecondsIsRefused(String seconds) {
    assertMalformed(envelope("").replace(":300", ":" + seconds));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[\"_s\",\"i\",{},1,0,1]",
        "[\"\",\"i\",{},1,0,1]",
        "[\"s\",\"..\",{},1,0,1]",
        "[\"s\",\"a/b\",{},1,0,1]",
        "[\"s\",\"\\u0000\",{},1,0,1]",
        "[\"s\",\"\\ud800\",{},1,0,1]",
        "[\"s\",\"i\",[],1,0,1]",
        "[\"s\",\"i\",5,1,0,1]",
        "[\"s\",\"i\",NaN,1,0,1]",
        "[\"s\",\"i\",{\"a\":NaN},1,0,1]",
        "[\"s\",\"i\",{\"a\":1,\"a\":1},1,0,1]",
        "[\"s\",\"i\",{\"a\":\"],[\\\"\",\"b\":01},1,0,1]",
        "[\"s\",\"i\",{},1,0,0]",
      })
  void anEntryThatBreaksARuleForEntriesIsLeftOutAlone(String bad) throws Malformed {
    String good = "[\"s\",\"good\",{},2,0,1]";
    for (String entries : List.of(good + "," + bad, bad + "," + good)) {
      Decoded<V2Answer> decoded =
          decode(envelope("\"o\":{\"from\":0,\"to\":2,\"entries\":[" + entries + "]}"));
      assertThat(decoded.quarantined()).isEqualTo(1);
      assertThat(ids(decoded)).containsExactly("good");
    }
  }

  /** Version 1.0 took such documents: refusing one would stop the gossip of its origin. */
  @ParameterizedTest
  @ValueSource(strings = {"{\"x\":\"\\ud800\"}", "{\"\\udc00\":[1]}", "{\"x\":[-1e999]}"})
  void aDocumentThatIsNotIJsonIsTakenAsItIs(String document) throws Malformed {
    Decoded<V2Answer> decoded = decode(
        envelope("\"o\":{\"from\":0,\"to\":2,\"entries\":[[\"s\",\"i\"," + document + ",1,0,1]]}"));
    assertThat(decoded.quarantined()).isZero();
    Entry entry = decoded.answer().delta().origins().get(0).entries().get(0);
    assertThat(((Registration) entry).document()).isEqualTo(document.getBytes(UTF_8));
  }

  @Test
  void aTombstoneWithAnInvalidNameIsLeftOutAlone() throws Malformed {
    Decoded<V2Answer> decoded = decode(envelope(
        "\"o\":{\"from\":0,\"to\":2,\"tombstones\":[[\"_s\",\"i\",1,0],[\"s\",\"good\",1,0]]}"));
    assertThat(decoded.quarantined()).isEqualTo(1);
    assertThat(ids(decoded)).containsExactly("good");
  }

  @Test
  void documentsOfAnAnswerAreBoundedInDepthAndBytes() throws Malformed {
    assertThat(quarantined("{\"a\":" + "[".repeat(63) + "]".repeat(63) + "}")).isEqualTo(0);
    assertThat(quarantined("{\"a\":" + "[".repeat(64) + "]".repeat(64) + "}")).isEqualTo(1);
    assertThat(quarantined("[".repeat(100_000) + "]".repeat(100_000))).isEqualTo(1);
    assertThat(quarantined("{\"a\":\"" + "x".repeat((1 << 20) - 8) + "\"}")).isEqualTo(0);
    assertThat(quarantined("{\"a\":\"" + "x".repeat((1 << 20) - 7) + "\"}")).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"to\":1",
        "\"from\":1",
        "\"from\":2,\"to\":1",
        "\"from\":-1,\"to\":1",
        "\"from\":0,\"to\":9223372036854775808",
        "\"from\":0,\"to\":1.0",
        "\"from\":0,\"to\":\"1\"",
        "\"from\":0,\"to\":1,\"from\":0",
        "\"from\":0,\"to\":1,\"reset\":1",
        "\"from\":0,\"to\":1,\"entries\":{}",
        "\"from\":0,\"to\":1,\"entries\":[5]",
        "\"from\":0,\"to\":1,\"entries\":[],\"entries\":[]",
        "\"from\":0,\"to\":1,\"entries\":[[]]",
        "\"from\":0,\"to\":1,\"entries\":[[\"s\",\"i\",{},1,0]]",
        "\"from\":0,\"to\":1,\"entries\":[[\"s\",5,{},1,0,1]]",
        "\"from\":0,\"to\":1,\"entries\":[[\"s\",\"i\",{},-1,0,1]]",
        "\"from\":0,\"to\":1,\"entries\":[[\"s\",\"i\",{},1,-1,1]]",
        "\"from\":0,\"to\":1,\"entries\":[[\"s\",\"i\",{},1,0,-1]]",
        "\"from\":0,\"to\":1,\"entries\":[[\"s\",\"i\",{},1e3,0,1]]",
        "\"from\":0,\"to\":1,\"entries\":[[\"s\",\"i\",{},9223372036854775808,0,1]]",
        "\"from\":0,\"to\":1,\"tombstones\":[[\"s\",\"i\",1]]",
        "\"from\":0,\"to\":1,\"tombstones\":[[\"s\",\"i\",1,-1]]",
      })
  void aPartOfWrongShapeMakesTheWholeAnswerRefused(String part) {
    assertMalformed(envelope("\"o\":{" + part + "}"));
  }

  @Test
  void anEnvelopeOfWrongShapeIsRefusedWhole() {
    assertThat(assertMalformed("[]").reason()).isEqualTo("the answer must be one JSON object");
    assertMalformed("");
    assertMalformed("{}");
    assertMalformed(envelope("") + "x");
    assertMalformed(envelope("\"o\":{\"from\":0,\"to\":1},\"o\":{\"from\":0,\"to\":1}"));
    for (String member : List.of("node", "life", "now", "liveness", "origins")) {
      assertMalformed(envelope("").replace("\"" + member + "\"", "\"other\""));
      assertMalformed("{\"" + member + "\":" + "null," + envelope("").substring(1));
    }
    assertMalformed(envelope("").replace(":1,", ":-1,"));
    assertMalformed(envelope("").replace("\"n\"", "\"a;b\""));
    assertMalformed(envelope("").replace("\"l\"", "\"\""));
  }

  @Test
  void theLimitOnEntriesCountsThoseLeftOutToo() throws Malformed {
    String body = envelope("\"o\":{\"from\":0,\"to\":1,\"entries\":[[\"s\",\"i\",5,1,0,1]],"
        + "\"tombstones\":[[\"s\",\"i\",1,0]]},"
        + "\"p\":{\"from\":0,\"to\":1,\"entries\":[[\"s\",\"i\",{},1,0,1]]}");
    assertThat(V2Codec.decode(body.getBytes(UTF_8), 3).answer().delta().size()).isEqualTo(2);
    Malformed flaw =
        catchThrowableOfType(Malformed.class, () -> V2Codec.decode(body.getBytes(UTF_8), 2));
    assertThat(flaw.reason()).isEqualTo("the answer has more than 2 entries");
  }

  @Test
  void anAnswerCutShortAnywhereIsRefused() {
    byte[] body = GOLDEN.getBytes(UTF_8);
    for (int length = 0; length < body.length; length++) {
      byte[] cut = Arrays.copyOf(body, length);
      assertThat(catchThrowableOfType(Malformed.class, () -> V2Codec.decode(cut, 100)))
          .as("%d bytes", length)
          .isNotNull();
    }
  }

  @Test
  void aDamagedAnswerIsReadOrRefused() {
    int refused = 0;
    for (int seed = 0; seed < 30_000; seed++) {
      byte[] body = Samples.damaged(GOLDEN.getBytes(UTF_8), new Random(seed));
      try {
        for (OriginDelta part : V2Codec.decode(body, 100).answer().delta().origins()) {
          assertThat(part.from()).isBetween(0L, part.to());
          for (Entry entry : part.entries()) {
            assertThat(entry.version()).isNotNegative();
          }
        }
      } catch (Malformed flaw) {
        refused++;
      }
    }
    assertThat(refused).isBetween(10_000, 29_900);
  }

  private static int quarantined(String document) throws Malformed {
    return decode(envelope(
            "\"o\":{\"from\":0,\"to\":1,\"entries\":[[\"s\",\"i\"," + document + ",1,0,1]]}"))
        .quarantined();
  }

  private static List<String> ids(Decoded<V2Answer> decoded) {
    return decoded.answer().delta().origins().get(0).entries().stream()
        .map(entry -> entry.key().id())
        .toList();
  }

  private static Malformed assertMalformed(String body) {
    Malformed flaw = catchThrowableOfType(Malformed.class, () -> decode(body));
    assertThat(flaw).as(body).isNotNull();
    return flaw;
  }
}

package io.hera.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.hera.json.Malformed;
import io.hera.registry.Checksum;
import io.hera.registry.Delta;
import io.hera.registry.Entry;
import io.hera.registry.Key;
import io.hera.registry.OriginDelta;
import io.hera.registry.Registration;
import io.hera.registry.Tombstone;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests the answers of version 2, and how strictly they are read. */
class V2CodecTest {
  private static final String GOLDEN =
      "{\"node\":\"sr-lon-1\",\"life\":\"9f2c\",\"now\":1355833270000,\"liveness\":300,"
          + "\"origins\":{\"sr-ash-1\":{\"from\":1355833258675,\"to\":1355833268199,\"reset\":false,"
          + "\"entries\":[[\"srv1\",\"id1\",{\"port\": 1.10},1355833258676,11324,300000]],"
          + "\"tombstones\":[[\"srv1\",\"id9\",1355833268199,1801]]}},\"more\":false}";

  private static final V2Answer ANSWER = new V2Answer(
      "sr-lon-1",
      "9f2c",
      1_355_833_270_000L,
      300_000,
      new Delta(List.of(new OriginDelta(
          "sr-ash-1",
          1_355_833_258_675L,
          1_355_833_268_199L,
          false,
          List.of(
              new Registration(
                  new Key("srv1", "id1"),
                  "{\"port\": 1.10}".getBytes(UTF_8),
                  1_355_833_258_676L,
                  11_324,
                  300_000),
              new Tombstone(new Key("srv1", "id9"), 1_355_833_268_199L, 1_801))))));

  @Test
  void theExampleOfTheProtocolIsWrittenByteForByte() throws Malformed {
    assertThat(new String(V2Codec.encode(ANSWER), UTF_8)).isEqualTo(GOLDEN);
    assertThat(decode(GOLDEN)).isEqualTo(new Decoded<>(ANSWER, 0));
  }

  @Test
  void checksumsTravelAsHexadecimalDigits() throws Malformed {
    Map<String, Checksum> checksums =
        Map.of("a", new Checksum(5, -1), "b", new Checksum(0, 0), "c", new Checksum(7, 0xabcL));
    V2Answer answer = new V2Answer("n", "l", 0, 0, new Delta(List.of()), checksums);
    String written =
        "{\"node\":\"n\",\"life\":\"l\",\"now\":0,\"liveness\":0,\"origins\":{},\"more\":false,\"checksums\":"
            + "{\"a\":[5,\"ffffffffffffffff\"],\"b\":[0,\"0000000000000000\"],\"c\":[7,\"0000000000000abc\"]}}";

    assertThat(new String(V2Codec.encode(answer), UTF_8)).isEqualTo(written);
    assertThat(decode(written)).isEqualTo(new Decoded<>(answer, 0));
  }

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

  @Test
  void anyDeltaReadsBackUnchanged() throws Malformed {
    for (int seed = 0; seed < 2000; seed++) {
      Random random = new Random(seed);
      long liveness = random.nextLong(1L << (1 + random.nextInt(62)));
      V2Answer answer =
          new V2Answer("a node", "l", random.nextLong() >>> 1, liveness, Samples.delta(random));
      assertThat(V2Codec.decode(V2Codec.encode(answer), 100))
          .as("seed %d", seed)
          .isEqualTo(new Decoded<>(answer, 0));
    }
  }

  @Test
  void aPageThatWasCutHasTheMemberMore() throws Malformed {
    V2Answer answer = new V2Answer("n", "l", 0, 0, new Delta(List.of(), true));
    String written =
        "{\"node\":\"n\",\"life\":\"l\",\"now\":0,\"liveness\":0,\"origins\":{},\"more\":true}";
    assertThat(new String(V2Codec.encode(answer), UTF_8)).isEqualTo(written);
    assertThat(decode(written)).isEqualTo(new Decoded<>(answer, 0));
  }

  @Test
  void anAnswerWithoutTheMemberMoreCountsAsCutFrom256KibOn() throws Malformed {
    String blank = " ".repeat((256 << 10) - envelope("").length());
    assertThat(decode(envelope("") + blank).answer().delta().more()).isTrue();
    assertThat(decode(envelope("") + blank.substring(1)).answer().delta().more())
        .isFalse();
    String said = envelope("").replaceFirst("\\{", "{\"more\":false,");
    assertThat(decode(said + blank).answer().delta().more()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "null", "\"true\"", "[]", "truth"})
  void aMemberMoreThatIsNotABooleanIsRefused(String more) {
    assertMalformed(envelope("").replaceFirst("\\{", "{\"more\":" + more + ","));
  }

  @ParameterizedTest
  @CsvSource({
    "300000,300",
    "500,0.5",
    "1500,1.5",
    "1,0.001",
    "0,0",
    "9223372036854775807,9223372036854775.807"
  })
  void livenessTravelsInSeconds(long millis, String seconds) throws Malformed {
    V2Answer answer = new V2Answer("n", "l", 0, millis, new Delta(List.of()));
    byte[] body = V2Codec.encode(answer);
    assertThat(new String(body, UTF_8)).contains("\"liveness\":" + seconds + ",");
    assertThat(V2Codec.decode(body, 0).answer()).isEqualTo(answer);
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

  @Test
  void membersComeInAnyOrderAndUnknownOnesAreSkipped() throws Malformed {
    String body = """
         { "origins" : { "sr-ash-1" : {
            "tombstones" : [ [ "srv1" , "id9" , 1355833268199 , 1801 , "more" , [ {} ] ] ] ,
            "sum" : { "a" : [ 1 , { } ] } ,
            "entries" : [["srv1","id1",{"port": 1.10},1355833258676,11324,300000,null,{}]],
            "to" : 1355833268199, "from" : 1355833258675 } } , "new" : [ 1.5e3 , "\\ud800" ] ,
           "liveness" : 300.0 , "now" : 1355833270000 , "life" : "9f2c" , "node" : "sr-lon-1" }
        """;
    assertThat(decode(body)).isEqualTo(new Decoded<>(ANSWER, 0));
  }

  @Test
  void entriesAndTombstonesAndResetMayBeMissing() throws Malformed {
    assertThat(part("\"from\":3,\"to\":5")).isEqualTo(new OriginDelta("o", 3, 5, false, List.of()));
    assertThat(part("\"from\":3,\"to\":3,\"reset\":true").reset()).isTrue();
  }

  @Test
  void entriesAreSortedByVersionAndTiesKeepTheirOrder() throws Malformed {
    OriginDelta part = part("\"from\":0,\"to\":9,"
        + "\"tombstones\":[[\"s\",\"t5\",5,0],[\"s\",\"t1\",1,0],[\"s\",\"t3\",3,0]],"
        + "\"entries\":[[\"s\",\"b4\",{},4,0,1],[\"s\",\"a4\",{},4,0,1],[\"s\",\"a3\",{},3,0,1]]");
    assertThat(part.entries())
        .extracting(entry -> entry.key().id())
        .containsExactly("t1", "a3", "t3", "b4", "a4", "t5");
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

  private static OriginDelta part(String members) throws Malformed {
    return decode(envelope("\"o\":{" + members + "}"))
        .answer()
        .delta()
        .origins()
        .get(0);
  }

  private static String envelope(String origins) {
    return "{\"node\":\"n\",\"life\":\"l\",\"now\":1,\"liveness\":300,\"origins\":{" + origins
        + "}}";
  }

  private static Malformed assertMalformed(String body) {
    Malformed flaw = catchThrowableOfType(Malformed.class, () -> decode(body));
    assertThat(flaw).as(body).isNotNull();
    return flaw;
  }

  private static Decoded<V2Answer> decode(String body) throws Malformed {
    return V2Codec.decode(body.getBytes(UTF_8), 100);
  }
}

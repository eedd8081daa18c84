package io.hera.wire;

import static io.hera.wire.V2Samples.ANSWER;
import static io.hera.wire.V2Samples.GOLDEN;
import static io.hera.wire.V2Samples.decode;
import static io.hera.wire.V2Samples.envelope;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.hera.json.Malformed;
import io.hera.registry.Checksum;
import io.hera.registry.ContentVersion;
import io.hera.registry.Delta;
import io.hera.registry.Entry;
import io.hera.registry.Key;
import io.hera.registry.OriginDelta;
import io.hera.registry.Registration;
import io.hera.registry.Tombstone;
import io.hera.registry.ViewChecksum;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests how answers of version 2 are written and read. */
class V2CodecTest {
  private static final Handshake N = Handshake.of(new NodeId("n", "l"));

  @Test
  void theExampleOfTheProtocolIsWrittenByteForByte() throws Malformed {
    assertThat(new String(V2Codec.encode(ANSWER), UTF_8)).isEqualTo(GOLDEN);
    assertThat(decode(GOLDEN)).isEqualTo(new Decoded<>(ANSWER, 0));
  }

  @Test
  void checksumsTravelAsHexadecimalDigits() throws Malformed {
    Map<String, Checksum> checksums =
        Map.of("a", new Checksum(5, -1), "b", new Checksum(0, 0), "c", new Checksum(7, 0xabcL));
    V2Answer answer =
        new V2Answer(N, 0, 0, "", new Delta(List.of()), Map.of(), checksums, Optional.empty());
    String written =
        "{\"node\":\"n\",\"life\":\"l\",\"now\":0,\"liveness\":0,\"origins\":{},\"more\":false,\"held\":{},\"checksums\":"
            + "{\"a\":[5,\"ffffffffffffffff\"],\"b\":[0,\"0000000000000000\"],\"c\":[7,\"0000000000000abc\"]}}";

    assertThat(new String(V2Codec.encode(answer), UTF_8)).isEqualTo(written);
    assertThat(decode(written)).isEqualTo(new Decoded<>(answer, 0));
  }

  @Test
  void theViewTravelsAsHexadecimalDigits() throws Malformed {
    ViewChecksum view = new ViewChecksum(-1, new ContentVersion(1, 0xabcL));
    V2Answer answer =
        new V2Answer(N, 0, 0, "", new Delta(List.of()), Map.of(), Map.of(), Optional.of(view));
    String written =
        "{\"node\":\"n\",\"life\":\"l\",\"now\":0,\"liveness\":0,\"origins\":{},\"more\":false,\"held\":{},\"view\":"
            + "[\"ffffffffffffffff\",\"00000000000000010000000000000abc\"]}";

    assertThat(new String(V2Codec.encode(answer), UTF_8)).isEqualTo(written);
    assertThat(decode(written)).isEqualTo(new Decoded<>(answer, 0));
  }

  @Test
  void anyDeltaReadsBackUnchanged() throws Malformed {
    for (int seed = 0; seed < 2000; seed++) {
      Random random = new Random(seed);
      long liveness = random.nextLong(1L << (1 + random.nextInt(62)));
      V2Answer answer = new V2Answer(N, random.nextLong() >>> 1, liveness, Samples.delta(random));
      assertThat(V2Codec.decode(V2Codec.encode(answer), 100))
          .as("seed %d", seed)
          .isEqualTo(new Decoded<>(answer, 0));
    }
  }

  @Test
  void aPageThatWasCutHasTheMemberMore() throws Malformed {
    V2Answer answer = new V2Answer(N, 0, 0, new Delta(List.of(), true));
    String written =
        "{\"node\":\"n\",\"life\":\"l\",\"now\":0,\"liveness\":0,\"origins\":{},\"more\":true,\"held\":{}}";
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
  @CsvSource({
    "300000,300",
    "500,0.5",
    "1500,1.5",
    "1,0.001",
    "0,0",
    "9223372036854775807,9223372036854775.807"
  })
  void livenessTravelsInSeconds(long millis, String seconds) throws Malformed {
    V2Answer answer = new V2Answer(N, 0, millis, new Delta(List.of()));
    byte[] body = V2Codec.encode(answer);
    assertThat(new String(body, UTF_8)).contains("\"liveness\":" + seconds + ",");
    assertThat(V2Codec.decode(body, 0).answer()).isEqualTo(answer);
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

  @Test
  void aRestoredEntryHasASeventhElementAndThePartOfItsOriginAMember() throws Malformed {
    OriginDelta part = new OriginDelta("o", 3, 5, false, List.of(entry(true)), true);
    byte[] written = V2Codec.encode(new V2Answer(N, 0, 0, new Delta(List.of(part))));

    assertThat(new String(written, UTF_8))
        .contains("\"restored\":true")
        .contains("[[\"s\",\"i\",{},5,7,300,1]]");
    assertThat(V2Codec.decode(written, 10).answer().delta().origins()).containsExactly(part);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "2", "10", "true", "null", "{}", "[1]", "\"1\"", "2,1"})
  void anEntryWithAnotherSeventhElementIsOrdinary(String seventh) throws Malformed {
    assertThat(part("\"from\":3,\"to\":5,\"entries\":[[\"s\",\"i\",{},5,7,300," + seventh + "]]"))
        .isEqualTo(new OriginDelta("o", 3, 5, false, List.of(entry(false))));
  }

  private static Registration entry(boolean restored) {
    return new Registration(new Key("s", "i"), "{}".getBytes(UTF_8), 5, 7, 300, restored);
  }

  private static OriginDelta part(String members) throws Malformed {
    return decode(envelope("\"o\":{" + members + "}"))
        .answer()
        .delta()
        .origins()
        .get(0);
  }

  @Test
  void drainsTravelInMembersOfTheirOwn() throws Malformed {
    List<Entry> entries = List.of(
        new Registration(new Key("s", "1"), "{}".getBytes(UTF_8), 1, 0, 5),
        new Registration(new Key("_drain", "s/1"), "{\"at\":1}".getBytes(UTF_8), 2, 0, 5),
        new Tombstone(new Key("_drain", "*?match=host:h"), 3, 0));
    V2Answer answer = new V2Answer(
        Handshake.of(new NodeId("a", "1")),
        1,
        1,
        new Delta(List.of(new OriginDelta("a", 0, 3, false, entries))));
    byte[] bytes = V2Codec.encode(answer);
    assertThat(new String(bytes, UTF_8)).contains("""
        "entries":[["s","1",{},1,0,5]],"tombstones":[],\
        "system":[["_drain","s/1",{"at":1},2,0,5]],\
        "system_tombstones":[["_drain","*?match=host:h",3,0]]}""");
    Decoded<V2Answer> read = V2Codec.decode(bytes, 10);
    assertThat(read.answer()).isEqualTo(answer);
    assertThat(read.quarantined()).isZero();
  }

  @Test
  void anEntryThatIsNotADrainIsLeftOutAlone() throws Malformed {
    String text = """
        {"node":"a","life":"1","now":1,"liveness":1,"origins":{"a":{"from":0,"to":9,"entries":[["_drain","s",{},1,0,5]],\
        "system":[["_other","s",{},1,0,5],["_drain","a b",{},2,0,5],["s","1",{},3,0,5],["_drain","s",{},4,0,5]]}}}""";
    Decoded<V2Answer> read = V2Codec.decode(text.getBytes(UTF_8), 10);
    assertThat(read.quarantined()).isEqualTo(4);
    assertThat(read.answer().delta().origins().get(0).entries())
        .extracting(Entry::version)
        .containsExactly(4L);
  }
}

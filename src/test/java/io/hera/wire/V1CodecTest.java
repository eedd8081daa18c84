package io.hera.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.hera.json.Malformed;
import io.hera.registry.Delta;
import io.hera.registry.Digest;
import io.hera.registry.Entry;
import io.hera.registry.Key;
import io.hera.registry.OriginDelta;
import io.hera.registry.Registration;
import io.hera.registry.Tombstone;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests the answers of version 1, and how leniently they are read. */
class V1CodecTest {
  private static final long NOW = 1_355_833_270_000L;

  /** The example in the description of the 2012 project, completed. */
  private static final String SEED = """
      {
        "sr-lon-1": [["srv1", "id1", {"host": "10.1.1.1", "name": "\\u00e5"}, 1355833258675]],
        "sr-ash-1": [["srv1", "id2", {}, 1355833268199]]
      }""";

  private static final V1Request ASKED = new V1Request(
      new Digest(Map.of("sr-lon-1", 1_355_833_258_000L, "sr-ash-1", 0L)), NOW, Samples.LIVENESS);

  private static final V1Request ONE = new V1Request(Digest.of("o", 100), NOW, Samples.LIVENESS);

  @Test
  void theExampleOf2012IsRead() throws Malformed {
    Decoded<Delta> decoded = V1Codec.decode(SEED.getBytes(UTF_8), ASKED, 2);
    assertThat(decoded.quarantined()).isZero();
    assertThat(decoded.answer().origins())
        .containsExactly(
            new OriginDelta(
                "sr-lon-1",
                1_355_833_258_000L,
                1_355_833_258_675L,
                false,
                List.of(new Registration(
                    new Key("srv1", "id1"),
                    "{\"host\": \"10.1.1.1\", \"name\": \"\\u00e5\"}".getBytes(UTF_8),
                    1_355_833_258_675L,
                    11_325,
                    300_000))),
            new OriginDelta(
                "sr-ash-1",
                0,
                1_355_833_268_199L,
                false,
                List.of(new Registration(
                    new Key("srv1", "id2"),
                    "{}".getBytes(UTF_8),
                    1_355_833_268_199L,
                    1_801,
                    300_000))));
  }

  @Test
  void anAnswerIsWrittenInTheFormOf2012() {
    Delta delta = new Delta(List.of(
        new OriginDelta(
            "sr-ash-1",
            0,
            9,
            false,
            List.of(
                Samples.registration("srv1", "id2", "{\"a\": 1.10}", 7),
                new Tombstone(new Key("srv1", "id3"), 8, 0),
                Samples.registration("srv1", "\"å\\\n", "{}\n", 9))),
        new OriginDelta("not asked", 0, 9, false, List.of())));
    assertThat(new String(V1Codec.encode(delta, List.of("sr-lon-1", "sr-ash-1")), UTF_8))
        .isEqualTo("{\"sr-lon-1\":[],\"sr-ash-1\":[[\"srv1\",\"id2\",{\"a\": 1.10},7],"
            + "[\"srv1\",\"\\\"å\\\\\\u000a\",{}\n,9]]}");
    assertThat(new String(V1Codec.encode(delta, List.of()), UTF_8)).isEqualTo("{}");
  }

  @Test
  void theRegistrationsOfAnyDeltaReadBackUnchanged() throws Malformed {
    for (int seed = 0; seed < 2000; seed++) {
      Delta delta = Samples.delta(new Random(seed));
      Map<String, Long> horizons = new HashMap<>();
      delta.origins().forEach(part -> horizons.put(part.origin(), part.from()));
      List<String> names = delta.origins().stream().map(OriginDelta::origin).toList();
      Decoded<Delta> decoded = V1Codec.decode(
          V1Codec.encode(delta, names), new V1Request(new Digest(horizons), NOW, 300_000), 100);
      assertThat(decoded.quarantined()).isZero();
      for (int i = 0; i < names.size(); i++) {
        assertThat(words(decoded.answer().origins().get(i)))
            .as("seed %d", seed)
            .isEqualTo(words(delta.origins().get(i)));
      }
    }
  }

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
  @CsvSource({"1355833258675.0,1355833258675", "1.355833258675e12,1355833258675", "0,0", "-0.0,0"})
  void aVersionMayBeAnIntegerInFloatNotation(String written, long version) throws Malformed {
    Entry entry =
        only(decode("{\"o\":[[\"s\",\"i\",{}," + written + "]]}")).entries().get(0);
    assertThat(entry.version()).isEqualTo(version);
  }

  @Test
  void entriesAreSortedByVersionAlsoIfSeveralHaveOneKey() throws Malformed {
    OriginDelta part = only(decode("{\"o\":[[\"s\",\"i\",{\"n\":3},300],[\"s\",\"j\",{},200],"
        + "[\"s\",\"i\",{\"n\":2},200],[\"s\",\"i\",{\"n\":1},50]]}"));
    assertThat(words(part))
        .containsExactly(
            "s/i {\"n\":1} 50", "s/j {} 200", "s/i {\"n\":2} 200", "s/i {\"n\":3} 300");
    assertThat(part.from()).isEqualTo(100);
    assertThat(part.to()).isEqualTo(300);
  }

  @Test
  void theBoundsOfAPartAreNeverBelowTheHorizonAsked() throws Malformed {
    for (String entries : List.of("", "[\"s\",\"i\",{},50]", "[\"s\",\"i\",NaN,500]")) {
      OriginDelta part = only(decode("{\"o\":[" + entries + "]}"));
      assertThat(part.from()).isEqualTo(100);
      assertThat(part.to()).isEqualTo(100);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "1355833270000,0",
    "1355833269999,1",
    "1355832970000,300000",
    "1355832969999,300000",
    "5,300000",
    "1355833270001,0",
    "9223372036854775807,0"
  })
  void theAgeIsDerivedFromTheVersionAndClippedToTheTtl(long version, long age) throws Malformed {
    Entry entry =
        only(decode("{\"o\":[[\"s\",\"i\",{}," + version + "]]}")).entries().get(0);
    assertThat(entry.ageMillis()).isEqualTo(age);
    assertThat(((Registration) entry).ttlMillis()).isEqualTo(Samples.LIVENESS);
  }

  @Test
  void originsThatWereNotAskedAreSkipped() throws Malformed {
    Decoded<Delta> decoded = decode(
        "{\"x\":[[\"s\",\"i\",{},5],[bad],5],\"y\":NaN,\"o\":[[\"s\",\"i\",{},5]],\"z\":{\"a\":[\"}\"]}}");
    assertThat(decoded.answer().origins()).hasSize(1);
    assertThat(only(decoded).origin()).isEqualTo("o");
    assertThat(decoded.quarantined()).isZero();
    assertThat(decode("{}").answer().origins()).isEmpty();
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

  private static List<String> words(OriginDelta part) {
    return part.entries().stream()
        .filter(Registration.class::isInstance)
        .map(Registration.class::cast)
        .map(entry -> entry.key().service() + "/" + entry.key().id() + " "
            + new String(entry.document(), UTF_8).strip() + " " + entry.version())
        .toList();
  }

  private static OriginDelta only(Decoded<Delta> decoded) {
    return decoded.answer().origins().get(0);
  }

  private static Decoded<Delta> decode(String body) throws Malformed {
    return V1Codec.decode(body.getBytes(UTF_8), ONE, 100);
  }
}

package io.hera.wire;

import static io.hera.wire.V1Samples.ASKED;
import static io.hera.wire.V1Samples.NOW;
import static io.hera.wire.V1Samples.SEED;
import static io.hera.wire.V1Samples.decode;
import static io.hera.wire.V1Samples.only;
import static io.hera.wire.V1Samples.words;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.hera.json.Malformed;
import io.hera.registry.Delta;
import io.hera.registry.Digest;
import io.hera.registry.Entry;
import io.hera.registry.Key;
import io.hera.registry.OriginDelta;
import io.hera.registry.Registration;
import io.hera.registry.Tombstone;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests how answers of version 1 are written and read. */
class V1CodecTest {
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
}

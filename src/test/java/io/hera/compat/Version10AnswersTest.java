package io.hera.compat;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.hera.json.Malformed;
import io.hera.registry.Delta;
import io.hera.registry.Digest;
import io.hera.registry.Entry;
import io.hera.registry.OriginDelta;
import io.hera.registry.Registration;
import io.hera.testkit.Reply;
import io.hera.wire.Decoded;
import io.hera.wire.GossipLimits;
import io.hera.wire.Handshake;
import io.hera.wire.V1Codec;
import io.hera.wire.V1Request;
import io.hera.wire.V2Answer;
import io.hera.wire.V2Codec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests that the answers of the real version 1.0 are read whole, and mean what they meant there. */
class Version10AnswersTest {
  private static final String AT_A = "{\"host\": \"10.1.1.1\", \"load\": 1.10}";
  private static final String FIRST = "{\"host\": \"10.1.1.1\", \"port\": 1.10}";
  private static final String SECOND = " {\"n\":1.10, \"s\":\"\\u00e9\"}\n";

  /** What it had written before it was asked for everything. */
  private static final List<String> OWN = List.of(
      "+recovery/1 200 " + AT_A,
      "+recovery/2 200 " + AT_A,
      "-recovery/3",
      "+orders/1 300 " + FIRST,
      "+orders/i\"d 100 " + SECOND,
      "-orders/gone",
      "-brief/1");

  static List<String> version2() {
    return Recorded.names("answers", ".http").stream()
        .filter(name -> name.startsWith("v2-") && !name.endsWith(".request"))
        .toList();
  }

  @ParameterizedTest
  @MethodSource("version2")
  void everyAnswerOfVersion2IsReadWhole(String name) throws Malformed {
    Reply reply = Recorded.reply(name);
    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.header("content-type")).isEqualTo(V2Codec.MEDIA_TYPE);
    V2Answer answer = decode(name);
    assertThat(answer.handshake()).isEqualTo(Handshake.of(answer.handshake().node()));
    assertThat(answer.handshake().name()).isEqualTo("b");
    assertThat(answer.members()).isEmpty();
    assertThat(answer.held()).isEmpty();
    assertThat(answer.livenessMillis()).isEqualTo(300_000);
    assertThat(answer.delta().size())
        .isEqualTo(reply.json().getJsonObject("origins").stream()
            .map(origin -> reply.json().getJsonObject("origins").getJsonObject(origin.getKey()))
            .mapToInt(part -> part.getJsonArray("entries").size()
                + part.getJsonArray("tombstones").size())
            .sum());
  }

  @ParameterizedTest
  @ValueSource(strings = {"v2-own-origin", "v2-unknown-parameters"})
  void theOwnOriginHasRegistrationsTtlsAndTombstones(String name) throws Malformed {
    OriginDelta own = only(name);
    assertThat(own.origin()).isEqualTo("b");
    assertThat(own.from()).isZero();
    assertThat(own.reset()).isFalse();
    assertThat(own.entries()).extracting(Version10AnswersTest::text).isEqualTo(OWN);
    assertThat(own.entries()).allMatch(entry -> entry.ageMillis() >= 0);
    assertThat(own.to()).isEqualTo(own.entries().get(own.entries().size() - 1).version());
  }

  @ParameterizedTest
  @ValueSource(strings = {"v2-all-origins", "v2-gzip", "v2-checksums"})
  void allOriginsThatWereAskedAreAnswered(String name) throws Malformed {
    List<OriginDelta> parts = decode(name).delta().origins();
    assertThat(parts).extracting(OriginDelta::origin).containsExactly("a", "b", "c");
    assertThat(parts.get(1).entries()).extracting(Version10AnswersTest::text).isEqualTo(OWN);
    assertThat(parts.get(2).entries())
        .extracting(Version10AnswersTest::text)
        .contains("+unknown-members/2 200 " + AT_A, "-unknown-members/3", "-reset/3");
  }

  @Test
  void checksumsAreThoseOfTheHorizonsThatWereSent() throws Malformed {
    V2Answer answer = decode("v2-checksums");
    assertThat(answer.checksums()).containsOnlyKeys("a", "b", "c");
    for (OriginDelta part : answer.delta().origins()) {
      assertThat(answer.checksums().get(part.origin()).horizon()).isEqualTo(part.to());
    }
    assertThat(decode("v2-all-origins").checksums()).isEmpty();
  }

  @Test
  void aHangingPullBringsTheNextWriteOrNothing() throws Malformed {
    OriginDelta write = only("v2-hanging-write");
    assertThat(write.from()).isEqualTo(only("v2-own-origin").to());
    assertThat(write.entries())
        .extracting(Version10AnswersTest::text)
        .containsExactly("+orders/2 300 {\"n\":2}");
    for (String nothing : List.of("v2-hanging-nothing", "v2-nothing")) {
      assertThat(decode(nothing).delta()).isEqualTo(new Delta(List.of()));
    }
  }

  @Test
  void aResetHasAllOwnEntriesAboveTheClaim() throws Malformed {
    OriginDelta reset = only("v2-reset");
    assertThat(reset.reset()).isTrue();
    assertThat(reset.from()).isZero();
    List<String> expected = new ArrayList<>(OWN);
    expected.add("+orders/2 300 {\"n\":2}");
    assertThat(reset.entries())
        .extracting(Version10AnswersTest::text)
        .containsExactlyInAnyOrderElementsOf(expected);
    long before = only("v2-own-origin").to();
    assertThat(reset.entries()).allMatch(entry -> entry.version() > before);
  }

  /** Version 1.0 does not say whether a page was cut, so a large one counts as cut. */
  @Test
  void pagesLeadToTheEndAndCountAsCutByTheirSize() throws Malformed {
    List<String> ids = new ArrayList<>();
    long horizon = 0;
    for (int page = 1; page <= 3; page++) {
      OriginDelta part = only("v2-page-" + page);
      assertThat(part.from()).isEqualTo(horizon);
      assertThat(decode("v2-page-" + page).delta().more()).isTrue();
      part.entries().forEach(entry -> ids.add(entry.key().id()));
      horizon = part.to();
    }
    assertThat(ids).doesNotHaveDuplicates().hasSize(40);
    assertThat(decode("v2-page-4").delta()).isEqualTo(new Delta(List.of()));
  }

  @Test
  void answersOfVersion1HaveTheSameRegistrations() throws Malformed {
    V2Answer same = decode("v2-all-origins");
    Digest asked = new Digest(Map.of("a", 0L, "b", 0L, "c", 0L));
    Reply reply = Recorded.reply("v1-all-origins");
    assertThat(reply.header("content-type")).isEqualTo("application/json; charset=utf-8");
    Decoded<Delta> decoded = V1Codec.decode(
        reply.bytes(), new V1Request(asked, same.nowMillis(), 300_000), GossipLimits.ENTRIES_MAX);
    assertThat(decoded.quarantined()).isZero();
    assertThat(registrations(decoded.answer()))
        .isEqualTo(registrations(same.delta()))
        .hasSize(14);
    assertThat(V1Codec.decode(
                Recorded.reply("v1-own-origin").bytes(),
                new V1Request(Digest.of("b", 0), same.nowMillis(), 300_000),
                GossipLimits.ENTRIES_MAX)
            .answer()
            .origins())
        .containsExactly(decoded.answer().origins().get(1));
  }

  @ParameterizedTest
  @ValueSource(strings = {"conflict", "conflict-unknown-parameters"})
  void aRefusalIsAProblemWithADetail(String name) throws Malformed {
    assertThat(Recorded.reply(name).isProblem(409, "name-conflict").getString("detail"))
        .contains("127.0.0.1");
  }

  @Test
  void anInvalidQueryIsAProblem() throws Malformed {
    Recorded.reply("invalid-query").isProblem(400, "invalid-query");
  }

  private static List<String> registrations(Delta delta) {
    return delta.origins().stream()
        .flatMap(part -> part.entries().stream())
        .filter(Registration.class::isInstance)
        .map(Registration.class::cast)
        .map(entry ->
            entry.key() + " " + entry.version() + new String(entry.document(), UTF_8).strip())
        .toList();
  }

  /** Returns {@code +service/id ttl document} with the ttl in seconds, or {@code -service/id}. */
  private static String text(Entry entry) {
    String path = entry.key().service() + "/" + entry.key().id();
    return entry instanceof Registration registration
        ? "+" + path + " " + registration.ttlMillis() / 1_000 + " "
            + new String(registration.document(), UTF_8)
        : "-" + path;
  }

  private static OriginDelta only(String name) throws Malformed {
    List<OriginDelta> parts = decode(name).delta().origins();
    assertThat(parts).hasSize(1);
    return parts.get(0);
  }

  private static V2Answer decode(String name) throws Malformed {
    Decoded<V2Answer> decoded =
        V2Codec.decode(Recorded.reply(name).bytes(), GossipLimits.ENTRIES_MAX);
    assertThat(decoded.quarantined()).isZero();
    return decoded.answer();
  }
}

package io.hera.gossip.serve;

import static org.assertj.core.api.Assertions.assertThat;

import io.hera.json.Malformed;
import io.hera.registry.Delta;
import io.hera.registry.Entry;
import io.hera.registry.Key;
import io.hera.registry.OriginDelta;
import io.hera.registry.Registration;
import io.hera.registry.Tombstone;
import io.hera.testkit.Eventually;
import io.hera.testkit.Handshakes;
import io.hera.testkit.Line;
import io.hera.testkit.Reply;
import io.hera.testkit.ServedNode;
import io.hera.wire.Decoded;
import io.hera.wire.Gzip;
import io.hera.wire.Handshake;
import io.hera.wire.V2Answer;
import io.hera.wire.V2Codec;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What peers are answered, those of 2012 and our own. */
class DeltasTest {
  private static final String V2 = "Accept: application/vnd.hera.deltas.v2+json";
  private static final String B = "Hera-Node: b;life=b1";
  private static final int MIB = 1 << 20;

  @AutoClose
  private final ServedNode node = ServedNode.ready();

  @Test
  void aNodeOf2012GetsWhatItExpectsByteByByte() {
    String document = " {\"n\": 1.10, \"s\":\"\\u00e9\"}\n";
    node.register("/srv1/i%22d", document);
    node.send("DELETE", "/srv1/other", "").isDone();
    Reply reply = node.get("/_deltas?b=1355833258675&a=0");
    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.header("content-type")).isEqualTo("application/json; charset=utf-8");
    assertThat(reply.headers()).doesNotContainKey("content-encoding");
    JsonArray entry = reply.json().getJsonArray("a").getJsonArray(0);
    assertThat(entry).hasSize(4);
    long version = entry.getLong(3);
    assertThat(Math.abs(version - InstantSource.system().millis())).isLessThan(60_000);
    String entries = "[[\"srv1\",\"i\\\"d\"," + document + "," + version + "]]";
    assertThat(reply.body()).isEqualTo("{\"a\":" + entries + ",\"b\":[]}");
    assertThat(node.get("/_deltas?a=" + version).body()).isEqualTo("{\"a\":[]}");
  }

  @Test
  void membersThatAreAskedForAreAnsweredAndNobodyElse() {
    assertThat(node.get("/_deltas?a=0&b=0&c=0&_wait=20000&_x=y").body())
        .isEqualTo("{\"a\":[],\"b\":[]}");
    assertThat(node.get("/_deltas?b=0").body()).isEqualTo("{\"b\":[]}");
    assertThat(node.get("/_deltas?c=0").body()).isEqualTo("{}");
    assertThat(node.get("/_deltas").body()).isEqualTo("{}");
    assertThat(node.get("/_deltas?").body()).isEqualTo("{}");
    assertThat(node.get("/_deltas?%61=0&b=-5").body()).isEqualTo("{\"a\":[],\"b\":[]}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a",
        "a=",
        "a=x",
        "a=1.5",
        "a=0x1",
        "a=9223372036854775808",
        "a=1;b=2",
        "a=1&a=2",
        "=1",
        "a=%zz",
        "%FF=1",
        "a=NaN",
        "a=1&%61=1"
      })
  void aDigestThatIsNoneIsRefused(String digest) {
    node.get("/_deltas?" + digest).isProblem(400, "invalid-query");
    node.get("/_deltas?" + digest, V2, B).isProblem(400, "invalid-query");
  }

  @Test
  void aDigestHasAtMostAThousandOrigins() {
    String thousand =
        IntStream.range(0, 1_000).mapToObj(i -> "n" + i + "=0").collect(Collectors.joining("&"));
    assertThat(node.get("/_deltas?" + thousand).body()).isEqualTo("{}");
    node.get("/_deltas?" + thousand + "&a=0").isProblem(400, "invalid-query");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Accept: application/vnd.hera.deltas.v2+json",
        "accept: application/json, application/vnd.hera.deltas.v2+json;q=0.5, */*",
        "Accept: Application/Vnd.Hera.Deltas.V2+JSON ; q=1",
        "Accept: text/html\r\nAccept: application/vnd.hera.deltas.v2+json"
      })
  void aRequestThatAcceptsVersion2GetsIt(String accept) throws Malformed {
    Reply reply = node.get("/_deltas?a=0", accept);
    assertThat(reply.header("content-type")).isEqualTo(V2Codec.MEDIA_TYPE);
    assertThat(answer(reply).handshake().name()).isEqualTo("a");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "X: y",
        "Accept: */*",
        "Accept: application/json",
        "Accept: application/vnd.hera.deltas.v3+json",
        "Accept: application/vnd.hera.deltas.v2+json;q=0",
        "Accept: application/vnd.hera.deltas.v2+jsonx",
        "Accept: ;,;;q=,"
      })
  void anyOtherRequestGetsVersion1(String accept) {
    assertThat(node.get("/_deltas?a=0", accept).body()).isEqualTo("{\"a\":[]}");
  }

  @Test
  void version2CarriesTombstonesAgesAndTtls() throws Malformed {
    node.register("/s/1?ttl=100", "{ \"n\":1.10}");
    node.send("DELETE", "/s/2", "").isDone();
    Reply reply = node.get("/_deltas?a=0&b=0", V2, B);
    V2Answer answer = answer(reply);
    assertThat(answer.handshake().life()).isEqualTo(ServedNode.LIFE);
    assertThat(answer.livenessMillis()).isEqualTo(300_000);
    OriginDelta part = only(answer);
    assertThat(part.origin()).isEqualTo("a");
    assertThat(part.from()).isZero();
    assertThat(part.reset()).isFalse();
    Registration registration = (Registration) part.entries().get(0);
    assertThat(new String(registration.document(), StandardCharsets.UTF_8))
        .isEqualTo("{ \"n\":1.10}");
    assertThat(registration.ttlMillis()).isEqualTo(100_000);
    assertThat(registration.ageMillis()).isBetween(0L, 50_000L);
    assertThat(part.entries().get(1)).isInstanceOf(Tombstone.class);
    assertThat(answer(node.get("/_deltas?a=" + part.to(), V2, B)).delta().origins())
        .isEmpty();
  }

  @Test
  void version2SaysWhoAnswersAndWithWhichSettings() throws Malformed {
    Reply reply = node.get("/_deltas?a=0", V2, B + ";since=1;cluster=other;can=view2;cfg=00;new=x");
    Handshake says = answer(reply).handshake();
    assertThat(says.sinceMillis()).isEqualTo(Handshakes.SINCE);
    assertThat(says.cluster()).isEmpty();
    assertThat(says.cfg()).isEqualTo(Handshakes.settings(Set.of("a", "b")).hash());
    assertThat(answer(reply).members())
        .isEqualTo(Handshakes.settings(Set.of("b", "a")).membersHash());
    assertThat(answer(reply).held()).isEmpty();
  }

  @Test
  void version2NamesTheOriginsThatWereNotAskedFor() throws Malformed {
    node.register("/s/1", "{}");
    V2Answer answer = answer(node.get("/_deltas?b=0", V2, B));
    assertThat(answer.held()).containsOnlyKeys("a");
    assertThat(answer(node.get("/_deltas?a=0&b=0", V2, B)).held()).isEmpty();
    assertThat(node.get("/_deltas?b=0", V2, B).body()).contains("\"held\":{\"a\":");
    assertThat(answer(node.get("/_deltas?b=0&_wait=1", V2, B)).held()).isEmpty();
  }

  @Test
  void theEntriesOfANodeThatLeftAreTakenAndGivenFurther() throws Malformed {
    long now = InstantSource.system().millis();
    Registration entry =
        new Registration(new Key("s", "1"), new byte[] {'{', '}'}, now, 0, 300_000);
    OriginDelta old = new OriginDelta("old", 0, now, false, List.of(entry));
    node.fetchedFromB("b1", new Delta(List.of(old)));
    assertThat(node.document("/s/1")).isEqualTo("{}");
    assertThat(answer(node.get("/_deltas?a=0&b=0", V2, B)).held())
        .containsExactly(Map.entry("old", now));
    assertThat(only(answer(node.get("/_deltas?old=0", V2, B))).entries()).hasSize(1);
    assertThat(node.get("/_deltas?old=0").body()).isEqualTo("{}");
  }

  @Test
  void theViewIsSentToPeersThatUnderstandIt() throws Malformed {
    node.register("/s/1", "{}");
    assertThat(checked("/_deltas?a=0&_checksums=1").view()).isEmpty();
    assertThat(answer(node.get("/_deltas?a=0&_checksums=1", V2, B)).view()).isEmpty();
    String understands = "Hera-Node: b;life=b1;can=view2";
    assertThat(answer(node.get("/_deltas?a=0", V2, understands)).view()).isEmpty();
    assertThat(answer(node.get("/_deltas?a=0&_checksums=1", V2, understands)).view())
        .isPresent();
  }

  @Test
  void checksumsComeWhenTheyAreAskedForAndOfWhatIsAskedFor() throws Malformed {
    node.register("/s/1", "{}");
    assertThat(checked("/_deltas?a=0&b=0").checksums()).isEmpty();
    V2Answer answer = checked("/_deltas?a=0&_checksums=1");
    assertThat(answer.checksums()).containsOnlyKeys("a");
    assertThat(answer.checksums().get("a").horizon())
        .isEqualTo(answer.delta().origins().get(0).to());
    node.register("/s/1", "{}");
    assertThat(checked("/_deltas?a=0&_checksums=1").checksums().get("a"))
        .isNotEqualTo(answer.checksums().get("a"));
  }

  @Test
  void anAnswerIsCompressedOnlyForThoseWhoAcceptIt() throws Malformed {
    node.register("/s/1", "{\"pad\":\"" + "x".repeat(5_000) + "\"}");
    String plain = node.get("/_deltas?a=0").body();
    for (String no :
        new String[] {"X: y", "Accept-Encoding: br, gzipx", "Accept-Encoding: identity, gzip;q=0"
        }) {
      Reply reply = node.get("/_deltas?a=0", no);
      assertThat(reply.headers()).doesNotContainKey("content-encoding");
      assertThat(reply.body()).isEqualTo(plain);
    }
    for (String yes : new String[] {"Accept-Encoding: gzip", "Accept-Encoding: br, GZIP;q=0.1"}) {
      Reply reply = node.get("/_deltas?a=0", yes);
      assertThat(reply.header("content-encoding")).isEqualTo("gzip");
      assertThat(reply.header("vary")).contains("accept-encoding");
      assertThat(new String(Gzip.inflate(reply.bytes(), MIB), StandardCharsets.UTF_8))
          .isEqualTo(plain);
    }
  }

  @Test
  void largeAnswersAreCompressedToo() throws Malformed {
    for (int i = 0; i < 6; i++) {
      node.register("/s/" + i, "{\"pad\":\"" + "x".repeat(50_000) + "\"}");
    }
    Reply reply = node.get("/_deltas?a=0", V2, "Accept-Encoding: gzip");
    assertThat(reply.bytes().length).isLessThan(50_000);
    V2Answer answer = V2Codec.decode(Gzip.inflate(reply.bytes(), MIB), 1_000).answer();
    assertThat(only(answer).entries()).hasSize(6);
  }

  /** The answer is above 1 KB also when it is compressed. */
  @Test
  void anAnswerThatStaysLargeIsCompressedOnce() throws Malformed {
    for (int i = 0; i < 6; i++) {
      byte[] random = new byte[8_000];
      new Random(i).nextBytes(random);
      node.register("/s/" + i, "{\"pad\":\"" + HexFormat.of().formatHex(random) + "\"}");
    }
    Reply reply = node.get("/_deltas?a=0", V2, "Accept-Encoding: gzip");
    assertThat(reply.bytes().length).isGreaterThan(10_000);
    V2Answer answer = V2Codec.decode(Gzip.inflate(reply.bytes(), MIB), 1_000).answer();
    assertThat(only(answer).entries()).hasSize(6);
  }

  @Test
  void pagesOfLargeDocumentsLeadToTheEnd() throws Malformed {
    String document = "{\"pad\":\"" + "x".repeat(65_000) + "\"}";
    for (int i = 0; i < 60; i++) {
      node.register("/large/" + i, document);
    }
    assertThat(pages()).doesNotHaveDuplicates().hasSize(60);
  }

  @Test
  void pagesOfManySmallDocumentsOfSeveralOriginsLeadToTheEnd() throws Malformed {
    String service = "%22".repeat(255);
    try (Line line = node.line()) {
      for (int i = 0; i < 3_000; i++) {
        line.write(Line.request("PUT", "/" + service + "/own" + i, new byte[] {'{', '}'}));
      }
      for (int i = 0; i < 3_000; i++) {
        line.read("PUT").isDone();
      }
    }
    long now = InstantSource.system().millis();
    List<Entry> entries = new ArrayList<>();
    for (int i = 0; i < 3_000; i++) {
      Key key = new Key("\"".repeat(255), "of-b-" + i);
      entries.add(new Registration(key, new byte[] {'{', '}'}, now - 4_000 + i / 3, 0, 300_000));
    }
    node.merge(new Delta(List.of(new OriginDelta("b", 0, now, false, entries))));
    assertThat(pages()).doesNotHaveDuplicates().hasSize(6_000);
  }

  /** Asks from 0 until there is nothing more; every page is held to its limit. */
  private List<Key> pages() throws Malformed {
    List<Key> keys = new ArrayList<>();
    long a = 0;
    long b = 0;
    while (true) {
      Reply reply = node.get("/_deltas?a=" + a + "&b=" + b, V2);
      assertThat(reply.bytes().length).isLessThanOrEqualTo(MIB);
      List<OriginDelta> parts = answer(reply).delta().origins();
      if (parts.isEmpty()) {
        return keys;
      }
      for (OriginDelta part : parts) {
        assertThat(part.from()).isEqualTo(part.origin().equals("a") ? a : b);
        part.entries().forEach(entry -> keys.add(entry.key()));
        a = part.origin().equals("a") ? part.to() : a;
        b = part.origin().equals("b") ? part.to() : b;
      }
    }
  }

  @Test
  void twoLivesUnderTheNodesOwnNameAreAConflict() {
    JsonObject problem =
        node.get("/_deltas?a=0", V2, "Hera-Node: a;life=another").isProblem(409, "name-conflict");
    assertThat(problem.getString("detail")).contains("127.0.0.1");
    JsonObject status = node.status();
    assertThat(status.getJsonObject("conflicts").getString("a")).contains("127.0.0.1");
    assertThat(status.getJsonObject("refused").getJsonObject("gossip").getLong("name_conflict"))
        .isEqualTo(1);
    node.get("/_deltas?a=0", "Hera-Node: a;life=" + ServedNode.LIFE)
        .isProblem(409, "name-conflict");
  }

  @Test
  void aLifeThatAPeersAddressDoesNotConfirmIsRefusedAlone() {
    node.fetchedFromB("1");
    assertThat(node.get("/_deltas?a=0", "Hera-Node: b;life=2").status()).isEqualTo(200);
    Eventually.holds(() -> {
      node.fetchedFromB("1");
      return node.get("/_deltas?a=0", "Hera-Node: b;life=2").status() == 409;
    });
    node.get("/_deltas?a=0", "Hera-Node: b;life=2").isProblem(409, "name-conflict");
    assertThat(node.get("/_deltas?a=0", "Hera-Node: b;life=1").status()).isEqualTo(200);
    assertThat(node.status().getJsonObject("conflicts").getString("b")).contains("127.0.0.1");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "X: y",
        "Hera-Node: ",
        "Hera-Node: a",
        "Hera-Node: a;life=",
        "Hera-Node: ;life=1",
        "Hera-Node: stranger;life=1",
        "Hera-Node: \u00e9;life=1",
        "Hera-Node: ;;;=;"
      })
  void aPeerWithAMalformedIntroductionIsServedAsAStranger(String header) {
    assertThat(node.get("/_deltas?a=0", header).body()).isEqualTo("{\"a\":[]}");
  }

  private static OriginDelta only(V2Answer answer) {
    assertThat(answer.delta().origins()).hasSize(1);
    return answer.delta().origins().get(0);
  }

  private V2Answer checked(String target) throws Malformed {
    return answer(node.get(target, V2));
  }

  private static V2Answer answer(Reply reply) throws Malformed {
    Decoded<V2Answer> decoded = V2Codec.decode(reply.bytes(), 100_000);
    assertThat(decoded.quarantined()).isZero();
    return decoded.answer();
  }
}

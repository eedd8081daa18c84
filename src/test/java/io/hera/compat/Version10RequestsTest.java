package io.hera.compat;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.hera.json.Malformed;
import io.hera.registry.Delta;
import io.hera.registry.Key;
import io.hera.registry.OriginDelta;
import io.hera.registry.Registration;
import io.hera.testkit.Line;
import io.hera.testkit.Reply;
import io.hera.testkit.ServedNode;
import io.hera.wire.GossipLimits;
import io.hera.wire.Gzip;
import io.hera.wire.V2Codec;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Tests that the requests of the real version 1.0 are answered in the form that it has accepted: of
 * an answer, it skips unknown members at the top level and of an origin, and further elements of
 * entries. Everything else has to stay.
 */
class Version10RequestsTest {
  private static final String DOCUMENT = "{\"n\":1.10}";

  @AutoClose
  private final ServedNode node = ServedNode.ready();

  static List<String> requests() {
    return Recorded.names("requests", ".http");
  }

  /** The form of version 1 aside, which it gets only from nodes of 2012. */
  static List<String> accepted() {
    return Recorded.names("accepted", ".json").stream()
        .filter(name -> !name.endsWith(".shown") && !name.equals("version-1"))
        .toList();
  }

  @BeforeEach
  void write() {
    node.register("/s/1?ttl=100", DOCUMENT);
    node.register("/s/pad", "{\"x\":\"" + "y".repeat(5_000) + "\"}");
    node.send("DELETE", "/s/2", "").isDone();
    long now = InstantSource.system().millis();
    Registration other =
        new Registration(new Key("s", "3"), DOCUMENT.getBytes(UTF_8), now, 0, 300_000);
    node.merge(new Delta(List.of(new OriginDelta("b", 0, now, false, List.of(other)))));
  }

  @ParameterizedTest
  @MethodSource("requests")
  void aRequestOfVersion10IsAnsweredInAFormThatItHasAccepted(String name) throws Malformed {
    try (Line line = node.line()) {
      line.write(Recorded.bytes("requests/" + name + ".http"));
      Reply reply = line.read("GET");
      assertThat(reply.status()).isEqualTo(200);
      assertThat(reply.header("content-type")).isEqualTo(V2Codec.MEDIA_TYPE);
      byte[] body = reply.bytes();
      if (reply.headers().containsKey("content-encoding")) {
        assertThat(reply.header("content-encoding")).isEqualTo("gzip");
        body = Gzip.inflate(body, GossipLimits.BODY_BYTES_MAX);
      }
      assertAccepted(body);
    }
  }

  @Test
  void aPullOfVersion10GetsEverythingAboveItsDigest() throws Malformed {
    Reply reply = node.raw(new String(Recorded.bytes("requests/first-pull.http"), UTF_8));
    assertThat(reply.header("content-encoding")).isEqualTo("gzip");
    JsonObject answer =
        new JsonObject(new String(Gzip.inflate(reply.bytes(), GossipLimits.BODY_BYTES_MAX), UTF_8));
    JsonObject origins = answer.getJsonObject("origins");
    assertThat(origins.fieldNames()).containsExactlyInAnyOrder("a", "b");
    assertThat(origins.getJsonObject("a").getJsonArray("entries")).hasSize(2);
    assertThat(origins.getJsonObject("a").getJsonArray("tombstones")).hasSize(1);
    assertThat(origins.getJsonObject("b").getJsonArray("entries")).hasSize(1);
    assertThat(answer.getJsonObject("checksums").fieldNames()).contains("a", "b");
  }

  /** The evidence for the form: version 1.0 has shown the entries of each of these answers. */
  @ParameterizedTest
  @MethodSource("accepted")
  void version10HasShownTheEntriesOfAnAnswerInThisForm(String name) throws Malformed {
    assertAccepted(Recorded.bytes("accepted/" + name + ".json"));
    JsonObject shown =
        new JsonObject(new String(Recorded.bytes("accepted/" + name + ".shown.json"), UTF_8));
    assertThat(shown.fieldNames()).containsExactly("1", "2");
  }

  @Test
  void version10HasSkippedUnknownMembersAndElements() {
    JsonObject given =
        new JsonObject(new String(Recorded.bytes("accepted/unknown-members.json"), UTF_8));
    assertThat(given.fieldNames())
        .contains("since", "cluster", "can", "cfg", "members", "held", "more", "later");
    JsonObject part = given.getJsonObject("origins").getJsonObject("c");
    assertThat(part.fieldNames()).contains("later");
    assertThat(part.getJsonArray("entries").getJsonArray(0)).hasSize(8);
    assertThat(part.getJsonArray("tombstones").getJsonArray(0)).hasSize(6);
  }

  private static void assertAccepted(byte[] body) throws Malformed {
    assertThat(V2Codec.decode(body, GossipLimits.ENTRIES_MAX).quarantined()).isZero();
    JsonObject answer = new JsonObject(new String(body, UTF_8));
    assertThat(answer.getValue("node")).isInstanceOf(String.class);
    assertThat(answer.getString("life")).matches("[!-~&&[^;]]{1,64}");
    assertNatural(answer.getValue("now"));
    assertThat(answer.getValue("liveness")).isInstanceOf(Number.class);
    JsonObject origins = answer.getJsonObject("origins");
    origins.forEach(origin -> assertPart(origins.getJsonObject(origin.getKey())));
    JsonObject checksums = answer.getJsonObject("checksums", new JsonObject());
    checksums.forEach(origin -> assertChecksum(checksums.getJsonArray(origin.getKey())));
  }

  private static void assertPart(JsonObject part) {
    assertNatural(part.getValue("from"));
    assertNatural(part.getValue("to"));
    assertThat(part.getLong("from")).isLessThanOrEqualTo(part.getLong("to"));
    assertThat(part.getValue("reset")).isInstanceOf(Boolean.class);
    part.getJsonArray("entries").forEach(entry -> {
      JsonArray elements = (JsonArray) entry;
      assertKey(elements);
      assertThat(elements.getValue(2)).isInstanceOf(JsonObject.class);
      List.of(3, 4, 5).forEach(i -> assertNatural(elements.getValue(i)));
      assertThat(elements.getLong(5)).isPositive();
    });
    part.getJsonArray("tombstones").forEach(entry -> {
      JsonArray elements = (JsonArray) entry;
      assertKey(elements);
      List.of(2, 3).forEach(i -> assertNatural(elements.getValue(i)));
    });
  }

  private static void assertKey(JsonArray elements) {
    assertThat(elements.getValue(0)).isInstanceOf(String.class);
    assertThat(elements.getValue(1)).isInstanceOf(String.class);
  }

  private static void assertChecksum(JsonArray checksum) {
    assertThat(checksum).hasSize(2);
    assertNatural(checksum.getValue(0));
    assertThat(checksum.getString(1)).matches("[0-9a-f]{16}");
  }

  private static void assertNatural(Object value) {
    assertThat(value).isInstanceOfAny(Integer.class, Long.class);
    assertThat(((Number) value).longValue()).isNotNegative();
  }
}

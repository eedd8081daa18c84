package io.hera.http.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.hera.registry.ContentVersion;
import io.hera.registry.Delta;
import io.hera.registry.InstanceView;
import io.hera.registry.Key;
import io.hera.registry.OriginDelta;
import io.hera.registry.Registration;
import io.hera.testkit.Reply;
import io.hera.testkit.ServedNode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The header with which a node answers a renewal that came late. */
class RenewalHintsTest {
  @AutoClose
  private final ServedNode node = ServedNode.ready();

  /** The peer b has an instance that is nearly over, and a younger one. */
  @BeforeEach
  void merge() {
    long now = System.currentTimeMillis();
    node.merge(new Delta(List.of(new OriginDelta(
        "b",
        0,
        now,
        false,
        List.of(entry("old", now - 2, 90_000), entry("new", now - 1, 50_000))))));
  }

  private static Registration entry(String id, long version, long ageMillis) {
    byte[] document = "{}".getBytes(StandardCharsets.UTF_8);
    return new Registration(new Key("s", id), document, version, ageMillis, 100_000);
  }

  private static String hint(Reply reply) {
    assertThat(reply.status()).isLessThan(300);
    return reply.header("hera-hint");
  }

  @Test
  void aLateRenewalIsAnsweredWithTheTimeBetweenTwo() {
    assertThat(hint(node.put("/s/new", ""))).isEmpty();
    assertThat(hint(node.put("/s/old", ""))).isEqualTo("renew-every=25");
    assertThat(hint(node.put("/s/old", ""))).as("the next one").isEmpty();
  }

  @Test
  void theTtlOfTheRenewalIsTheOneThatCounts() {
    assertThat(hint(node.put("/s/old?ttl=50s", "{}"))).isEqualTo("renew-every=12.5");
  }

  @Test
  void aNewInstanceAndARemovalGetNoHint() {
    assertThat(hint(node.put("/s/other", "{}"))).isEmpty();
    assertThat(hint(node.send("DELETE", "/s/old", ""))).isEmpty();
  }

  @Test
  void theReplyToManyRenewalsSpeaksOfTheFirstLateOne() {
    String body = "{\"s\":[\"new\",\"none\",\"old\"]}";
    Reply reply = node.send("POST", "/_heartbeat", body);
    assertThat(hint(reply)).isEqualTo("renew-every=25");
    assertThat(reply.json().getJsonObject("unknown").getJsonArray("s")).containsExactly("none");
    assertThat(hint(node.send("POST", "/_heartbeat", body))).isEmpty();
  }

  @Test
  void theReplyToManyRegistrationsHasItToo() {
    assertThat(hint(node.send("POST", "/_batch", "{\"s\":{\"old\":{}}}")))
        .isEqualTo("renew-every=25");
  }

  @ParameterizedTest
  @CsvSource({"300000,75", "1000,0.25", "1001,0.25", "5000,1.25", "40,0.01", "1,0.001"})
  void theTimeIsInSeconds(long ttlMillis, String seconds) {
    InstanceView shown = new InstanceView(
        new byte[0], ttlMillis, ttlMillis, "a", new ContentVersion(1, 1), false, Optional.empty());
    assertThat(RenewalHints.hint(shown)).isEqualTo("renew-every=" + seconds);
  }
}

package io.hera.http.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.hera.testkit.Reply;
import io.hera.testkit.ServedNode;
import io.hera.testkit.TestLimits;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the owner of an instance learns from the reply to its PUT: how long the instance lives, and what it is. */
class RenewalReplyTest {
  private static final String EXPIRES_IN = "hera-expires-in";
  private static final String ETAG = "etag";

  @AutoClose
  private static final ServedNode node =
      ServedNode.ready(TestLimits.lifetimes(300_000, 100_000, 9_000_000));

  @BeforeEach
  void register() {
    node.register("/s/1?ttl=3000", "{\"n\":1}");
  }

  private static String tag() {
    return node.get("/s/1").header(ETAG);
  }

  @ParameterizedTest
  @CsvSource({"'', 300", "?ttl=2000, 2000", "?ttl=2000500ms, 2001", "?ttl=1, 100", "?ttl=9h, 9000"})
  void aRegistrationIsToldTheTtlThatItGets(String query, String seconds) {
    String target = "/ttl/" + seconds;
    assertThat(node.put(target + query, "{}").header(EXPIRES_IN)).isEqualTo(seconds);
    assertThat(node.put(target, "").header(EXPIRES_IN)).as("renewed").isEqualTo(seconds);
    assertThat(node.put(target, "{}").header(EXPIRES_IN)).as("again").isEqualTo(seconds);
  }

  @Test
  void theTagIsTheOneThatAReadGives() {
    Reply registered = node.put("/s/1", "{\"n\":2}");
    assertThat(registered.header(ETAG)).matches("W/\"[0-9a-f]{32}\"").isEqualTo(tag());
    assertThat(node.put("/s/1", "").header(ETAG)).isEqualTo(tag());
    String known = "If-None-Match: " + registered.header(ETAG);
    assertThat(node.get("/s/1", known).status()).isEqualTo(304);
  }

  @Test
  void aHeartbeatKeepsTheTagAndOtherContentChangesIt() {
    String first = node.put("/s/1", "{\"n\":1, \"updated_at\":7}").header(ETAG);
    assertThat(node.put("/s/1", "{\"updated_at\":8,\"n\":1}").header(ETAG)).isEqualTo(first);
    assertThat(node.put("/s/1", "{\"n\":2}").header(ETAG)).isNotEqualTo(first);
  }

  /** Another process has the same key, or an operator has edited the document. */
  @Test
  void anOwnerThatRenewsWithoutADocumentSeesThatItWasReplaced() {
    String own = node.put("/s/1", "{\"n\":1}").header(ETAG);
    node.register("/s/1", "{\"n\":\"of another\"}");
    assertThat(node.put("/s/1", "").header(ETAG)).isNotEqualTo(own).isEqualTo(tag());
  }

  @Test
  void aWriteUnderAConditionThatHoldsIsAnsweredAlike() {
    byte[] document = "{\"n\":3}".getBytes(java.nio.charset.StandardCharsets.UTF_8);
    Reply done = node.put("/s/1", document, "If-Match: " + tag());
    done.isDone();
    assertThat(done.header(EXPIRES_IN)).isEqualTo("3000");
    assertThat(done.header(ETAG)).isEqualTo(tag());
    Reply refused = node.put("/s/1", document, "If-None-Match: *");
    refused.isProblem(412, "precondition-failed");
    hasNone(refused);
  }

  @ParameterizedTest
  @CsvSource({"PUT, /s/none, ''", "PUT, /s/1, []", "PUT, /s/1?ttl=x, {}", "DELETE, /s/1, ''"})
  void aReplyThatLeavesNoInstanceOrIsARefusalSaysNothing(
      String method, String target, String body) {
    hasNone(node.send(method, target, body));
  }

  private static void hasNone(Reply reply) {
    assertThat(reply.headers()).doesNotContainKeys(EXPIRES_IN, ETAG);
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"n\":1}", ""})
  void theOwnerOfADrainedInstanceIsToldTheSame(String body) {
    String before = tag();
    node.send("PUT", "/_drain/s/1?force", "").isDone();
    Reply renewed = node.put("/s/1", body);
    node.send("DELETE", "/_drain/s/1", "").isDone();
    assertThat(renewed.header("hera-drained")).isEqualTo("drained");
    assertThat(renewed.header(ETAG)).isEqualTo(before);
    assertThat(renewed.header(EXPIRES_IN)).isEqualTo("3000");
  }

  @Test
  void theStoreIsAskedOnce() {
    node.send("PUT", "/_drain/s/1?force", "").isDone();
    node.asked.reset();
    node.put("/s/1", "").isDone();
    node.put("/s/1", "{\"n\":1}").isDone();
    assertThat(node.asked.calls()).isEqualTo(Map.of("write", 2));
    node.send("DELETE", "/_drain/s/1", "").isDone();
  }
}

package io.hera.security;

import static io.hera.testkit.Tokens.ALL;
import static io.hera.testkit.Tokens.FILE;
import static io.hera.testkit.Tokens.WRITER;
import static io.hera.testkit.Tokens.bearer;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.hera.access.AuditExtent;
import io.hera.registry.Delta;
import io.hera.registry.Key;
import io.hera.registry.OriginDelta;
import io.hera.registry.Registration;
import io.hera.testkit.AuditLines;
import io.hera.testkit.Reply;
import io.hera.testkit.ServedNode;
import io.hera.testkit.Tokens;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The lines of {@code hera.audit} for requests that change something, with {@code audit: changes}. */
class ChangesAuditTest {
  private static final String ANYONE = " identity=anonymous address=127.0.0.1 tls=none";

  @AutoClose
  private final AuditLines lines = new AuditLines();

  @AutoClose
  private final ServedNode node = ServedNode.ready();

  @BeforeEach
  void logChanges() {
    node.access.audit().set(AuditExtent.CHANGES);
  }

  private static String sender(String identity, String token) {
    return " identity=" + identity + " token=" + Tokens.hash(token).substring(7, 15)
        + " address=127.0.0.1 tls=none";
  }

  private Reply post(String target, String body, String... headers) {
    Reply reply = node.send("POST", target, body, headers);
    assertThat(reply.status()).as(reply.body()).isEqualTo(200);
    return reply;
  }

  @Test
  void eachChangeOfAnInstanceIsOneLineWithItsSender() {
    node.access.set(Tokens.rules(FILE));

    node.send("PUT", "/billing/1", "{}", bearer(WRITER));
    node.send("PUT", "/billing/1", "{\"a\":1}", bearer(ALL));
    node.send("DELETE", "/billing/1", "", bearer(WRITER));
    assertThat(lines.all())
        .containsExactly(
            "registered" + sender("w", WRITER) + " service=billing id=1",
            "updated" + sender("all", ALL) + " service=billing id=1",
            "deregistered" + sender("w", WRITER) + " service=billing id=1");
  }

  @Test
  void withoutAnAccessFileTheSenderIsAnonymous() {
    node.register("/s/1", "{}");

    assertThat(lines.all()).containsExactly("registered" + ANYONE + " service=s id=1");
  }

  @Test
  void aRenewalIsNoLine() {
    node.register("/s/1", "{\"a\":1,\"updated_at\":1}");
    node.register("/s/1", "");
    node.register("/s/1?ttl=60", "");
    node.register("/s/1", "{\"a\":1,\"updated_at\":1}");
    node.register("/s/1", "{\"updated_at\":2,\"a\":1}");
    post("/_heartbeat", "{\"s\":[\"1\"]}");
    post("/_batch", "{\"s\":{\"1\":{\"a\":1}}}");

    assertThat(lines.all()).hasSize(1);
  }

  @Test
  void aWriteThatChangesNothingIsNoLine() {
    node.register("/s/1", "{}");
    node.send("DELETE", "/s/2", "").isDone();
    node.send("PUT", "/s/1", "{\"a\":1}", "If-None-Match: *").isProblem(412, "precondition-failed");
    node.put("/s/3", "{").isProblem(400, "invalid-document");
    node.put("/s/3", "").isProblem(404, "unknown-instance");

    assertThat(lines.all()).hasSize(1);
  }

  @Test
  void aWriteWhoseConditionHoldsIsALine() {
    node.send("PUT", "/s/1", "{}", "If-None-Match: *").isDone();
    node.send("DELETE", "/s/1", "", "If-Match: *").isDone();

    assertThat(lines.all())
        .containsExactly(
            "registered" + ANYONE + " service=s id=1", "deregistered" + ANYONE + " service=s id=1");
  }

  @Test
  void theItemsOfABatchThatChangeSomethingAreLines() {
    node.register("/billing/1", "{}");
    node.access.set(Tokens.rules(FILE));
    post(
        "/_batch",
        "{\"billing\":{\"1\":{\"a\":1},\"2\":{},\"3\":[]},\"orders\":{\"1\":{}}}",
        bearer(WRITER));
    post("/_batch", """
        {"service":"billing","id":"2","document":{}}
        {"service":"billing","id":"4","document":{}}
        """, bearer(WRITER), "Content-Type: application/x-ndjson");

    assertThat(lines.all())
        .startsWith("registered" + ANYONE + " service=billing id=1")
        .filteredOn(line -> line.contains(sender("w", WRITER)))
        .containsExactly(
            "updated" + sender("w", WRITER) + " service=billing id=1",
            "registered" + sender("w", WRITER) + " service=billing id=2",
            "registered" + sender("w", WRITER) + " service=billing id=4");
    assertThat(lines.all()).hasSize(4);
  }

  @Test
  void allItemsOfALongBatchAreLines() {
    post(
        "/_batch",
        IntStream.range(0, 5_000)
            .mapToObj(i -> "\"" + i + "\":{}")
            .collect(Collectors.joining(",", "{\"s\":{", "}}")));

    assertThat(lines.all()).hasSize(5_000).contains("registered" + ANYONE + " service=s id=4999");
  }

  @Test
  void namesAreEscapedAndWithoutTokens() {
    String token = Tokens.make();
    post("/_batch", "{\"a b\":{\"å=%s\":{}}}".formatted(token));

    assertThat(lines.all())
        .containsExactly("registered" + ANYONE + " service=a%20b id=%C3%A5%3D(a?token)");
  }

  @Test
  void changesOfOtherNodesAreNoLines() {
    long now = System.currentTimeMillis();
    node.register("/s/1", "{}");
    Registration newer =
        new Registration(new Key("s", "1"), "{\"b\":1}".getBytes(UTF_8), now + 5_000, 0, 60_000);
    node.merge(new Delta(List.of(new OriginDelta("b", 0, now + 5_000, false, List.of(newer)))));

    assertThat(node.document("/s/1")).isEqualTo("{\"b\":1}");
    assertThat(lines.all()).hasSize(1);
  }

  @Test
  void withRefusalsAloneThereAreNoLinesForChanges() {
    node.access.audit().set(AuditExtent.REFUSALS);
    node.register("/s/1", "{}");
    post("/_batch", "{\"s\":{\"2\":{}}}");

    assertThat(lines.all()).isEmpty();
  }
}

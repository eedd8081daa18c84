package io.hera.security;

import static io.hera.testkit.Tokens.ALL;
import static io.hera.testkit.Tokens.FILE;
import static io.hera.testkit.Tokens.OPERATOR;
import static io.hera.testkit.Tokens.PEER;
import static io.hera.testkit.Tokens.READER;
import static io.hera.testkit.Tokens.bearer;
import static io.hera.testkit.Tokens.entry;
import static io.hera.testkit.Tokens.rules;
import static org.assertj.core.api.Assertions.assertThat;

import io.hera.testkit.EventClient;
import io.hera.testkit.Eventually;
import io.hera.testkit.Line;
import io.hera.testkit.Reply;
import io.hera.testkit.ServedNode;
import io.hera.testkit.Tokens;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Attacks D4 to D6: rights that are taken away while requests wait or stream. */
@Timeout(60)
class RevocationTest {
  private static final String V2 = "Accept: application/vnd.hera.deltas.v2+json";

  private final String second = Tokens.make();
  private ServedNode node;

  @BeforeEach
  void start() {
    node = ServedNode.ready();
    limit("read *");
  }

  @AfterEach
  void stop() {
    node.close();
  }

  private void limit(String can) {
    node.access.set(rules(FILE + entry("s", can, second)));
  }

  private void watchers(int count) {
    Eventually.passes(
        () -> assertThat(node.get("/_status", bearer(OPERATOR)).json().getInteger("watchers"))
            .isEqualTo(count));
  }

  private EventClient stream(String target, String token) {
    return new EventClient(node.port(), target, "", Map.of("Authorization", "Bearer " + token));
  }

  @Test
  void d4AStreamEndsWithTheTokenAndOthersGoOn() {
    try (EventClient ends = stream("/billing-a", second);
        EventClient stays = stream("/billing-a", READER)) {
      ends.next();
      stays.next();
      node.access.set(rules(FILE));
      assertThat(ends.poll()).isEmpty();
      assertThat(node.get("/billing-a", bearer(second)).status()).isEqualTo(401);
      node.send("PUT", "/billing-a/1", "{}", bearer(ALL)).isDone();
      assertThat(stays.next().type()).isEqualTo("put");
    }
    watchers(0);
  }

  @Test
  void d4AWaitEndsWithTheToken() {
    String etag = node.get("/billing-a", bearer(second)).header("etag");
    try (Line waits = node.line();
        Line stays = node.line()) {
      waits.write(Line.request(
          "GET", "/billing-a?wait=5m", new byte[0], bearer(second), "If-None-Match: " + etag));
      stays.write(Line.request(
          "GET", "/billing-a?wait=5m", new byte[0], bearer(READER), "If-None-Match: " + etag));
      watchers(2);
      node.access.set(rules(FILE));
      waits.read("GET").isProblem(401, "unauthenticated");
      watchers(1);
      node.send("PUT", "/billing-a/1", "{}", bearer(ALL)).isDone();
      assertThat(stays.read("GET").status()).isEqualTo(200);
    }
  }

  @Test
  void d4AHangingPullEndsWithTheToken() {
    try (Line pull = node.line()) {
      pull.write(Line.request(
          "GET", "/_deltas?b=0&_wait=20000", new byte[0], bearer(PEER), V2, "Hera-Node: b;life=x"));
      Eventually.passes(() -> assertThat(node.asked.calls()).containsKey("delta"));
      node.access.set(rules(FILE.replaceFirst("(?s)\np:\n.*", "\n")));
      assertThat(pull.read("GET").status()).isEqualTo(401);
    }
  }

  @Test
  void d4AWriteUnderWayIsCompleted() {
    limit("write billing");
    try (Line line = node.line()) {
      line.write("PUT /billing/1 HTTP/1.1\r\nHost: a\r\n" + bearer(second)
          + "\r\nContent-Length: 2\r\n\r\n{");
      Eventually.passes(
          () -> assertThat(node.get("/billing/1", bearer(ALL)).status()).isEqualTo(404));
      try (EventClient ends = stream("/billing", second)) {
        ends.next();
        node.access.set(rules(FILE));
        assertThat(ends.poll()).isEmpty();
      }
      line.write("}");
      line.readAny("PUT").isDone();
      assertThat(line.send("PUT", "/billing/1", "{}", bearer(second)).status()).isEqualTo(401);
    }
  }

  @Test
  void d5NarrowerRightsEndWhatShowsMore() {
    node.send("PUT", "/orders/1", "{}", bearer(ALL)).isDone();
    try (EventClient orders = stream("/orders", second);
        EventClient all = stream("/", second);
        EventClient some = stream("/?service=billing&service=orders", second);
        EventClient named = stream("/?service=billing", second);
        EventClient billing = stream("/billing", second)) {
      assertThat(orders.next().json().fieldNames()).containsExactly("1");
      assertThat(some.next().json().fieldNames()).containsExactly("orders");
      assertThat(named.next().json().fieldNames()).isEmpty();
      assertThat(all.next().json().fieldNames()).containsExactly("orders");
      billing.next();
      limit("read billing");
      assertThat(orders.poll()).isEmpty();
      assertThat(all.poll()).isEmpty();
      assertThat(some.poll()).isEmpty();
      node.send("PUT", "/billing/1", "{}", bearer(ALL)).isDone();
      assertThat(billing.next().type()).isEqualTo("put");
      assertThat(named.next().type()).isEqualTo("put");
    }
    assertThat(node.get("/orders", bearer(second)).status()).isEqualTo(403);
    Reply list = node.get("/", bearer(second));
    assertThat(list.json().fieldNames()).containsExactly("billing");
    assertThat(list.header("hera-filtered")).isEqualTo("true");
    Reply all = node.get("/?all", bearer(second));
    assertThat(all.json().fieldNames()).containsExactly("billing");
    assertThat(all.header("hera-filtered")).isEqualTo("true");
  }

  @Test
  void d6OfTwoTokensOfAnIdentityEitherIsValid() {
    String third = Tokens.make();
    try (Line line = node.line()) {
      node.access.set(rules(FILE + entry("s", "write s", second, third)));
      assertThat(line.send("PUT", "/s/1", "{}", bearer(second)).status()).isEqualTo(204);
      assertThat(line.send("PUT", "/s/1", "{}", bearer(third)).status()).isEqualTo(204);
      node.access.set(rules(FILE + entry("s", "write s", third)));
      assertThat(line.send("PUT", "/s/1", "{}", bearer(third)).status()).isEqualTo(204);
      assertThat(line.send("PUT", "/s/1", "{}", bearer(second)).status()).isEqualTo(401);
    }
  }
}

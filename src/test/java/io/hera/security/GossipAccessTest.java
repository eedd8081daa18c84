package io.hera.security;

import static io.hera.testkit.Tokens.ALL;
import static io.hera.testkit.Tokens.METRICS;
import static io.hera.testkit.Tokens.OPERATOR;
import static io.hera.testkit.Tokens.PEER;
import static io.hera.testkit.Tokens.WRITER;
import static io.hera.testkit.Tokens.bearer;
import static org.assertj.core.api.Assertions.assertThat;

import io.hera.testkit.Reply;
import io.hera.testkit.ServedNode;
import io.hera.testkit.Tokens;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Attacks E1 and E2: clients that act as nodes. */
class GossipAccessTest {
  private static final String V2 = "Accept: application/vnd.hera.deltas.v2+json";

  private ServedNode node;

  @BeforeEach
  void start() {
    node = ServedNode.ready();
    node.access.set(Tokens.rules(Tokens.FILE));
    node.send("PUT", "/billing/1", "{}", bearer(ALL)).isDone();
  }

  @AfterEach
  void stop() {
    node.close();
  }

  private JsonObject status() {
    return node.get("/_status", bearer(OPERATOR)).json();
  }

  private static String ahead() {
    return "/_deltas?a=" + (System.currentTimeMillis() + 20_000);
  }

  private long horizon() {
    return status().getJsonObject("origins").getJsonObject("a").getLong("horizon");
  }

  @Test
  void e1OnlyPeersMakeClaims() {
    long horizon = horizon();
    JsonObject claims = status().getJsonObject("claims");
    for (String target : List.of(ahead(), "/_deltas?a=0", "/_deltas?_checksums=1&a=0")) {
      for (String dialect : List.of("Accept: */*", V2)) {
        assertThat(node.get(target, dialect).status()).isEqualTo(401);
        for (String token : List.of(WRITER, ALL, METRICS)) {
          Reply reply = node.get(target, dialect, bearer(token), "Hera-Node: b;life=x");
          assertThat(reply.isProblem(403, "forbidden").getString("needs")).isEqualTo("peer");
        }
      }
    }
    assertThat(status().getJsonObject("claims")).isEqualTo(claims);
    assertThat(horizon()).isEqualTo(horizon);
  }

  @Test
  void e1AnOperatorSeesEntriesAndChangesNothing() {
    long horizon = horizon();
    JsonObject claims = status().getJsonObject("claims");
    for (String dialect : List.of("Accept: */*", V2)) {
      Reply ahead = node.get(ahead(), dialect, bearer(OPERATOR), "Hera-Node: b;life=x");
      assertThat(ahead.status()).isEqualTo(200);
      assertThat(ahead.body()).doesNotContain("billing");
      Reply all = node.get("/_deltas?a=0&_wait=20000", dialect, bearer(OPERATOR));
      assertThat(all.body()).contains("billing");
      Reply nothing = node.get("/_deltas?b=" + horizon + "&_wait=20000", dialect, bearer(OPERATOR));
      assertThat(nothing.status()).isEqualTo(200);
    }
    assertThat(status().getJsonObject("claims")).isEqualTo(claims);
    assertThat(status().getJsonObject("conflicts")).isEmpty();
    assertThat(horizon()).isEqualTo(horizon);
  }

  @Test
  void e1APeerIsAnsweredAsBefore() {
    assertThat(node.get("/_deltas?a=0", V2, bearer(PEER)).body()).contains("billing");
    long claimed = System.currentTimeMillis() + 20_000;
    assertThat(node.get("/_deltas?a=" + claimed, V2, bearer(PEER)).status()).isEqualTo(200);
    assertThat(status().getJsonObject("claims").getLong("stranger")).isEqualTo(1);
    assertThat(horizon()).isGreaterThanOrEqualTo(claimed);
  }

  @Test
  void e2LivesOfAMemberCountOnlyFromPeers() {
    for (String life : List.of("x", "y", "z")) {
      String self = "Hera-Node: b;life=" + life;
      assertThat(node.get("/_deltas?b=0", V2, self).status()).isEqualTo(401);
      assertThat(node.get("/_deltas?b=0", V2, self, bearer(ALL)).status()).isEqualTo(403);
      assertThat(node.get("/_deltas?b=0", V2, self, bearer(OPERATOR)).status()).isEqualTo(200);
    }
    assertThat(status().getJsonObject("conflicts")).isEmpty();
    assertThat(status().getJsonObject("refused").getJsonObject("gossip").getLong("name_conflict"))
        .isZero();
  }
}

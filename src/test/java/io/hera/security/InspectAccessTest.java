package io.hera.security;

import static io.hera.testkit.Tokens.ALL;
import static io.hera.testkit.Tokens.METRICS;
import static io.hera.testkit.Tokens.OPERATOR;
import static io.hera.testkit.Tokens.PEER;
import static io.hera.testkit.Tokens.READER;
import static io.hera.testkit.Tokens.bearer;
import static org.assertj.core.api.Assertions.assertThat;

import io.hera.testkit.Reply;
import io.hera.testkit.ServedNode;
import io.hera.testkit.Tokens;
import io.hera.wire.PeerReply;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Operators who look into the state see only what they may read. */
@Timeout(60)
class InspectAccessTest {
  @AutoClose
  private final ServedNode node = ServedNode.ready();

  @BeforeEach
  void start() {
    node.access.set(Tokens.rules(Tokens.FILE));
    node.send("PUT", "/orders/1", "{\"secret\":1}", bearer(ALL)).isDone();
    node.send("PUT", "/billing-a/1", "{}", bearer(ALL)).isDone();
  }

  @Test
  void entriesOfAReadableServiceAreShown() {
    assertThat(node.get("/_entries/billing-a/1", bearer(READER)).body()).contains("registered");
    assertThat(node.get("/_entries/billing-%61?id=1", bearer(READER)).body()).contains("[\"1\"");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/_entries/orders/1",
        "/_entries/orders?id=1",
        "/_entries/orders?order=left",
        "/_entries/%6Frders/1",
        "/_%65ntries/orders/1",
        "/_entries/none/1"
      })
  void entriesOfOthersAreRefusedWhetherThereAreAnyOrNot(String target) {
    String service = target.contains("none") ? "none" : "orders";
    assertThat(node.get(target, bearer(READER)).isProblem(403, "forbidden").getString("needs"))
        .isEqualTo("read " + service);
    node.get(target, bearer(METRICS)).isProblem(403, "forbidden");
    node.get(target).isProblem(401, "unauthenticated");
  }

  @Test
  void aSearchFindsOnlyWhatTheClientMayRead() {
    node.send("PUT", "/billing-a/2", "{\"x\":\"secret orders\"}", bearer(ALL)).isDone();
    node.send("PUT", "/orders/secret", "{\"x\":\"secret\"}", bearer(ALL)).isDone();
    Reply some = node.get("/_find?q=secret", bearer(READER));
    assertThat(some.header("hera-filtered")).isEqualTo("true");
    assertThat(some.json().getInteger("searched")).isEqualTo(2);
    assertThat(some.json().getJsonArray("hits")).hasSize(1);
    assertThat(some.body()).contains("billing-a").doesNotContain("\"service\":\"orders\"");
    Reply all = node.get("/_find?q=secret", bearer(OPERATOR));
    assertThat(all.header("hera-filtered")).isEmpty();
    assertThat(all.json().getJsonArray("hits")).hasSize(2);
    node.get("/_find?q=secret", bearer(METRICS)).isProblem(403, "forbidden");
    node.get("/_find?q=secret", bearer(PEER)).isProblem(403, "forbidden");
    node.get("/_find?q=secret").isProblem(401, "unauthenticated");
  }

  @Test
  void theStatusOfAllNodesIsForOperators() {
    assertThat(node.get("/_cluster", bearer(OPERATOR)).status()).isEqualTo(200);
    for (String token : List.of(READER, ALL, METRICS, PEER)) {
      assertThat(
              node.get("/_cluster", bearer(token)).isProblem(403, "forbidden").getString("needs"))
          .isEqualTo("operate");
    }
    node.get("/_cluster").isProblem(401, "unauthenticated");
  }

  @Test
  void theStreamOfExchangesIsForOperators() {
    for (String token : List.of(READER, ALL, METRICS, PEER)) {
      node.get("/_gossip", bearer(token)).isProblem(403, "forbidden");
    }
    node.get("/_gossip").isProblem(401, "unauthenticated");
  }

  @Test
  void aReaderSeesItsServiceAtAllNodesAndNotWhereTheyAre() {
    PeerReply down = new PeerReply.Failed("10.0.0.3:1", "host name unknown", OptionalLong.of(7));
    node.peerReplies = target -> Map.of("b", down);
    for (String target : List.of("/_cluster/billing-a", "/_cluster/billing-a/1")) {
      JsonObject some = node.get(target, bearer(READER)).json().getJsonObject("nodes");
      assertThat(some.getJsonObject("b").encode())
          .isEqualTo("{\"error\":\"does not answer\",\"since_ms\":7}");
      JsonObject all = node.get(target, bearer(OPERATOR)).json().getJsonObject("nodes");
      assertThat(all.getJsonObject("b").getString("error")).isEqualTo("host name unknown");
      assertThat(all.getJsonObject("b").getString("address")).isEqualTo("10.0.0.3:1");
    }
    for (String target : List.of("/_cluster/orders", "/_cluster/orders/1", "/_cluster/%6Frders")) {
      node.get(target, bearer(READER)).isProblem(403, "forbidden");
      node.get(target, bearer(PEER)).isProblem(403, "forbidden");
    }
  }

  @Test
  void aPeerSeesStateAndEntriesForItsOperatorsAndNoDocument() {
    assertThat(node.get("/_status", bearer(PEER)).status()).isEqualTo(200);
    assertThat(node.get("/_entries/orders/1", bearer(PEER)).status()).isEqualTo(200);
    assertThat(node.get("/_entries/orders?id=1", bearer(PEER)).status()).isEqualTo(200);
    for (String target :
        List.of("/orders", "/orders/1", "/", "/_metrics", "/_events", "/_export")) {
      node.get(target, bearer(PEER)).isProblem(403, "forbidden");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/_entries/billing-a/../../orders/1",
        "/_entries/billing-a/../orders",
        "/_entries/./orders",
        "/_entries/orders/",
        "/_entries//orders/1",
        "/_x/../_entries/orders/1",
        "/_entries/billing-a%2F..%2Forders/1"
      })
  void anotherSpellingOfAPathReachesNothing(String target) {
    assertThat(node.get(target + "?id=1", bearer(READER)).status()).as(target).isIn(400, 403, 404);
    assertThat(node.get(target + "?id=1", bearer(READER)).body()).doesNotContain("version\":");
  }
}

package io.hera.security;

import static io.hera.testkit.Tokens.ALL;
import static io.hera.testkit.Tokens.METRICS;
import static io.hera.testkit.Tokens.READER;
import static io.hera.testkit.Tokens.bearer;
import static org.assertj.core.api.Assertions.assertThat;

import io.hera.testkit.ServedNode;
import io.hera.testkit.Tokens;
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

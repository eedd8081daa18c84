package io.hera.security;

import static io.hera.testkit.Tokens.ALL;
import static io.hera.testkit.Tokens.METRICS;
import static io.hera.testkit.Tokens.READER;
import static io.hera.testkit.Tokens.WRITER;
import static io.hera.testkit.Tokens.bearer;
import static org.assertj.core.api.Assertions.assertThat;

import io.hera.testkit.Reply;
import io.hera.testkit.ServedNode;
import io.hera.testkit.StrictEureka;
import io.hera.testkit.Tokens;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What clients of Eureka may do: as much as by the API, and a refusal has no body. */
class EurekaAccessTest {
  private static final String BODY = "{\"instance\":{\"instanceId\":\"1\",\"app\":\"BILLING\","
      + "\"hostName\":\"h\",\"ipAddr\":\"10.1.1.1\",\"dataCenterInfo\":{\"name\":\"MyOwn\"}}}";

  @AutoClose
  private final ServedNode node = ServedNode.ready();

  @BeforeEach
  void limit() {
    node.access.set(Tokens.rules(Tokens.FILE));
  }

  private static void isRefused(Reply reply, int status) {
    assertThat(reply.status()).isEqualTo(status);
    assertThat(reply.bytes()).isEmpty();
    assertThat(reply.header("content-length")).isEqualTo("0");
    assertThat(reply.header("www-authenticate")).startsWith("Bearer");
  }

  @Test
  void aWriteNeedsTheRightToWriteTheServiceThatTheApplicationIs() {
    String[] targets = {
      "/eureka/apps/BILLING/1",
      "/eureka/apps/Billing/1/status?value=DOWN",
      "/_eureka/apps/billing/1"
    };
    for (String target : targets) {
      isRefused(node.send("PUT", target, ""), 401);
      isRefused(node.send("PUT", target, "", bearer(READER)), 403);
      isRefused(node.send("DELETE", target, "", bearer(READER)), 403);
      assertThat(node.send("PUT", target, "", bearer(WRITER)).status()).isEqualTo(404);
    }
    isRefused(node.send("POST", "/eureka/apps/BILLING", BODY), 401);
    isRefused(node.send("POST", "/eureka/apps/BILLING", BODY, bearer(READER)), 403);
    isRefused(node.send("POST", "/eureka/apps/ORDERS", BODY, bearer(WRITER)), 403);
    isRefused(node.send("POST", "/eureka/peerreplication/batch/", BODY), 401);
    node.send("POST", "/eureka/apps/BILLING", BODY, bearer(WRITER)).isDone();
  }

  @Test
  void httpBasicProvesNothing() {
    isRefused(node.get("/eureka/apps/", "Authorization: Basic YTpi"), 401);
  }

  @Test
  void aListShowsOnlyWhatTheClientMayRead() {
    for (String service : new String[] {"billing", "billing-a", "billing-b"}) {
      node.send("PUT", "/" + service + "/1", "{\"host\":\"h\",\"port\":1}", bearer(ALL))
          .isDone();
    }
    isRefused(node.get("/eureka/apps/"), 401);
    isRefused(node.get("/eureka/apps/", bearer(METRICS)), 403);
    for (int round = 0; round < 2; round++) {
      Reply some = list("/eureka/apps/", READER);
      assertThat(StrictEureka.applications(some.body())).containsOnlyKeys("BILLING-A", "BILLING-B");
      assertThat(some.header("hera-filtered")).isEqualTo("true");
      assertThat(StrictEureka.applications(list("/eureka/apps/", ALL).body())).hasSize(3);
    }
    assertThat(list("/eureka/apps/BILLING", READER).status()).isEqualTo(404);
    assertThat(list("/eureka/apps/BILLING/1", READER).status()).isEqualTo(404);
    assertThat(list("/eureka/vips/billing", READER).status()).isEqualTo(404);
    assertThat(list("/eureka/apps/BILLING-A/1", READER).status()).isEqualTo(200);
  }

  private Reply list(String target, String token) {
    return node.get(target, "Accept: application/json", bearer(token));
  }
}

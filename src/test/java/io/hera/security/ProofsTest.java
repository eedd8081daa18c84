package io.hera.security;

import static io.hera.testkit.Tokens.ALL;
import static io.hera.testkit.Tokens.OPERATOR;
import static io.hera.testkit.Tokens.READER;
import static io.hera.testkit.Tokens.WRITER;
import static io.hera.testkit.Tokens.bearer;
import static org.assertj.core.api.Assertions.assertThat;

import io.hera.testkit.Eventually;
import io.hera.testkit.Line;
import io.hera.testkit.Reply;
import io.hera.testkit.ServedNode;
import io.hera.testkit.Tokens;
import io.vertx.core.json.JsonArray;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Attacks A1 to A10: proofs that are missing, wrong, or in the wrong place. */
class ProofsTest {
  private static final Set<String> OPEN =
      Set.of("/_health/live", "/_health/ready", "/_openapi.yaml", "/_whoami");
  private static final String CHALLENGE = "Bearer realm=\"hera\"";

  private static ServedNode node;

  @BeforeAll
  static void start() {
    node = ServedNode.ready();
  }

  @BeforeEach
  void limit() {
    node.access.set(Tokens.rules(Tokens.FILE));
  }

  @AfterAll
  static void stop() {
    node.close();
  }

  private static void unauthenticated(Reply reply, String detail, String challenge) {
    if (reply.bytes().length > 0) {
      assertThat(reply.isProblem(401, "unauthenticated").getString("detail")).isEqualTo(detail);
    }
    assertThat(reply.status()).isEqualTo(401);
    assertThat(reply.header("www-authenticate")).isEqualTo(challenge);
    assertThat(reply.header("cache-control")).isEqualTo("private, no-cache");
  }

  private static void invalid(Reply reply) {
    unauthenticated(
        reply, "the token is not valid at this node", CHALLENGE + ", error=\"invalid_token\"");
  }

  private static void damaged(Reply reply) {
    unauthenticated(
        reply,
        "the token is damaged: its checksum does not fit",
        CHALLENGE + ", error=\"invalid_token\"");
  }

  private static void anonymous(Reply reply) {
    unauthenticated(reply, "there is no token", CHALLENGE);
  }

  @Test
  void a1WithoutAProofOnlyOpenPathsAreServed() {
    List<String> targets = node.paths().stream()
        .map(path -> path.replace("{service}", "billing").replaceAll("\\{\\w+}", "1"))
        .toList();
    for (String method : List.of("GET", "HEAD", "PUT", "DELETE", "POST", "PATCH", "TRACE")) {
      for (String target : targets) {
        Reply reply = node.send(method, target, method.equals("POST") ? "{}" : "");
        if (target.startsWith("/_ui")) {
          assertThat(reply.status()).as(method + " " + target).isIn(200, 303, 404, 405);
        } else if (!OPEN.contains(target)) {
          anonymous(reply);
        } else if (!target.equals("/_whoami") || method.equals("GET") || method.equals("HEAD")) {
          assertThat(reply.status()).as(method + " " + target).isIn(200, 405);
        } else {
          anonymous(reply);
        }
      }
    }
  }

  @Test
  void a1WithoutAProofUnknownAndMalformedPathsSayNothing() {
    for (String target :
        List.of("/_x", "/_", "/_healthy", "/a/b/c", "/%zz", "//", "/%00", "x", "/_%zz")) {
      anonymous(node.get(target));
    }
    anonymous(node.raw("GET * HTTP/1.1\r\nHost: a\r\n\r\n"));
  }

  @Test
  void a1OptionsNeedsNoProof() {
    for (String target : List.of("/", "/billing", "/billing/1", "/_batch", "/_deltas", "*")) {
      assertThat(node.send("OPTIONS", target, "").status()).as(target).isEqualTo(204);
    }
  }

  @Test
  void a2AnUnknownAndARemovedTokenGetTheSameReply() {
    Reply unknown = node.get("/billing", bearer(Tokens.make()));
    node.access.set(Tokens.rules(Tokens.FILE.replaceFirst("(?s)w:\n.*?r:\n", "r:\n")));
    Reply removed = node.get("/billing", bearer(WRITER));
    invalid(unknown);
    invalid(removed);
    assertThat(removed.bytes()).isEqualTo(unknown.bytes());
  }

  @Test
  void a2ADamagedTokenIsToldFromAnUnknownOne() {
    char last = WRITER.charAt(53) == 'x' ? 'y' : 'x';
    damaged(node.get("/billing", bearer(WRITER.substring(0, 53) + last)));
    damaged(node.get("/billing", bearer(WRITER.substring(0, 20))));
  }

  @Test
  void a3TwoProofsAreRefusedWhateverTheyAre() {
    for (List<String> pair : List.of(
        List.of(WRITER, WRITER), List.of(WRITER, Tokens.make()), List.of(Tokens.make(), WRITER))) {
      node.get("/billing", bearer(pair.get(0)), bearer(pair.get(1)))
          .isProblem(400, "invalid-request");
    }
  }

  @Test
  void a4TheSchemeIsBearerInAnyCase() {
    assertThat(node.get("/billing", "authorization: bearer  " + WRITER).status())
        .isEqualTo(200);
    invalid(node.get("/billing", "Authorization: Basic " + WRITER));
    invalid(node.get("/billing", "Authorization: Token " + WRITER));
    invalid(node.get("/billing", "Authorization: " + WRITER));
    invalid(node.get("/billing", bearer(WRITER) + ", Bearer " + WRITER));
    invalid(node.get("/billing", bearer("x".repeat(15 << 10))));
    node.get("/billing", bearer("x".repeat(17 << 10))).isProblem(431, "headers-too-large");
  }

  @Test
  void a5ATokenInTheTargetIsRefusedAndNotRepeated() {
    for (String target : List.of(
        "/billing?token=" + WRITER,
        "/billing?x=" + WRITER,
        "/" + WRITER,
        "/billing/" + WRITER,
        "http://u:" + WRITER + "@hera/billing",
        "/_whoami?" + WRITER)) {
      Reply reply = node.get(target, bearer(ALL));
      reply.isProblem(400, "token-in-url");
      assertThat(reply.body()).doesNotContain(WRITER);
    }
    anonymous(node.get("/billing?token=" + WRITER.replace("_", "%5F")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"X-Consul-Token: ", "Proxy-Authorization: Bearer ", "X-Hera-Token: ", "Token: "})
  void a6ATokenInAnotherHeaderProvesNothing(String header) {
    anonymous(node.get("/billing", header + WRITER));
  }

  @Test
  void a6ATokenInACookieProvesNothing() {
    anonymous(node.raw(
        "GET /billing HTTP/1.1\r\nHost: localhost\r\nCookie: token=" + WRITER + "\r\n\r\n"));
  }

  @Test
  void a6AStoredHashIsNotAToken() {
    invalid(node.get("/billing", bearer(Tokens.hash(WRITER))));
    invalid(node.get("/billing", bearer(Tokens.hash(WRITER).substring(7))));
  }

  @Test
  void a7EachRequestOfAConnectionIsJudgedAlone() {
    String put = "PUT /billing/1 HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n%s\r\n{}";
    try (Line line = node.line()) {
      line.write(put.formatted(bearer(WRITER) + "\r\n")
          + put.formatted("")
          + put.formatted(bearer(READER) + "\r\n")
          + put.formatted(bearer(Tokens.make()) + "\r\n")
          + put.formatted(bearer(WRITER) + "\r\n"));
      line.readAny("PUT").isDone();
      anonymous(line.readAny("PUT"));
      line.readAny("PUT").isProblem(403, "forbidden");
      invalid(line.readAny("PUT"));
      line.readAny("PUT").isDone();
    }
  }

  @Test
  void a9ManyBadRequestsDoNotLockAGoodOneOut() {
    try (Line line = node.line()) {
      for (int i = 0; i < 1_000; i++) {
        invalid(line.send("GET", "/billing", "", bearer(Tokens.make())));
      }
      assertThat(line.send("PUT", "/billing/1", "{}", bearer(WRITER)).status()).isEqualTo(204);
    }
  }

  @Test
  void a10AnonymousRequestsMayDoWhatTheirEntrySays() {
    node.access.set(Tokens.rules(Tokens.FILE + Tokens.entry("anonymous", "read public-*")));
    assertThat(node.get("/public-a").status()).isEqualTo(200);
    anonymous(node.get("/b"));
    anonymous(node.send("PUT", "/public-a/1", "{}"));
    assertThat(node.get("/").header("hera-filtered")).isEqualTo("true");
    invalid(node.get("/public-a", bearer(Tokens.make())));
  }

  @Test
  void theIdentityOfAClientAndItsPermissionsCanBeRead() {
    Reply writer = node.get("/_whoami", bearer(WRITER));
    assertThat(writer.json().getString("identity")).isEqualTo("w");
    assertThat(writer.json().getString("proof"))
        .isEqualTo("token " + Tokens.hash(WRITER).substring(7, 15));
    assertThat(writer.json().getJsonArray("can"))
        .isEqualTo(new JsonArray(List.of("write billing")));
    assertThat(writer.json().getString("address")).isEqualTo("127.0.0.1");
    assertThat(writer.json().getBoolean("tls")).isFalse();
    assertThat(node.get("/_whoami").json().getString("proof")).isEqualTo("none");
    invalid(node.get("/_whoami", bearer(Tokens.make())));
  }

  @Test
  void theStatusSaysWhenEachTokenWasUsedLast() {
    assertThat(node.get("/billing", bearer(WRITER)).status()).isEqualTo(200);
    String token = Tokens.hash(WRITER).substring(7, 15);
    Eventually.passes(() -> assertThat(node.get("/_status", bearer(OPERATOR))
            .json()
            .getJsonObject("access")
            .getJsonObject("w")
            .getLong(token))
        .isBetween(0L, 60L));
  }
}

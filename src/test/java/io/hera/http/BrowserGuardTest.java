package io.hera.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.hera.testkit.Line;
import io.hera.testkit.Reply;
import io.hera.testkit.ServedNode;
import io.hera.wire.WebOrigin;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which requests of browsers are served, and which headers their replies have. Those of programs are all served. */
class BrowserGuardTest {
  private static final String ALLOWED = "Origin: https://ops.example";

  @AutoClose
  private static final ServedNode node = ServedNode.ready();

  @BeforeAll
  static void configure() {
    node.guard.set(BrowserRules.of(
        List.of("Registry.Example.", "10.1.1.1", "node-1"),
        List.of(new WebOrigin("https", "ops.example", 443))));
    node.register("/seen/1", "{}");
  }

  /** Sends a request with a Host, and with these headers, which are separated by |. */
  private static Reply ask(String method, String target, String host, String headers) {
    StringBuilder request = new StringBuilder(method + " " + target + " HTTP/1.1\r\nHost: " + host);
    for (String header : headers.split("\\|", -1)) {
      request.append("\r\n").append(header.strip());
    }
    boolean hasBody = Set.of("PUT", "POST").contains(method);
    request.append(hasBody ? "\r\nContent-Length: 2\r\n\r\n{}" : "\r\n\r\n");
    try (Line line = node.line()) {
      return line.write(request.toString()).read(method);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Accept: */*",
        "User-Agent: curl/8.5.0",
        "User-Agent: node | Accept-Language: * | Sec-Fetch-Mode: cors",
        "User-Agent: Python-urllib/3.12 | Content-Type: application/x-www-form-urlencoded",
        "User-Agent: Go-http-client/1.1",
        "User-Agent: Java-http-client/17.0.1",
        "X-Forwarded-Host: evil.example"
      })
  void aProgramCallsANodeByAnyNameAndSeesNoDifference(String headers) {
    for (String host : List.of("evil.example", "hera:8080", "127.0.0.1.evil.example", "")) {
      ask("PUT", "/program/1", host, headers).isDone();
      ask("DELETE", "/program/1", host, headers).isDone();
      Reply reply = ask("GET", "/seen", host, headers);
      assertThat(reply.status()).isEqualTo(200);
      assertThat(reply.headers())
          .doesNotContainKeys(
              "content-security-policy", "cross-origin-resource-policy", "referrer-policy")
          .allSatisfy((name, value) -> assertThat(name).doesNotStartWith("access-control"));
      assertThat(reply.header("vary")).doesNotContain("origin");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "127.0.0.1",
        "127.0.0.1:8080",
        "10.20.30.40:8080",
        "[::1]",
        "[::1]:8080",
        "[fd00::17]:8080",
        "localhost",
        "LOCALHOST:8080",
        "localhost.:8080",
        "hera.localhost:8080",
        "registry.example",
        "REGISTRY.example.:8080",
        "node-1:3222"
      })
  void aBrowserIsServedByTheNamesOfTheNode(String host) {
    for (String browser : List.of(
        "User-Agent: Mozilla/5.0 (X11; Linux x86_64) Chrome/1",
        "Referer: http://" + host + "/page",
        "Cookie: a=b",
        "Sec-Fetch-Site: same-origin",
        "Sec-Fetch-Site: none",
        "Origin: http://" + host)) {
      assertThat(ask("GET", "/seen", host, browser).body()).isEqualTo("{\"1\":{}}");
      ask("PUT", "/browser/1", host, browser).isDone();
    }
  }

  /** The page's own name was made to resolve to this node after the page had loaded: all headers say same origin. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "evil.example",
        "evil.example:8080",
        "127.0.0.1.evil.example",
        "localhost.evil.example",
        "localhost.evil",
        "evillocalhost",
        "10.1.1.1.evil.example",
        "registry.example.evil",
        "xregistry.example",
        "node-1.evil.example",
        "127.1",
        "2130706433",
        "0x7f000001",
        "[::1].evil.example",
        "localhost:8080:80",
        ""
      })
  void aBrowserIsRefusedByAnyOtherName(String host) {
    for (String browser : List.of(
        "Origin: http://" + host,
        "Sec-Fetch-Site: same-origin",
        "Referer: http://" + host + "/",
        "Cookie: a=b",
        "User-Agent: Mozilla/5.0",
        ALLOWED)) {
      for (String target : List.of("/seen", "/", "/_export", "/_status", "/_none", "/a/b/c")) {
        ask("GET", target, host, browser).isProblem(421, "unknown-host");
      }
      ask("PUT", "/stolen/1", host, browser).isProblem(421, "unknown-host");
      ask("OPTIONS", "/stolen/1", host, browser).isProblem(421, "unknown-host");
    }
    assertThat(node.document("/stolen")).isEqualTo("{}");
  }

  /** HTTP/1.0 needs no Host. */
  @Test
  void aBrowserWithoutAHostIsRefusedAndAProgramIsNot() {
    String request = "GET /seen HTTP/1.0\r\n";
    assertThat(node.raw(request + "\r\n").body()).isEqualTo("{\"1\":{}}");
    for (String browser : List.of("Cookie: a=b", "Origin: null", ALLOWED, "Referer: http://x/")) {
      node.raw(request + browser + "\r\n\r\n").isProblem(421, "unknown-host");
    }
    assertThat(node.raw(request + "Host: localhost\r\nCookie: a=b\r\n\r\n").status())
        .isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Origin: null",
        "Origin: http://evil.example",
        "Origin: http://127.0.0.1",
        "Origin: http://127.0.0.1:8081",
        "Origin: https://127.0.0.1:8080",
        "Origin: http://localhost:8080",
        "Origin: http://127.0.0.1:8080.evil.example",
        "Origin: http://127.0.0.1:8080 http://evil.example",
        "Origin: http://127.0.0.1:8080/",
        "Origin: http://127.0.0.1:8080 | Origin: http://evil.example",
        "Origin: https://ops.example:8443",
        "Origin: http://ops.example",
        "Origin: https://ops.example.evil",
        "Origin: https://xops.example",
        "Origin: chrome-extension://abcdef",
        "Origin: ",
        "Origin: null | Sec-Fetch-Site: same-origin"
      })
  void aPageOfAnotherOriginIsRefused(String headers) {
    String host = "127.0.0.1:8080";
    ask("GET", "/seen", host, headers).isProblem(403, "cross-origin");
    ask("GET", "/seen", host, headers + "|Accept: text/event-stream")
        .isProblem(403, "cross-origin");
    ask("PUT", "/stolen/2", host, headers).isProblem(403, "cross-origin");
    ask("DELETE", "/seen/1", host, headers).isProblem(403, "cross-origin");
    ask("POST", "/_batch", host, headers + "|Content-Type: text/plain")
        .isProblem(403, "cross-origin");
    Reply preflight =
        ask("OPTIONS", "/stolen/2", host, headers + "|Access-Control-Request-Method: PUT");
    preflight.isProblem(403, "cross-origin");
    assertThat(preflight.headers()).doesNotContainKey("access-control-allow-origin");
    assertThat(node.document("/stolen")).isEqualTo("{}");
    assertThat(node.document("/seen")).isEqualTo("{\"1\":{}}");
  }

  @ParameterizedTest
  @CsvSource({
    "cross-site,GET,200", "cross-site,HEAD,200", "cross-site,OPTIONS,204", "cross-site,PUT,403",
    "cross-site,DELETE,403", "cross-site,POST,403", "same-site,PUT,403", "same-site,GET,200",
    "odd,PUT,403", "same-origin,PUT,204", "none,PUT,204"
  })
  void withoutAnOriginAnotherSiteOnlyReads(String site, String method, int status) {
    Reply reply = ask(method, "/site/1", "localhost:8080", "Sec-Fetch-Site: " + site);

    assertThat(reply.status()).isIn(status, status == 200 ? 404 : status);
    assertThat(reply.header("cross-origin-resource-policy")).isEqualTo("same-origin");
  }

  /** A page of an allowed origin is of another site, and its browser says so. */
  @Test
  void anAllowedOriginReadsAndWrites() {
    String headers = ALLOWED + "|Sec-Fetch-Site: cross-site";
    ask("PUT", "/allowed/1", "localhost:8080", headers).isDone();
    Reply reply = ask("GET", "/allowed", "localhost:8080", headers);

    assertThat(reply.body()).isEqualTo("{\"1\":{}}");
    assertThat(reply.headers())
        .containsEntry("access-control-allow-origin", "https://ops.example")
        .containsEntry("cross-origin-resource-policy", "cross-origin")
        .doesNotContainKey("access-control-allow-credentials");
    assertThat(reply.header("vary")).contains("origin");
    assertThat(reply.header("access-control-expose-headers").split(", ", -1))
        .contains("ETag", "Hera-Node", "Hera-Filtered")
        .containsAll(describedHeaders());
  }

  /** The headers of Hera's own that the description of the API has. */
  private static Set<String> describedHeaders() {
    String api = ask("GET", "/_openapi.yaml", "localhost:8080", "Accept: */*").body();
    Set<String> names = Pattern.compile("\\b(Hera-[A-Za-z-]+):")
        .matcher(api)
        .results()
        .map(found -> found.group(1))
        .collect(Collectors.toSet());
    assertThat(names).contains("Hera-Origin");
    return names;
  }

  @Test
  void anAllowedOriginMayReadAProblem() {
    Reply reply = ask("GET", "/allowed/..", "localhost:8080", ALLOWED);

    reply.isProblem(400, "invalid-path");
    assertThat(reply.header("access-control-allow-origin")).isEqualTo("https://ops.example");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/s", "/s/1", "/_batch", "/_export"})
  void aPreflightOfAnAllowedOriginIsGranted(String target) {
    Reply reply = ask(
        "OPTIONS",
        target,
        "localhost:8080",
        ALLOWED + "|Access-Control-Request-Method: PUT"
            + "|Access-Control-Request-Headers: content-type,if-none-match");

    reply.isDone();
    assertThat(reply.headers())
        .containsEntry("access-control-allow-origin", "https://ops.example")
        .containsEntry("access-control-allow-methods", "GET, HEAD, PUT, DELETE, POST")
        .containsEntry(
            "access-control-allow-headers",
            "Authorization, Content-Type, If-None-Match, Last-Event-ID, Prefer")
        .containsEntry("access-control-max-age", "600")
        .containsKey("allow");
  }

  @Test
  void aReplyToABrowserIsNoPage() {
    for (String target : List.of("/seen", "/seen/1", "/none/1", "/_status", "/a/..")) {
      Reply reply = ask("GET", target, "localhost", "Cookie: a=b");
      assertThat(reply.headers())
          .containsEntry("content-security-policy", "default-src 'none'; frame-ancestors 'none'")
          .containsEntry("cross-origin-resource-policy", "same-origin")
          .containsEntry("referrer-policy", "no-referrer");
    }
  }

  @Test
  void aBrowserIsPointedToTheSetting() {
    assertThat(ask("GET", "/seen", "evil.example", "Cookie: a=b")
            .isProblem(421, "unknown-host")
            .getString("hint"))
        .contains("hosts");
    assertThat(ask("GET", "/seen", "localhost", "Origin: null")
            .isProblem(403, "cross-origin")
            .getString("hint"))
        .contains("origins");
  }

  @Test
  void refusalsAreCountedByTheirCause() {
    long hosts = refused("unknown-host");
    long origins = refused("cross-origin");
    ask("GET", "/seen", "evil.example", "Cookie: a=b");
    ask("GET", "/seen", "localhost", "Origin: null");
    ask("PUT", "/seen/1", "localhost", "Sec-Fetch-Site: cross-site");

    assertThat(refused("unknown-host")).isEqualTo(hosts + 1);
    assertThat(refused("cross-origin")).isEqualTo(origins + 2);
    assertThat(node.get("/_metrics").body())
        .contains("hera_requests_refused_total{type=\"cross-origin\"} " + (origins + 2));
  }

  private static long refused(String type) {
    return node.status().getJsonObject("refused").getJsonObject("requests").getLong(type, 0L);
  }

  @Test
  void aConnectionIsKeptAfterARefusal() {
    try (Line line = node.line()) {
      line.write("PUT /stolen/3 HTTP/1.1\r\nHost: localhost\r\nOrigin: null\r\n"
          + "Content-Length: 2\r\n\r\n{}");
      line.read("PUT").isProblem(403, "cross-origin");
      assertThat(line.send("GET", "/seen", "").status()).isEqualTo(200);
    }
  }
}

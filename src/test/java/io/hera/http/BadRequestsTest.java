package io.hera.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.hera.testkit.Line;
import io.hera.testkit.Reply;
import io.hera.testkit.ServedNode;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests that are not valid HTTP/1.1, and valid ones that are cut or strung together in unusual ways. */
class BadRequestsTest {
  @AutoClose
  private static final ServedNode node = ServedNode.ready();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\u0000\u0001\u0002\u00ff\r\n\r\n",
        "hello\r\n\r\n",
        "GET\r\n\r\n",
        "GET /a\r\n\r\n",
        "\u0016\u0003\u0001\u0002\u0000\u0001\r\n\r\n",
        "GET /a HTTP/1.1 x\r\nHost: h\r\n\r\n",
        "GET /a b HTTP/1.1\r\nHost: h\r\n\r\n",
        "GET /a HTTP/one\r\nHost: h\r\n\r\n",
        "G(ET /a HTTP/1.1\r\nHost: h\r\n\r\n",
        "GET /a HTTP/1.1\r\nHost: h\r\nNo colon\r\n\r\n",
        "GET /a HTTP/1.1\r\nHost: h\r\nBad name: x\r\n\r\n",
        "GET /a HTTP/1.1\r\nHost: h\r\nX : y\r\n\r\n",
        "GET /a HTTP/1.1\r\nHost: h\r\nX: a\u0000b\r\n\r\n",
        "PUT /a/b HTTP/1.1\r\nHost: h\r\nContent-Length: x\r\n\r\n{}",
        "PUT /a/b HTTP/1.1\r\nHost: h\r\nContent-Length: -2\r\n\r\n{}",
        "PUT /a/b HTTP/1.1\r\nHost: h\r\nContent-Length: +2\r\n\r\n{}",
        "PUT /a/b HTTP/1.1\r\nHost: h\r\nContent-Length: 2, 3\r\n\r\n{}",
        "PUT /a/b HTTP/1.1\r\nHost: h\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\n{} ",
        "PUT /a/b HTTP/1.1\r\nHost: h\r\nContent-Length: 99999999999999999999\r\n\r\n{}",
        "PUT /a/b HTTP/1.1\r\nHost: h\r\nContent-Length: \r\n\r\n{}",
        "PUT /a/b HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: gzip\r\n\r\n{}",
        "PUT /a/b HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: gzip, chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n",
        "PUT /a/b HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: xchunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n",
        "GET /a HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: identity\r\n\r\n",
        "PUT /a/b HTTP/1.1\r\nHost: h\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n"
      })
  void aRequestThatIsNotHttpIsRefusedAndItsConnectionEnds(String request) {
    try (Line line = node.line()) {
      line.write(request);
      line.read("GET").isProblem(400, "invalid-request");
      assertThat(line.rest()).isEmpty();
    }
    assertThat(node.document("/a")).isEqualTo("{}");
  }

  /** CVE-2026-102479: a decoder that compares only some letters of a header's name takes these for framing headers. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "Content-Xength: 2",
        "Xontent-Length: 2",
        "Content-LengtX: 2",
        "Content_Length: 2",
        "Transfer-Xncoding: chunked",
        "Xransfer-Encoding: chunked"
      })
  void aHeaderThatOnlyLooksLikeAFramingHeaderFramesNoBody(String header) {
    String body = header.endsWith("chunked") ? "2\r\n{}\r\n0\r\n\r\n" : "{}";
    try (Line line = node.line()) {
      line.write("PUT /framed/1 HTTP/1.1\r\nHost: h\r\n" + header + "\r\n\r\n" + body);
      line.readAny("PUT").isProblem(404, "unknown-instance");
    }
    assertThat(node.document("/framed")).isEqualTo("{}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"xyz\r\n{}\r\n", "-2\r\n{}\r\n", "2\r\n{}{}\r\n", "fffffffff\r\n{}\r\n"})
  void aBodyInBadChunksRegistersNothingAndTheConnectionEnds(String chunk) {
    try (Line line = node.line()) {
      line.write("PUT /a/b HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n");
      line.write(chunk + "0\r\n\r\n").finish().rest();
    }
    assertThat(node.document("/a")).isEqualTo("{}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "Host: a\r\nHost: a\r\n",
        "Host: a\r\nhost: b\r\n",
        "X-Host: a\r\n",
        "Host: a b\r\n",
        "Host: a/b\r\n"
      })
  void aRequestNeedsExactlyOneValidHost(String headers) {
    for (String target : new String[] {"/a", "/_status", "/", "http://hera/a"}) {
      node.raw("GET " + target + " HTTP/1.1\r\n" + headers + "\r\n")
          .isProblem(400, "invalid-request");
    }
  }

  @Test
  void anEmptyHostIsValid() {
    assertThat(node.raw("GET /a HTTP/1.1\r\nHost:\r\n\r\n").status()).isEqualTo(200);
  }

  @Test
  void http10IsRefused() {
    for (String request : new String[] {
      "GET /a HTTP/1.0\r\n\r\n",
      "GET /a HTTP/1.0\r\nHost: h\r\n\r\n",
      "PUT /a/b HTTP/1.0\r\nHost: h\r\nContent-Length: 2\r\n\r\n{}",
      "GET /_status HTTP/1.0\r\nHost: h\r\n\r\n"
    }) {
      try (Line line = node.line()) {
        line.write(request).read("GET").isProblem(505, "http-version");
        assertThat(line.rest()).isEmpty();
      }
    }
    assertThat(node.document("/a")).isEqualTo("{}");
  }

  @Test
  void aConnectionThatBeginsWithHttp2IsRefused() {
    try (Line line = node.line()) {
      line.write(
          "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\u0000\u0000\u0000\u0004\u0000\u0000\u0000\u0000\u0000");
      assertThat(line.rest()).matches("(?s)HTTP/[0-9.]+ 50[15] .*\\r\\n\\r\\n.*");
    }
  }

  @Test
  void anUpgradeToHttp2OrAWebSocketIsIgnored() {
    try (Line line = node.line()) {
      Reply h2c = line.send(
          "GET",
          "/a",
          "",
          "Connection: Upgrade, HTTP2-Settings",
          "Upgrade: h2c",
          "HTTP2-Settings: AAMAAABkAAQAAP__");
      assertThat(h2c.status()).isEqualTo(200);
      Reply webSocket = line.send(
          "GET",
          "/a",
          "",
          "Connection: Upgrade",
          "Upgrade: websocket",
          "Sec-WebSocket-Version: 13",
          "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==");
      assertThat(webSocket.status()).isEqualTo(200);
      assertThat(line.send("GET", "/", "").status()).isEqualTo(200);
    }
  }

  @Test
  void chunkedBodiesAreJoined() {
    try (Line line = node.line()) {
      line.write("PUT /chunked/1 HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n");
      String document = "{\"a\":\"" + "0123456789".repeat(500) + "\"}";
      for (int i = 0; i < document.length(); i++) {
        line.write("1;x=y\r\n" + document.charAt(i) + "\r\n");
      }
      line.write("0\r\nTrailer: x\r\n\r\n").read("PUT").isDone();
      assertThat(line.send("GET", "/chunked/1", "").body()).isEqualTo(document);
    }
  }

  @Test
  void bytesBeyondTheContentLengthAreAnotherRequest() {
    try (Line line = node.line()) {
      line.write("PUT /lies/1 HTTP/1.1\r\nHost: h\r\nContent-Length: 2\r\n\r\n{}}}\r\n\r\n");
      line.read("PUT").isDone();
      line.read("GET").isProblem(400, "invalid-request");
      assertThat(line.rest()).isEmpty();
    }
    assertThat(node.document("/lies/1")).isEqualTo("{}");
  }

  @Test
  void aClientThatGoesAwayWithinABodyRegistersNothing() {
    node.register("/away/1", "{\"n\":1}");
    for (String part : new String[] {"", "{", "{\"n\":2}"}) {
      try (Line line = node.line()) {
        line.write("PUT /away/1 HTTP/1.1\r\nHost: h\r\nContent-Length: 100\r\n\r\n" + part);
        line.finish().rest();
      }
      try (Line line = node.line()) {
        line.write("PUT /away/1 HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n"
            + Integer.toHexString(part.length() + 1) + "\r\n" + part);
        line.finish().rest();
      }
      try (Line line = node.line()) {
        line.write("PUT /away/1 HTTP/1.1\r\nHost: h\r\nContent-Length: 100\r\n\r\n" + part);
      }
    }
    assertThat(node.document("/away/1")).isEqualTo("{\"n\":1}");
  }

  @Test
  void anExpectedContinueIsGiven() {
    try (Line line = node.line()) {
      line.write(
          "PUT /expect/1 HTTP/1.1\r\nHost: h\r\nExpect: 100-continue\r\nContent-Length: 7\r\n\r\n");
      assertThat(line.read("PUT").status()).isEqualTo(100);
      line.write("{\"n\":1}").read("PUT").isDone();
      assertThat(line.send("GET", "/expect/1", "").body()).isEqualTo("{\"n\":1}");
    }
  }

  @Test
  void aRefusedRequestIsNotAskedToContinue() {
    for (String refused : new String[] {
      "PUT /expect/.. HTTP/1.1\r\nContent-Length: 7\r\n",
      "PUT /expect/1?ttl=x HTTP/1.1\r\nContent-Length: 7\r\n",
      "PUT /expect/1 HTTP/1.1\r\nContent-Length: 70000\r\n",
      "PUT /expect/1 HTTP/1.1\r\nContent-Length: 7\r\nContent-Type: text/xml\r\n"
    }) {
      try (Line line = node.line()) {
        line.write(refused + "Host: h\r\nExpect: 100-continue\r\n\r\n");
        assertThat(line.read("PUT").status()).isIn(400, 413, 415);
      }
    }
  }

  @Test
  void expectationsOtherThan100ContinueAreRefused() {
    try (Line line = node.line()) {
      line.send("PUT", "/expect/2", "{}", "Expect: 200-maybe").isProblem(417, "expectation-failed");
      assertThat(line.rest()).isEmpty();
    }
    node.get("/expect/2").isProblem(404, "unknown-instance");
  }

  @Test
  void pipelinedRequestsAreAnsweredInTheirOrder() {
    StringBuilder requests = new StringBuilder();
    for (int i = 0; i < 80; i++) {
      String document = "{\"n\":" + (i + 10) + "}";
      requests
          .append("PUT /piped/1 HTTP/1.1\r\nHost: h\r\nContent-Length: 8\r\n\r\n" + document)
          .append("GET /piped/1 HTTP/1.1\r\nHost: h\r\n\r\n")
          .append("GET /piped HTTP/1.1\r\nHost: h\r\n\r\n")
          .append("GET /piped/.. HTTP/1.1\r\nHost: h\r\n\r\n");
    }
    try (Line line = node.line()) {
      line.write(requests.toString());
      for (int i = 0; i < 80; i++) {
        String document = "{\"n\":" + (i + 10) + "}";
        line.read("PUT").isDone();
        assertThat(line.read("GET").body()).isEqualTo(document);
        assertThat(line.read("GET").body()).isEqualTo("{\"1\":" + document + "}");
        line.read("GET").isProblem(400, "invalid-path");
      }
    }
  }

  @Test
  void aConnectionServesManyRequests() {
    try (Line line = node.line()) {
      for (int i = 0; i < 500; i++) {
        line.send("PUT", "/many/" + i % 7, "{\"n\":" + i + "}").isDone();
        assertThat(line.send("GET", "/many/" + i % 7, "").body()).isEqualTo("{\"n\":" + i + "}");
      }
    }
  }

  @Test
  void aConnectionEndsWhenTheClientAsksForIt() {
    try (Line line = node.line()) {
      Reply reply = line.send("GET", "/a", "", "Connection: close");
      assertThat(reply.header("connection")).isEqualTo("close");
      assertThat(line.rest()).isEmpty();
    }
  }

  @Test
  void aRefusalLeavesTheConnectionUsable() {
    try (Line line = node.line()) {
      line.send("PUT", "/usable/1", "nonsense").isProblem(400, "invalid-document");
      line.send("PUT", "/usable/..", "{}").isProblem(400, "invalid-path");
      line.send("POST", "/usable", "x".repeat(100_000)).isProblem(405, "method-not-allowed");
      line.send("PUT", "/usable/1", "{}", "Content-Type: text/xml")
          .isProblem(415, "unsupported-media-type");
      line.send("GET", "/_status", "{}");
      line.send("PUT", "/usable/1", "{}").isDone();
    }
  }

  @Test
  void theBodyOfAGetIsIgnored() {
    try (Line line = node.line()) {
      line.send("PUT", "/got/1", "{}").isDone();
      assertThat(line.send("GET", "/got/1", "x".repeat(100_000)).body()).isEqualTo("{}");
      assertThat(line.send("GET", "/got", "{", "Content-Encoding: gzip").body())
          .isEqualTo("{\"1\":{}}");
    }
  }

  @Test
  void anEmptyLineBeforeARequestIsIgnored() {
    assertThat(node.raw("\r\nGET /a HTTP/1.1\r\nHost: h\r\n\r\n").status()).isEqualTo(200);
  }
}

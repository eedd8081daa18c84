package io.hera.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.hera.testkit.Line;
import io.hera.testkit.Reply;
import io.hera.testkit.ServedNode;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** Valid requests that are cut or strung together in unusual ways. */
class UnusualRequestsTest {
  @AutoClose
  private static final ServedNode node = ServedNode.ready();

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

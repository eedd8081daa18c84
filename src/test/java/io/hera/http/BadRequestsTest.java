package io.hera.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.hera.testkit.Line;
import io.hera.testkit.ServedNode;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests that are not valid HTTP/1.1. */
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
  void aConnectionThatBeginsWithHttp2IsRefused() {
    try (Line line = node.line()) {
      line.write(
          "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\u0000\u0000\u0000\u0004\u0000\u0000\u0000\u0000\u0000");
      assertThat(line.rest()).matches("(?s)HTTP/[0-9.]+ 50[15] .*\\r\\n\\r\\n.*");
    }
  }
}

package io.hera.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.hera.testkit.Line;
import io.hera.testkit.Reply;
import io.hera.testkit.ServedNode;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests of other versions than HTTP/1.1: nginx and HAProxy send HTTP/1.0 by default. */
class HttpVersionsTest {
  @AutoClose
  private static final ServedNode node = ServedNode.ready();

  private static String answer(String request) {
    try (Line line = node.line()) {
      return line.write(request).rest();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET /_health/ready HTTP/1.0\r\n\r\n",
        "GET /_health/ready HTTP/1.0\r\nHost: h\r\n\r\n",
        "HEAD / HTTP/1.0\r\n\r\n",
        "GET /any HTTP/1.0\r\nAccept-Encoding: gzip\r\n\r\n",
        "GET /_export HTTP/1.0\r\n\r\n",
        "GET /_export HTTP/1.0\r\nConnection: keep-alive\r\n\r\n",
        "GET /_sd/prometheus HTTP/1.0\r\nConnection: Keep-Alive\r\n\r\n"
      })
  void aRequestOfVersion10IsServedWithoutChunksAndItsConnectionCloses(String request) {
    String answer = answer(request);
    assertThat(answer).startsWith("HTTP/1.0 200 OK\r\n").doesNotContain("transfer-encoding");
    assertThat(answer.split("\r\n\r\n", 2)[1])
        .matches(request.startsWith("HEAD") ? "" : "[\\[{].*[]}]");
  }

  @Test
  void aWriteOfVersion10IsDone() {
    assertThat(answer("PUT /old/1 HTTP/1.0\r\nContent-Length: 7\r\n\r\n{\"n\":1}"))
        .contains(" 204 ");
    assertThat(node.document("/old/1")).isEqualTo("{\"n\":1}");
    String expecting = "PUT /old/2 HTTP/1.0\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n{}";
    assertThat(answer(expecting)).startsWith("HTTP/1.0 204 ");
    assertThat(answer("GET /old HTTP/1.0\r\n\r\n")).endsWith("\r\n\r\n{\"1\":{\"n\":1},\"2\":{}}");
  }

  @Test
  void aConnectionOfVersion10IsKeptIfTheClientAsksForThat() {
    try (Line line = node.line()) {
      for (int i = 0; i < 2; i++) {
        line.write("GET /_health/live HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
        Reply reply = line.readAny("GET");
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.header("connection")).isEqualTo("keep-alive");
      }
    }
  }

  @Test
  void aStreamOfEventsOfVersion10HasNoChunks() {
    try (Line line = node.line()) {
      line.write("GET /events HTTP/1.0\r\nAccept: text/event-stream\r\n\r\n");
      Reply head = line.readHead();
      assertThat(head.header("content-type")).isEqualTo("text/event-stream");
      assertThat(head.headers()).doesNotContainKey("transfer-encoding");
    }
  }

  /** The end of such a body is unknown, so nothing behind it is a request (RFC 9112, 6.1). */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "PUT /framed/1 HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n",
        "PUT /framed/1 HTTP/1.0\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n",
        "PUT /framed/1 HTTP/1.0\r\nContent-Length: 2, 2\r\n\r\n{}",
        "PUT /framed/1 HTTP/1.0\r\nContent-Length: +2\r\n\r\n{}",
        "PUT /framed/1 HTTP/1.5\r\nHost: h\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\n{} ",
        "PUT /framed/1 HTTP/1.5\r\nHost: h\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n",
        "GET / HTTP/1.0\r\nHost: a\r\nHost: b\r\n\r\n",
        "GET / HTTP/1.0\r\nHost: a/b\r\n\r\n"
      })
  void framingAndHostsOfVersion10AreCheckedToo(String request) {
    String answer = answer(request + "PUT /framed/2 HTTP/1.0\r\nContent-Length: 2\r\n\r\n{}");
    assertThat(answer).contains(" 400 ").contains("urn:hera:problem:invalid-request");
    assertThat(node.document("/framed")).isEqualTo("{}");
  }

  /** Where two lengths disagree, only the first request is one for sure. */
  @Test
  void nothingBehindABodyOfVersion10IsServed() {
    String first =
        "PUT /once/1 HTTP/1.0\r\nConnection: keep-alive\r\nContent-Length: 2\r\nContent-Length: 50\r\n\r\n{}";
    String answer =
        answer(first + "PUT /once/2 HTTP/1.1\r\nHost: h\r\nContent-Length: 2\r\n\r\n{}");
    assertThat(answer).startsWith("HTTP/1.0 204 ").doesNotContain("HTTP/1.1", "keep-alive");
    assertThat(node.document("/once")).isEqualTo("{\"1\":{}}");
  }

  @Test
  void nothingBehindARequestThatEndsTheConnectionIsServed() {
    String put = "PUT /behind/1 HTTP/1.1\r\nHost: h\r\nContent-Length: 2\r\n\r\n{}";
    assertThat(answer("GET / HTTP/1.0\r\n\r\n" + put)).contains(" 200 ").doesNotContain(" 204 ");
    assertThat(answer("GET / HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n" + put))
        .contains(" 200 ")
        .doesNotContain(" 204 ");
    assertThat(node.document("/behind")).isEqualTo("{}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"HTTP/1.2", "HTTP/1.9", "HTTP/1.10"})
  void aHigherMinorVersionIsServedAsVersion11(String version) {
    try (Line line = node.line()) {
      line.write("GET /_export " + version + "\r\nHost: h\r\n\r\n");
      Reply reply = line.read("GET");
      assertThat(reply.status()).isEqualTo(200);
      assertThat(reply.header("transfer-encoding")).isEqualTo("chunked");
      line.write("GET / " + version + "\r\n\r\n");
      line.read("GET").isProblem(400, "invalid-request");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "GET / HTTP/2.0",
    "GET / HTTP/0.9",
    "PRI * HTTP/2.0",
    "GET / HTTP/11.1",
    "GET / HTTP/3.0"
  })
  void anotherMajorVersionIsAProblemAndItsConnectionCloses(String head) {
    try (Line line = node.line()) {
      line.write(head
          + "\r\nHost: h\r\n\r\nPUT /other/1 HTTP/1.1\r\nHost: h\r\nContent-Length: 2\r\n\r\n{}");
      assertThat(line.read("GET").isProblem(505, "http-version").getString("detail"))
          .startsWith(head.split(" ", -1)[2]);
      assertThat(line.rest()).isEmpty();
    }
    assertThat(node.document("/other")).isEqualTo("{}");
  }
}

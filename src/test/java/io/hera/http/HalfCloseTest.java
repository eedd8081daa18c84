package io.hera.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.hera.testkit.Line;
import io.hera.testkit.ServedNode;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients that send a request and close their half of the connection, as {@code nc -N} does. */
@Timeout(60)
class HalfCloseTest {
  @AutoClose
  private static final ServedNode node = ServedNode.ready();

  @BeforeEach
  void register() {
    node.register("/s/1", "{\"x\":\"" + "y".repeat(2_000) + "\"}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/s", "/s/1", "/", "/_status", "/_metrics", "/_export", "/_openapi.yaml"})
  void theRequestIsAnsweredAndTheConnectionCloses(String target) {
    try (Line line = node.line();
        Line old = node.line()) {
      line.write("GET " + target + " HTTP/1.1\r\nHost: h\r\n\r\n").finish();
      assertThat(line.readAny("GET").status()).isEqualTo(200);
      assertThat(line.rest()).isEmpty();
      old.write("GET " + target + " HTTP/1.0\r\n\r\n").finish();
      assertThat(old.rest()).startsWith("HTTP/1.0 200 OK\r\n").hasSizeGreaterThan(250);
    }
  }

  @Test
  void severalRequestsAreAnsweredInTheirOrder() {
    try (Line line = node.line()) {
      String put = "PUT /half/1 HTTP/1.1\r\nHost: h\r\nContent-Length: 2\r\n\r\n{}";
      String get = "GET /half HTTP/1.1\r\nHost: h\r\n\r\n";
      line.write(put + get + put + get).finish();
      assertThat(line.readAny("PUT").status()).isEqualTo(204);
      assertThat(line.readAny("GET").body()).isEqualTo("{\"1\":{}}");
      assertThat(line.readAny("PUT").status()).isEqualTo(204);
      assertThat(line.readAny("GET").body()).isEqualTo("{\"1\":{}}");
      assertThat(line.rest()).isEmpty();
    }
  }

  /** A client that has disconnected looks the same: it must not be waited for. */
  @Test
  void aRequestThatWaitsIsAnsweredAtOnce() {
    String tag = node.get("/s").header("etag");
    try (Line line = node.line()) {
      line.write(Line.request("GET", "/s?wait=5m", new byte[0], "If-None-Match: " + tag))
          .finish();
      assertThat(line.readAny("GET").status()).isEqualTo(304);
      assertThat(line.rest()).isEmpty();
    }
    try (Line line = node.line()) {
      line.write(Line.request("GET", "/s?wait=5m", new byte[0], "If-None-Match: " + tag));
      node.awaitWatchers(1);
      line.finish();
      assertThat(line.readAny("GET").status()).isEqualTo(304);
    }
    try (Line line = node.line()) {
      line.write(Line.request("GET", "/s", new byte[0], "Accept: text/event-stream"));
      line.readHead();
      while (!line.chunkedLine().equals("event: snapshot")) {}
      line.finish();
      assertThat(line.rest()).contains("\r\n0\r\n");
    }
    node.awaitWatchers(0);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "GET / HT",
        "PUT /cut/1 HTTP/1.1\r\nHost: h\r\nContent-Length: 9\r\n\r\n{}",
        "PUT /cut/1 HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n"
      })
  void aRequestThatIsNotWholeIsNotServed(String request) {
    try (Line line = node.line()) {
      line.write(request).finish();
      assertThat(line.rest()).isEmpty();
    }
    assertThat(node.document("/cut")).isEqualTo("{}");
  }
}

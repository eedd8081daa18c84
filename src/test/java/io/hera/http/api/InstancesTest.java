package io.hera.http.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.hera.testkit.Line;
import io.hera.testkit.Reply;
import io.hera.testkit.ServedNode;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Registering and renewing. */
class InstancesTest {
  @AutoClose
  private static final ServedNode node = ServedNode.ready();

  @Test
  void aDocumentIsReadWithTheBytesOfItsPut() {
    String document = " {\"host\" :\t\"10.1.1.1\", \"n\": 1.10}\r\n";
    node.register("/shown/1", document);
    assertThat(node.document("/shown/1")).isEqualTo(document);
    assertThat(node.document("/shown")).isEqualTo("{\"1\":" + document + "}");
  }

  @Test
  void theFirstRegistrationAndEveryHeartbeatGetTheSameAnswer() {
    node.put("/beat/1", "{\"n\":1}").isDone();
    node.put("/beat/1", "{\"n\":1}").isDone();
    node.put("/beat/1", "{\"n\":2}").isDone();
    node.put("/beat/1", "").isDone();
    assertThat(node.document("/beat/1")).isEqualTo("{\"n\":2}");
  }

  @Test
  void anEmptyBodyRenewsAnInstanceAndKeepsItsDocument() {
    node.register("/renewed/1?ttl=100", "{\"n\":1}");
    node.put("/renewed/1?ttl=5000", "").isDone();
    assertThat(node.document("/renewed/1")).isEqualTo("{\"n\":1}");
    assertThat(node.expiresIn("/renewed/1")).isBetween(4_900L, 5_000L);
  }

  @Test
  void anEmptyBodyForAnUnknownInstanceIsAProblemWithAHint() {
    assertThat(node.put("/unknown/1", "").isProblem(404, "unknown-instance").getString("hint"))
        .contains("PUT");
    assertThat(node.document("/unknown")).isEqualTo("{}");
  }

  @Test
  void anEmptyChunkedBodyRenews() {
    node.register("/chunkless/1", "{\"n\":1}");
    try (Line line = node.line()) {
      line.write(
          "PUT /chunkless/1 HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n");
      line.read("PUT").isDone();
    }
    assertThat(node.document("/chunkless/1")).isEqualTo("{\"n\":1}");
  }

  @Test
  void aPutWithoutAnyLengthRenews() {
    try (Line line = node.line()) {
      line.write("PUT /none/1 HTTP/1.1\r\nHost: h\r\n\r\n");
      line.read("PUT").isProblem(404, "unknown-instance");
    }
  }

  @Test
  void aDocumentSentAsAFormByCurlIsRegistered() {
    String document =
        "{\"host\":\"10.1.1.1\", \"port\": 12345, \"updated_at\": \"2012-12-18T13:27:01Z\"}";
    String form = "Content-Type: application/x-www-form-urlencoded";
    node.send("PUT", "/storage/1f11bbbb", document, form, "User-Agent: curl/7.28", "Accept: */*")
        .isDone();
    assertThat(node.document("/storage/1f11bbbb")).isEqualTo(document);
  }

  @ParameterizedTest
  @CsvSource({"GET", "PATCH", "POST", "TRACE", "PROPFIND", "put"})
  void onlyPutRegisters(String method) {
    Reply reply = node.send(method, "/methods/1", "{}");
    assertThat(reply.status()).isIn(404, 405);
    assertThat(node.document("/methods")).isEqualTo("{}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/ | GET, HEAD, OPTIONS",
        "/service | GET, HEAD, OPTIONS",
        "/service/id | GET, HEAD, PUT, DELETE, OPTIONS",
        "* | GET, HEAD, PUT, DELETE, OPTIONS",
        "/_status | GET, HEAD, OPTIONS",
        "/_health/live | GET, HEAD, OPTIONS",
        "/_health/ready | GET, HEAD, OPTIONS",
        "/_deltas | GET, HEAD, OPTIONS"
      })
  void optionsAndARefusedMethodNameWhatIsAllowed(String target, String allowed) {
    Reply options = node.send("OPTIONS", target, "");
    options.isDone();
    assertThat(options.header("allow")).isEqualTo(allowed);
    if (!target.equals("*")) {
      Reply refused = node.send("POST", target, "{}");
      refused.isProblem(405, "method-not-allowed");
      assertThat(refused.header("allow")).isEqualTo(allowed);
    }
  }

  @ParameterizedTest
  @CsvSource({"PUT,/", "DELETE,/", "PUT,/service", "DELETE,/service", "PUT,/?ttl=1", "POST,/"})
  void servicesAreReadOnly(String method, String target) {
    node.send(method, target, "{}").isProblem(405, "method-not-allowed");
  }
}

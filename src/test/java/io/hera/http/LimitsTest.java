package io.hera.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.hera.testkit.Line;
import io.hera.testkit.Reply;
import io.hera.testkit.ServedNode;
import io.hera.testkit.TestLimits;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** Requests that are too long, too large, too slow or too many. */
class LimitsTest {
  @AutoClose
  private static final ServedNode node = ServedNode.ready();

  @AutoClose
  private static final ServedNode impatient =
      ServedNode.ready(TestLimits.withTimeouts(ServedNode.LIMITS, 300, 3_000));

  @Test
  void aRequestLineIsAtMost64KiBLong() {
    assertThat(node.get("/a?" + "x".repeat(60_000)).status()).isEqualTo(200);
    try (Line line = node.line()) {
      line.send("GET", "/a?" + "x".repeat(66_000), "").isProblem(414, "target-too-long");
      assertThat(line.rest()).isEmpty();
    }
    node.raw("x".repeat(70_000)).isProblem(414, "target-too-long");
  }

  @Test
  void headersAreAtMost16KiBLarge() {
    assertThat(node.get("/a", "X: " + "y".repeat(15_000)).status()).isEqualTo(200);
    try (Line line = node.line()) {
      line.send("PUT", "/a/1", "{}", "X: " + "y".repeat(17_000))
          .isProblem(431, "headers-too-large");
      assertThat(line.rest()).isEmpty();
    }
    StringBuilder many = new StringBuilder("GET /a HTTP/1.1\r\nHost: h\r\n");
    for (int i = 0; i < 2_000; i++) {
      many.append("X" + i + ": y12345\r\n");
    }
    node.raw(many + "\r\n").isProblem(431, "headers-too-large");
    node.get("/a/1").isProblem(404, "unknown-instance");
  }

  @Test
  void aLargeBodyIsRefusedBeforeItIsSent() {
    try (Line line = node.line()) {
      line.write("PUT /large/1 HTTP/1.1\r\nHost: h\r\nContent-Length: 5000000000\r\n\r\n");
      Reply reply = line.read("PUT");
      reply.isProblem(413, "document-too-large");
      assertThat(reply.header("connection")).isEqualTo("close");
      assertThat(line.rest()).isEmpty();
    }
  }

  @Test
  void aClientThatHasSentALargeBodyCanReadTheReply() {
    byte[] body = new byte[4 << 20];
    try (Line line = node.line()) {
      line.write(Line.request("PUT", "/large/2", body))
          .read("PUT")
          .isProblem(413, "document-too-large");
      assertThat(line.rest()).isEmpty();
    }
  }

  @Test
  void aChunkedBodyIsCountedWhileItComes() {
    try (Line line = node.line()) {
      line.write("PUT /large/3 HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n");
      String chunk = "1000\r\n" + " ".repeat(4_096) + "\r\n";
      for (int i = 0; i < 17; i++) {
        line.write(chunk);
      }
      line.read("PUT").isProblem(413, "document-too-large");
      line.write(chunk).write("0\r\n\r\n");
      assertThat(line.rest()).isEmpty();
    }
    node.get("/large/3").isProblem(404, "unknown-instance");
  }

  @Test
  void noRequestBehindABodyThatIsTooLargeIsServed() {
    byte[] body = new byte[70_000];
    try (Line line = node.line()) {
      line.write(Line.request("PUT", "/large/4", body));
      line.write(Line.request("PUT", "/large/4", new byte[] {0x7b, 0x7d}));
      line.read("PUT").isProblem(413, "document-too-large");
      line.rest();
    }
    node.get("/large/4").isProblem(404, "unknown-instance");
  }

  @Test
  void aBodyThatTakesTooLongIsRefused() {
    impatient.register("/slow/1", "{\"n\":1}");
    try (Line line = impatient.line();
        Line chunked = impatient.line()) {
      line.write("PUT /slow/1 HTTP/1.1\r\nHost: h\r\nContent-Length: 7\r\n\r\n{\"n\":2");
      chunked.write(
          "PUT /slow/1 HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n7\r\n{\"n\":2}\r\n");
      Reply reply = line.read("PUT");
      reply.isProblem(408, "body-timeout");
      assertThat(reply.header("connection")).isEqualTo("close");
      chunked.read("PUT").isProblem(408, "body-timeout");
      assertThat(line.rest()).isEmpty();
      assertThat(chunked.rest()).isEmpty();
    }
    assertThat(impatient.document("/slow/1")).isEqualTo("{\"n\":1}");
  }

  @Test
  void anIdleConnectionIsClosed() {
    try (Line unused = impatient.line();
        Line used = impatient.line();
        Line halfway = impatient.line()) {
      halfway.write("GET /a HT");
      assertThat(used.send("GET", "/a", "").status()).isEqualTo(200);
      assertThat(unused.rest()).isEmpty();
      assertThat(used.rest()).isEmpty();
      assertThat(halfway.rest()).isEmpty();
    }
  }

  @Test
  void aFullRegistryRefusesOnlyNewServices() {
    try (ServedNode full = capped(1, 1_000, 1 << 20)) {
      full.register("/a/1", "{}");
      assertThat(full.put("/b/1", "{}").isProblem(507, "capacity").getString("hint"))
          .contains("limits.services");
      full.register("/a/2", "{}");
      renewalsGoOn(full);
    }
  }

  @Test
  void aFullRegistryRefusesOnlyNewInstances() {
    try (ServedNode full = capped(1_000, 2, 1 << 20)) {
      full.register("/a/1", "{}");
      full.register("/a/2", "{}");
      assertThat(full.put("/a/3", "{}").isProblem(507, "capacity").getString("hint"))
          .contains("limits.instances");
      renewalsGoOn(full);
      full.send("DELETE", "/a/2", "").isDone();
      full.register("/a/3", "{}");
    }
  }

  @Test
  void aRegistryFullOfBytesRefusesOnlyNewInstances() {
    try (ServedNode full = capped(1_000, 1_000, 100)) {
      full.register("/a/1", "{\"pad\":\"" + "x".repeat(80) + "\"}");
      assertThat(full.put("/a/2", "{\"n\":12345}").isProblem(507, "capacity").getString("hint"))
          .contains("limits.total-bytes");
      renewalsGoOn(full);
    }
  }

  private static void renewalsGoOn(ServedNode full) {
    String larger = "{\"pad\":\"" + "y".repeat(2_000) + "\"}";
    full.put("/a/1", "").isDone();
    full.put("/a/1?ttl=60", larger).isDone();
    assertThat(full.document("/a/1")).isEqualTo(larger);
    assertThat(full.get("/b/1").status()).isEqualTo(404);
    assertThat(full.status().getJsonObject("refused").getJsonObject("requests").getLong("capacity"))
        .isEqualTo(1);
  }

  private static ServedNode capped(long services, long instances, long bytes) {
    return ServedNode.ready(TestLimits.capacity(services, instances, bytes));
  }
}

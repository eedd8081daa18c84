package io.hera.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.hera.testkit.Eventually;
import io.hera.testkit.Http;
import io.hera.testkit.Line;
import io.hera.testkit.ServedNode;
import io.hera.testkit.TestLimits;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A client that reads nothing of its reply is closed after the idle time-out, as a silent one is. */
@Timeout(60)
class UnreadReplyTest {
  private static final int DOCUMENTS = 200;

  @Test
  void aClientThatDoesNotReadIsClosed() {
    HttpLimits limits = TestLimits.withTimeouts(ServedNode.LIMITS, 10_000, 1_000);
    try (ServedNode node = ServedNode.ready(limits)) {
      String document = "{\"v\":\"" + "x".repeat(60_000) + "\"}";
      for (int i = 0; i < DOCUMENTS; i++) {
        assertThat(Http.put(node.port(), "/s/" + i, document)).isEqualTo(204);
      }
      node.pages.limit(0);

      try (Line idler = Line.narrow(node.port())) {
        idler.write(Line.request("GET", "/s", new byte[0]));
        Eventually.passes(() -> assertThat(node.inFlight.bytes()).isPositive());

        Eventually.passes(() -> assertThat(node.inFlight.bytes()).isZero());
      }
    }
  }
}

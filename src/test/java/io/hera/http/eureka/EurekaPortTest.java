package io.hera.http.eureka;

import static org.assertj.core.api.Assertions.assertThat;

import io.hera.http.HttpSettings;
import io.hera.testkit.Http;
import io.hera.testkit.Ports;
import io.hera.testkit.ServedNode;
import io.hera.wire.EurekaMode;
import io.hera.wire.UiMode;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The setting eureka. */
class EurekaPortTest {
  private static HttpSettings settings(EurekaMode mode) {
    return new HttpSettings(
        "127.0.0.1", 0, OptionalInt.empty(), 64 << 10, 16 << 10, true, UiMode.TRUE, mode, 1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/apps/",
        "/apps",
        "/eureka/apps/",
        "/eureka/apps",
        "/eureka/v2/apps",
        "/_eureka/apps"
      })
  void atAPortOfItsOwnThePrefixMayBeLeftOut(String target) {
    int port = Ports.free();
    try (ServedNode node = ServedNode.ready(settings(new EurekaMode.AlsoAt(port)))) {
      node.register("/orders/1", "{\"host\":\"h\",\"port\":1}");
      assertThat(Http.send("GET", port, target, "").body()).contains("<name>ORDERS</name>");
      assertThat(Http.send("GET", port, "/orders/1", "").statusCode()).isEqualTo(404);
      assertThat(Http.send("GET", port, "/", "").statusCode()).isEqualTo(404);
      assertThat(node.get("/eureka/apps/").status()).isEqualTo(200);
    }
  }

  @Test
  void aNodeThatIsNotToServeThemAnswersAsBefore() {
    try (ServedNode node = ServedNode.ready(settings(new EurekaMode.Off()))) {
      assertThat(Http.send("GET", node.port(), "/_eureka/apps", "").body())
          .contains("unknown-endpoint");
      assertThat(Http.send("GET", node.port(), "/eureka/v2/apps", "").body())
          .contains("invalid-path");
      assertThat(Http.send("GET", node.port(), "/eureka/apps/", "").body())
          .contains("invalid-path");
    }
  }
}

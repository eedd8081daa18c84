package io.hera;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hera.testkit.Eventually;
import io.hera.testkit.Http;
import io.hera.testkit.Ports;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.net.ConnectException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** The cluster of {@code hera demo}. */
@Execution(ExecutionMode.CONCURRENT)
@Timeout(120)
class DemoVerticleTest {
  private final Vertx vertx = Vertx.vertx();

  @AfterEach
  void close() {
    vertx.close().await();
  }

  @Test
  void threeNodesShowTheSameServicesUntilItEnds() {
    List<Integer> ports = Ports.free(3);
    String demo = vertx
        .deployVerticle(
            new DemoVerticle(),
            new DeploymentOptions().setConfig(new JsonObject().put("port", ports.get(0))))
        .await();
    for (int port : ports) {
      Eventually.passes(() -> assertThat(Http.get(port, "/"))
          .contains("\"orders\":{\"instances\":", "\"payments\":{\"instances\":2}", "\"mail\""));
      Eventually.passes(() -> assertThat(Http.get(port, "/jobs")).contains("job-"));
    }
    vertx.undeploy(demo).await();
    assertThatThrownBy(() -> Http.get(ports.get(0), "/"))
        .hasCauseInstanceOf(ConnectException.class);
  }
}

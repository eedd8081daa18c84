package io.hera.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The replacement of servers, with verticles that do nothing. */
@Timeout(60)
class HttpDeploymentTest {
  private static final HttpSettings BEFORE = settings(1 << 10);
  private static final HttpSettings AFTER = settings(2 << 10);

  private final Vertx vertx = Vertx.vertx();
  private final List<String> events = new ArrayList<>();
  private final List<BooleanSupplier> replaced = new ArrayList<>();
  private final HttpDeployment deployment = new HttpDeployment(vertx, BEFORE, this::deploy);
  private boolean portTaken;

  private static HttpSettings settings(int headerBytes) {
    return new HttpSettings("127.0.0.1", 0, 64 << 10, headerBytes, true);
  }

  private Future<String> deploy(HttpSettings settings, BooleanSupplier isReplaced) {
    if (portTaken) {
      return Future.failedFuture("the port is taken");
    }
    replaced.add(isReplaced);
    return vertx.deployVerticle(new VerticleBase() {
      @Override
      public Future<?> start() {
        events.add("start " + settings.headerBytesMax());
        return Future.succeededFuture();
      }

      @Override
      public Future<?> stop() {
        events.add("stop " + settings.headerBytesMax());
        return Future.succeededFuture();
      }
    });
  }

  @AfterEach
  void stop() {
    vertx.close().await();
  }

  @Test
  void newServersListenBeforeTheOldOnesStop() {
    deployment.start().await();
    deployment.replace(AFTER).await();
    assertThat(events).containsExactly("start 1024", "start 2048", "stop 1024");
    assertThat(replaced.get(0).getAsBoolean()).isTrue();
    assertThat(replaced.get(1).getAsBoolean()).isFalse();
  }

  @Test
  void theOldServersStayIfNewOnesCannotListenAndTheNextAttemptReplacesThem() {
    deployment.start().await();
    portTaken = true;
    assertThatThrownBy(() -> deployment.replace(AFTER).await()).hasMessage("the port is taken");
    assertThat(events).containsExactly("start 1024");
    assertThat(replaced.get(0).getAsBoolean()).isFalse();

    portTaken = false;
    deployment.replace(AFTER).await();
    assertThat(events).containsExactly("start 1024", "start 2048", "stop 1024");
  }

  @Test
  void theSameSettingsReplaceNothing() {
    deployment.start().await();
    deployment.replace(settings(1 << 10)).await();
    assertThat(events).containsExactly("start 1024");
  }
}

package io.hera.client.vertx;

import static org.assertj.core.api.Assertions.assertThat;

import io.hera.MainVerticle;
import io.hera.client.Document;
import io.hera.client.HeraException;
import io.hera.client.Match;
import io.hera.testkit.Eventually;
import io.hera.testkit.Http;
import io.hera.testkit.Ports;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.ThreadingModel;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.WebClient;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Calls of services that are found at a node of the same process. */
@Execution(ExecutionMode.CONCURRENT)
class LocalServicesTest extends CallingTest {
  private final int port = Ports.free();
  private final WebClient local = web(HeraResolver.local(vertx));

  private String deploy() {
    JsonObject config = new JsonObject().put("name", "n-1").put("port", port);
    String id = vertx
        .deployVerticle(new MainVerticle(), new DeploymentOptions().setConfig(config))
        .await();
    Eventually.passes(
        () -> assertThat(Http.get(port, "/_health/ready")).contains("\"status\":\"up\""));
    return id;
  }

  private void put(String id, Document document) {
    String json = new String(document.bytes(), StandardCharsets.UTF_8);
    assertThat(Http.put(port, "/orders/" + id, json)).isEqualTo(204);
  }

  private String localCall() {
    return local.getAbs("http://orders.hera/").send().await().bodyAsString();
  }

  @Test
  void changesAreSeenOverTheEventBus() {
    deploy();
    put("1", servers.start("1"));
    assertThat(localCall()).isEqualTo("1 orders.hera");
    put("2", servers.start("2"));
    Eventually.holds(() -> localCall().startsWith("2"));
    Http.send("DELETE", port, "/orders/1", "");
    Eventually.passes(() -> {
      for (int i = 0; i < 10; i++) {
        assertThat(localCall()).startsWith("2");
      }
    });
    put("2", servers.start("3"));
    Eventually.holds(() -> localCall().startsWith("3"));
  }

  /** A verticle of a worker that makes a resolver, and is busy from then on. */
  private HeraResolver madeByABusyWorker(
      ThreadingModel model, CountDownLatch end, CompletableFuture<String> id) {
    CompletableFuture<HeraResolver> made = new CompletableFuture<>();
    VerticleBase worker = new VerticleBase() {
      @Override
      public Future<?> start() {
        made.complete(HeraResolver.local(vertx));
        context.runOnContext(turn -> {
          try {
            end.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
        return Future.succeededFuture();
      }
    };
    vertx
        .deployVerticle(worker, new DeploymentOptions().setThreadingModel(model))
        .onComplete(id::complete, id::completeExceptionally);
    return made.join();
  }

  @Test
  void aWorkerThatIsBusyHoldsUpNoCaller() {
    deploy();
    put("1", servers.start("1"));
    CountDownLatch end = new CountDownLatch(1);
    CompletableFuture<String> worker = new CompletableFuture<>();
    WebClient web = web(madeByABusyWorker(ThreadingModel.WORKER, end, worker));
    try {
      assertThat(web.getAbs("http://orders.hera/")
              .send()
              .await(20, TimeUnit.SECONDS)
              .bodyAsString())
          .startsWith("1");
      put("2", servers.start("2"));
      Eventually.holds(
          () -> web.getAbs("http://orders.hera/").send().await().bodyAsString().startsWith("2"));
    } catch (TimeoutException blocked) {
      throw new AssertionError("the call waits for the worker", blocked);
    } finally {
      end.countDown();
    }
  }

  @Test
  void theServicesOfAWorkerEndWithItsVerticle() {
    CountDownLatch end = new CountDownLatch(0);
    CompletableFuture<String> worker = new CompletableFuture<>();
    madeByABusyWorker(ThreadingModel.WORKER, end, worker);
    String id = worker.join();
    assertThat(vertx.deploymentIDs()).hasSize(2);
    vertx.undeploy(id).await();
    assertThat(vertx.deploymentIDs()).isEmpty();
  }

  @Test
  void conditionsHoldForTheListingAndForChanges() {
    deploy();
    put("1", servers.start("1").with("zone", "ams"));
    put("2", servers.start("2").with("zone", "fra"));
    RequestOptions fra =
        new RequestOptions().setServer(HeraAddress.of("orders", Match.of("zone", "fra")));
    HttpClient http = http(HeraResolver.local(vertx));
    assertThat(call(http, fra).await()).startsWith("2");
    put("3", servers.start("3").with("zone", "ams"));
    put("1", CalledServers.document(servers.port("1")).with("zone", "fra"));
    put("2", CalledServers.document(servers.port("2")).with("zone", "ams"));
    Eventually.passes(() -> {
      List<String> called = new ArrayList<>();
      for (int i = 0; i < 10; i++) {
        called.add(call(http, fra).await());
      }
      assertThat(called).allMatch(one -> one.startsWith("1"));
    });
  }

  @Test
  void theLastInstancesStayWhenTheNodeIsUndeployed() {
    String node = deploy();
    put("1", servers.start("1"));
    assertThat(localCall()).startsWith("1");
    vertx.undeploy(node).await();
    assertThat(localCall()).startsWith("1");
  }

  @Test
  void withoutANodeACallFailsWithTheReasonAndItGoesOnWhenThereIsOne() throws Exception {
    assertThat(failure(local.getAbs("http://orders.hera/").send()))
        .isInstanceOf(HeraException.class)
        .hasMessageContaining("hera.lookup");
    deploy();
    put("1", servers.start("1"));
    Eventually.passes(() -> assertThat(localCall()).startsWith("1"));
  }

  @Test
  void callsThatFailLeaveNoLookupsBehind() throws Exception {
    AtomicInteger lookups = new AtomicInteger();
    AtomicBoolean ready = new AtomicBoolean();
    vertx.eventBus().<JsonObject>localConsumer("hera.lookup", lookup -> {
      lookups.incrementAndGet();
      if (ready.get()) {
        lookup.reply(new JsonObject());
      } else {
        lookup.fail(503, "recovering");
      }
    });
    for (int i = 0; i < 20; i++) {
      assertThat(failure(local.getAbs("http://orders.hera/").send()))
          .hasMessageContaining("recovering");
    }
    ready.set(true);
    Eventually.passes(
        () -> assertThat(failure(local.getAbs("http://orders.hera/").send()))
            .hasMessageContaining("0 known, FRESH"));
    int before = lookups.get();
    vertx.timer(1_500, TimeUnit.MILLISECONDS).await();
    assertThat(lookups).hasValue(before);
  }

  @Test
  void anEmptyServiceFailsWithItsName() throws Exception {
    deploy();
    assertThat(failure(local.getAbs("http://orders.hera/").send()))
        .hasMessage("orders has no instance that may be called (0 known, FRESH)");
  }
}

package io.hera.client.vertx;

import static org.assertj.core.api.Assertions.assertThat;

import io.hera.testkit.Eventually;
import io.hera.testkit.Ports;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClosedException;
import io.vertx.ext.web.client.HttpResponse;
import io.vertx.ext.web.client.WebClient;
import java.net.ConnectException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Which instances are called: load, ejection, and a second try. */
@Execution(ExecutionMode.CONCURRENT)
class BalancedCallsTest extends CallingTest {
  private void registerDead(String id) {
    hera.put("orders", id, CalledServers.document(Ports.free()));
  }

  @Test
  void callsInFlightCountAfterAChangeOfTheList() {
    register("1");
    register("2");
    Future<String> held = call("http://orders.hera/hold");
    Eventually.holds(() -> servers.requests() == 1);
    String other = servers.requests("1") == 1 ? "2" : "1";
    for (int i = 0; i < 12; i++) {
      registerDead("3");
      hera.remove("orders", "3");
      assertThat(idOfCalled()).isEqualTo(other);
    }
    servers.release();
    assertThat(held.await()).doesNotStartWith(other);
  }

  @Test
  void aCallThatHasEndedCountsNoMore() {
    register("1");
    register("2");
    Future<String> held = call("http://orders.hera/hold");
    Eventually.holds(() -> servers.requests() == 1);
    servers.release();
    String first = id(held.await());
    Eventually.holds(() -> idOfCalled().equals(first));
  }

  @Test
  void firstCallsAfterAChangeSpreadOverTheInstances() {
    IntStream.range(0, 20).forEach(i -> register("i" + i));
    assertThat(idOfCalled()).startsWith("i");
    register("new");
    List<Future<String>> calls =
        IntStream.range(0, 40).mapToObj(i -> call("http://orders.hera/hold")).toList();
    Eventually.holds(() -> servers.requests() == 41);
    servers.release();
    assertThat(calls.stream().map(call -> call.await()).distinct().count())
        .isGreaterThanOrEqualTo(15);
  }

  @Test
  void anInstanceThatRefusesConnectionsIsNotCalledForAWhile() throws Exception {
    register("1");
    registerDead("2");
    int failed = 0;
    for (int i = 0; i < 30; i++) {
      Future<String> call = call("http://orders.hera/");
      failed += await(call.map(0).otherwise(1));
    }
    assertThat(failed).isEqualTo(1);
    hera.advance(Duration.ofMillis(1_100));
    Eventually.holds(
        () -> call("http://orders.hera/").map(false).otherwise(true).await());
  }

  @Test
  void noCallFailsIfItIsMadeAgain() throws Exception {
    register("1");
    registerDead("2");
    register("3");
    for (int i = 0; i < 30; i++) {
      hera.advance(Duration.ofMillis(400));
      assertThat(await(HeraCalls.again(() -> call("http://orders.hera/")))).matches("[13] .*");
    }
  }

  /** Without connections that are kept: a request on an old one may have been sent when that ends. */
  @Test
  void noCallFailsWhileInstancesDieAndOthersCome() throws Exception {
    WebClient once = web(
        HeraResolver.of(hera), HeraBalancer.create(), new HttpClientOptions().setKeepAlive(false));
    IntStream.range(0, 4).forEach(i -> register("i" + i));
    for (int i = 0; i < 4; i++) {
      servers.stop("i" + i);
      for (int j = 0; j < 10; j++) {
        await(HeraCalls.again(() -> once.getAbs("http://orders.hera/").send()));
      }
      hera.remove("orders", "i" + i);
      register("n" + i);
    }
  }

  @Test
  void aCallThatWasSentIsNotMadeAgain() throws Exception {
    register("1");
    Future<HttpResponse<Buffer>> cut =
        HeraCalls.again(() -> web.postAbs("http://orders.hera/cut").send());
    assertThat(failure(cut)).isInstanceOf(HttpClosedException.class);
    assertThat(servers.requests("1")).isEqualTo(1);
  }

  @Test
  void aCallIsMadeAgainOnlyOnce() throws Exception {
    AtomicInteger calls = new AtomicInteger();
    ConnectException refused = new ConnectException("refused");
    Future<String> call = HeraCalls.again(() -> {
      calls.incrementAndGet();
      return Future.failedFuture(refused);
    });
    assertThat(failure(call)).isSameAs(refused);
    assertThat(calls).hasValue(2);
  }
}

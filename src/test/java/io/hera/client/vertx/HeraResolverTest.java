package io.hera.client.vertx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hera.client.Document;
import io.hera.client.HeraException;
import io.hera.client.Match;
import io.hera.testkit.Ports;
import io.hera.testkit.TestCa;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.core.net.endpoint.LoadBalancer;
import io.vertx.ext.web.client.HttpResponse;
import io.vertx.ext.web.client.WebClient;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** URLs and addresses, from an HTTP client to servers. */
@Execution(ExecutionMode.CONCURRENT)
class HeraResolverTest extends CallingTest {
  @Test
  void aUrlOfAServiceReachesAnInstanceWhichSeesItsName() {
    register("1");
    assertThat(call("http://orders.hera/").await()).isEqualTo("1 orders.hera");
    assertThat(call("http://orders.hera:8123/x?y=z").await()).isEqualTo("1 orders.hera:8123");
  }

  @Test
  void aPlainHostIsCalledAsItIs() throws Exception {
    register("1");
    String plain = "127.0.0.1:" + servers.port("1");
    assertThat(call("http://" + plain + "/").await()).isEqualTo("1 " + plain);
    assertThat(call("http://localhost:" + servers.port("1") + "/").await()).startsWith("1 ");
    int closed = Ports.free();
    assertThat(failure(call("http://127.0.0.1:" + closed + "/")))
        .isInstanceOf(ConnectException.class);
    assertThat(failure(call("http://hera.invalid/"))).isInstanceOf(UnknownHostException.class);
  }

  @Test
  void aRedirectIsFollowedToTheSameServiceToAnotherAndToAPlainHost() {
    register("1");
    hera.put("users", "2", servers.start("2"));
    String redirect = "http://orders.hera/redirect?to=";
    assertThat(call(redirect + "/there").await()).isEqualTo("1 orders.hera");
    assertThat(call(redirect + "http://users.hera/").await()).isEqualTo("2 users.hera");
    String plain = "127.0.0.1:" + servers.port("2");
    assertThat(call(redirect + "http://" + plain + "/").await()).isEqualTo("2 " + plain);
  }

  @Test
  void theEndingOfHostsIsASetting() {
    register("1");
    WebClient other = web(HeraResolver.of(hera).withSuffix(".services.local"));
    HttpResponse<Buffer> answer =
        other.getAbs("http://orders.services.local/").send().await();
    assertThat(answer.bodyAsString()).isEqualTo("1 orders.services.local");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ".", "hera", ".hera.", "..hera", ".he ra"})
  void anEndingIsAPointAndAName(String ending) {
    HeraResolver resolver = HeraResolver.of(hera);
    assertThatThrownBy(() -> resolver.withSuffix(ending))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("\"" + ending + "\"");
  }

  @Test
  void anAddressMayHaveConditions() {
    hera.put("orders", "1", servers.start("1").with("zone", "ams"));
    hera.put("orders", "2", servers.start("2").with("zone", "fra"));
    HttpClient http = http(HeraResolver.of(hera));
    RequestOptions fra = new RequestOptions()
        .setServer(HeraAddress.of("orders", Match.of("zone", "fra")))
        .setHost("orders.hera")
        .setPort(80);
    for (int i = 0; i < 10; i++) {
      assertThat(call(http, fra).await()).isEqualTo("2 orders.hera");
    }
  }

  @Test
  void equalConditionsMakeEqualAddresses() {
    Match zone = Match.of("zone", "ams");
    Match version = Match.of("version", "2");
    assertThat(HeraAddress.of("orders", zone, version))
        .isEqualTo(HeraAddress.of("orders", version, zone, version))
        .isNotEqualTo(HeraAddress.of("orders", zone));
  }

  /** An instance may have a certificate of the service; the request says which name it wants. */
  @Test
  void tlsAsksForTheNameOfTheService() {
    TestCa ca = new TestCa();
    TestCa.Issued issued = ca.issue("orders.hera");
    hera.put(
        "orders",
        "1",
        servers.start(
            "1",
            new HttpServerOptions()
                .setSsl(true)
                .setKeyCertOptions(new PemKeyCertOptions()
                    .setCertValue(Buffer.buffer(issued.certificatePem()))
                    .setKeyValue(Buffer.buffer(issued.keyPem())))));
    HttpClientOptions options = new HttpClientOptions()
        .setTrustOptions(new PemTrustOptions().addCertValue(Buffer.buffer(ca.pem())));
    WebClient tls = web(HeraResolver.of(hera), HeraBalancer.create(), options);
    assertThat(tls.getAbs("https://orders.hera/").send().await().bodyAsString())
        .isEqualTo("1 orders.hera");
  }

  @Test
  void anEmptyServiceFailsWithItsNameAndFreshness() throws Exception {
    assertThat(failure(call("http://orders.hera/")))
        .isInstanceOf(HeraException.class)
        .hasMessage("orders has no instance that may be called (0 known, FRESH)");
    hera.put("orders", "1", Document.of("{\"port\":1}"));
    hera.put("orders", "2", CalledServers.document(1).with("status", "drain"));
    assertThat(failure(call("http://orders.hera/")))
        .hasMessage("orders has no instance that may be called (2 known, FRESH)");
  }

  @Test
  void anEmptyServiceFailsWithTheErrorsOfNodes() throws Exception {
    assertThat(failure(call("http://orders.hera/"))).isInstanceOf(HeraException.class);
    hera.nodesDown();
    hera.advance(Duration.ofMinutes(1));
    assertThat(failure(call("http://orders.hera/")))
        .isInstanceOf(HeraException.class)
        .hasMessageStartingWith("orders has no instance that may be called (0 known, HELD): http:")
        .hasMessageContaining("the fake nodes are down");
  }

  @Test
  void aNameThatIsNotOneOfAServiceFailsTheCall() throws Exception {
    RequestOptions options = new RequestOptions().setServer(HeraAddress.of("_status"));
    assertThat(failure(call(http(HeraResolver.of(hera)), options)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("_status");
  }

  @Test
  void aClosedClientFailsTheCallsOfServicesThatItDoesNotKnow() throws Exception {
    register("1");
    assertThat(idOfCalled()).isEqualTo("1");
    hera.close();
    assertThat(idOfCalled()).isEqualTo("1");
    assertThat(failure(call("http://users.hera/")))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("the client is closed");
  }

  @Test
  void callsGoOnWhileNoNodeAnswers() {
    register("1");
    assertThat(idOfCalled()).isEqualTo("1");
    hera.nodesDown();
    hera.advance(Duration.ofMinutes(10));
    assertThat(idOfCalled()).isEqualTo("1");
  }

  @Test
  void instancesWithoutAddressAndThoseThatDrainAreLeftOut() {
    hera.put("orders", "0", Document.of("{}"));
    hera.put("orders", "2", servers.start("2").with("status", "drain"));
    register("1");
    hera.put("orders", "3", Document.of("{}"));
    for (int i = 0; i < 20; i++) {
      assertThat(idOfCalled()).isEqualTo("1");
    }
  }

  @Test
  void aRoutingKeyGoesToTheSameInstance() {
    IntStream.range(0, 4).forEach(i -> register("i" + i));
    Set<String> called = IntStream.range(0, 20)
        .mapToObj(i ->
            web.getAbs("http://orders.hera/").routingKey("customer 7").send().await())
        .map(HttpResponse::bodyAsString)
        .collect(Collectors.toSet());
    assertThat(called).hasSize(1);
  }

  @Test
  void loadBalancersOfVertxWorkToo() {
    IntStream.range(0, 3).forEach(i -> register("i" + i));
    for (LoadBalancer balancer :
        new LoadBalancer[] {LoadBalancer.ROUND_ROBIN, LoadBalancer.CONSISTENT_HASHING}) {
      WebClient other = web(HeraResolver.of(hera), balancer, new HttpClientOptions());
      assertThat(other.getAbs("http://orders.hera/").send().await().statusCode())
          .isEqualTo(200);
    }
  }
}

package io.hera.client.vertx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hera.client.Document;
import io.hera.client.HeraException;
import io.hera.client.fake.FakeHera;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.net.Address;
import io.vertx.core.net.SocketAddress;
import io.vertx.core.spi.endpoint.EndpointBuilder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What Vert.x asks of a resolver. */
@Timeout(60)
class EndpointsTest {
  private static final HeraAddress ORDERS = HeraAddress.of("orders");

  private final Vertx vertx = Vertx.vertx();
  private final FakeHera hera = FakeHera.create();
  private final Endpoints endpoints =
      new Endpoints(new ClientServices(hera), ".hera", new Random(1));

  /** Makes lists of servers, as Vert.x does: a new one for each {@code build}. */
  private record Lists(List<Server> servers) implements EndpointBuilder<Object, Server> {
    @Override
    public EndpointBuilder<Object, Server> addServer(Server server, String key) {
      List<Server> more = new ArrayList<>(servers);
      more.add(server);
      return new Lists(more);
    }

    @Override
    public Object build() {
      return new ArrayList<>(servers);
    }
  }

  @AfterEach
  void close() {
    vertx.close().await();
    hera.close();
  }

  private void put(String id, int port) {
    hera.put("orders", id, CalledServers.document(port));
  }

  private Future<Target> resolve(Address address) {
    return endpoints.resolve(address, new Lists(List.of()));
  }

  private Target orders() {
    return resolve(ORDERS).result();
  }

  private List<String> servers(Target target) {
    return ((Collection<?>) endpoints.endpoint(target))
        .stream().map(String::valueOf).sorted().toList();
  }

  @Test
  void everyHostAndPortIsAnAddress() {
    for (String host : List.of("127.0.0.1", "::1", "example.org", "hera", ".hera", "x.hera.org")) {
      SocketAddress plain = SocketAddress.inetSocketAddress(80, host);
      assertThat(endpoints.tryCast(plain)).isSameAs(plain);
    }
    SocketAddress domain = SocketAddress.domainSocketAddress("/run/x.hera");
    assertThat(endpoints.tryCast(domain)).isSameAs(domain);
    assertThat(endpoints.tryCast(ORDERS)).isSameAs(ORDERS);
    assertThat(endpoints.tryCast(new Address() {})).isNull();
  }

  @Test
  void aHostWithTheEndingIsAServiceAtAnyPort() {
    assertThat(endpoints.tryCast(SocketAddress.inetSocketAddress(80, "orders.hera")))
        .isEqualTo(endpoints.tryCast(SocketAddress.inetSocketAddress(443, "orders.HERA")))
        .isEqualTo(ORDERS);
    assertThat(endpoints.tryCast(SocketAddress.inetSocketAddress(80, "eu.Orders.hera")))
        .isEqualTo(HeraAddress.of("eu.Orders"));
  }

  @Test
  void aPlainAddressResolvesToItself() {
    SocketAddress plain = SocketAddress.inetSocketAddress(80, "example.org");
    Target target = resolve(plain).result();
    assertThat(endpoints.endpoint(target)).isEqualTo(List.of(new Server.Plain(plain)));
    assertThat(endpoints.addressOf(new Server.Plain(plain))).isSameAs(plain);
    endpoints.dispose(target);
  }

  @Test
  void aServiceThatIsKnownResolvesAtOnce() {
    put("1", 1);
    hera.watch("orders");
    assertThat(resolve(ORDERS).succeeded()).isTrue();
  }

  @Test
  void resolvingDoesNotWaitForNodes() {
    put("1", 1);
    hera.nodesDown();
    Future<Target> resolved = resolve(ORDERS);
    assertThat(resolved.isComplete()).isFalse();
    hera.nodesUp();
    hera.advance(Duration.ofSeconds(4));
    assertThat(servers(resolved.await())).containsExactly("1 at 127.0.0.1:1");
  }

  @Test
  void aFirstCallerWhoseThreadIsBusyDelaysNoOther() throws Exception {
    put("1", 1);
    hera.nodesDown();
    CompletableFuture<Future<Target>> asked = new CompletableFuture<>();
    CountDownLatch busy = new CountDownLatch(1);
    vertx.runOnContext(turn -> {
      asked.complete(resolve(ORDERS));
      await(busy);
    });
    Future<Target> resolved = asked.get(30, TimeUnit.SECONDS);
    hera.nodesUp();
    hera.advance(Duration.ofSeconds(4));
    try {
      assertThat(servers(resolved.await(5, TimeUnit.SECONDS))).containsExactly("1 at 127.0.0.1:1");
    } finally {
      busy.countDown();
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException end) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void aFailureNamesTheReasonAndTheWatchGoesOn() {
    put("1", 1);
    hera.nodesDown();
    Future<Target> resolved = resolve(ORDERS);
    hera.advance(Duration.ofSeconds(6));
    assertThatThrownBy(resolved::await)
        .isInstanceOf(HeraException.class)
        .hasMessageContaining("the fake nodes are down");
    hera.nodesUp();
    hera.advance(Duration.ofMinutes(1));
    assertThat(resolve(ORDERS).succeeded()).isTrue();
  }

  @Test
  void callsDuringAnOutageAddNoRequestsToNodes() {
    hera.nodesDown();
    resolve(ORDERS);
    hera.advance(Duration.ofMinutes(10));
    long before = hera.status().requests();
    hera.advance(Duration.ofMinutes(1));
    long inAMinute = hera.status().requests() - before;
    for (int i = 0; i < 600; i++) {
      resolve(ORDERS);
      hera.advance(Duration.ofMillis(100));
    }
    assertThat(hera.status().requests() - before).isLessThan(4 * inAMinute + 10);
  }

  @Test
  void aTargetStaysValidWhateverNodesDo() {
    put("1", 1);
    Target target = orders();
    hera.nodesDown();
    hera.advance(Duration.ofHours(1));
    assertThat(endpoints.isValid(target)).isTrue();
    assertThat(servers(target)).containsExactly("1 at 127.0.0.1:1");
  }

  @Test
  void aListIsMadeOnlyForAnotherSnapshot() {
    put("1", 1);
    Target target = orders();
    Object list = endpoints.endpoint(target);
    assertThat(endpoints.endpoint(target)).isSameAs(list);
    hera.advance(Duration.ofMinutes(5));
    assertThat(endpoints.endpoint(target)).isSameAs(list);
    put("2", 2);
    assertThat(endpoints.endpoint(target)).isNotSameAs(list);
    assertThat(servers(target)).containsExactly("1 at 127.0.0.1:1", "2 at 127.0.0.1:2");
  }

  @Test
  void aServerStaysTheSameUntilItsDocumentChanges() {
    put("1", 1);
    Target target = orders();
    Object first = ((List<?>) endpoints.endpoint(target)).get(0);
    put("2", 2);
    assertThat((List<?>) endpoints.endpoint(target)).anyMatch(server -> server == first);
    put("1", 3);
    assertThat((List<?>) endpoints.endpoint(target)).noneMatch(server -> server == first);
  }

  @Test
  void listsHaveDifferentFirstServers() {
    for (int i = 0; i < 20; i++) {
      put("i" + i, 100 + i);
    }
    Target target = orders();
    List<Object> firsts = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      put("other", 200 + i);
      firsts.add(((List<?>) endpoints.endpoint(target)).get(0).toString());
    }
    assertThat(firsts.stream().distinct().count()).isGreaterThan(5);
  }

  @Test
  void aTargetThatIsNotUsedEndsItsWatch() {
    endpoints.dispose(orders());
    hera.advance(Duration.ofMinutes(4));
    assertThat(hera.status().views()).hasSize(1);
    hera.advance(Duration.ofMinutes(2));
    assertThat(hera.status().views()).isEmpty();
  }

  @Test
  void aFailedResolutionHoldsNoWatchForever() {
    hera.nodesDown();
    Future<Target> resolved = resolve(ORDERS);
    hera.advance(Duration.ofSeconds(6));
    assertThatThrownBy(resolved::await).isInstanceOf(HeraException.class);
    hera.advance(Duration.ofMinutes(6));
    assertThat(hera.status().views()).isEmpty();
  }

  @Test
  void aServerDoesNotShowItsDocument() {
    hera.put("orders", "1", Document.of("{\"host\":\"h\",\"port\":1,\"secret\":\"s3cret\"}"));
    assertThat(servers(orders())).containsExactly("1 at h:1");
  }
}

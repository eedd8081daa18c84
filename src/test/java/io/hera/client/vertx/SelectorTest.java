package io.hera.client.vertx;

import static org.assertj.core.api.Assertions.assertThat;

import io.hera.client.Balancer;
import io.hera.client.Locality;
import io.hera.client.ServiceView;
import io.hera.client.Snapshot;
import io.hera.client.fake.FakeHera;
import io.vertx.core.http.ConnectionPoolTooBusyException;
import io.vertx.core.net.SocketAddress;
import io.vertx.core.net.endpoint.InteractionMetrics;
import io.vertx.core.net.endpoint.LoadBalancer;
import io.vertx.core.net.endpoint.ServerEndpoint;
import io.vertx.core.net.endpoint.ServerInteraction;
import io.vertx.core.net.endpoint.ServerSelector;
import java.io.IOException;
import java.net.ConnectException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The balancer, as Vert.x uses it: selects, begins and reports. */
class SelectorTest {
  private final FakeHera hera = FakeHera.create();
  private final ServiceView view = hera.watch("orders");
  private final AtomicLong nanos = new AtomicLong();
  private final AtomicLong bits = new AtomicLong();
  private final HeraBalancer balancer = new HeraBalancer(nanos::get);
  private final Followed service = new Service();

  /** The view, with a balancer whose time and chance the test turns. */
  private final class Service implements Followed {
    private final Balancer chooses =
        Balancer.over(this::current, Locality.ANYWHERE, nanos::get, bits::get);

    @Override
    public Snapshot current() {
      return view.current();
    }

    @Override
    public CompletionStage<Snapshot> first() {
      return view.first();
    }

    @Override
    public Balancer balancer() {
      return chooses;
    }

    @Override
    public String reasons() {
      return "";
    }

    @Override
    public void close() {}
  }

  /** A server of a list of Vert.x. */
  private record Endpoint(Object unwrap, String key, InteractionMetrics<?> metrics)
      implements ServerEndpoint {
    @Override
    public SocketAddress address() {
      return ((Server) unwrap).address();
    }

    @Override
    public String protocolId() {
      return "";
    }

    @Override
    public ServerInteraction newInteraction() {
      throw new UnsupportedOperationException();
    }
  }

  private List<Endpoint> list(int count) {
    List<Endpoint> list = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Server server = new Server.OfService(
          "" + i,
          CalledServers.document(1_000 + i),
          SocketAddress.inetSocketAddress(1_000 + i, "127.0.0.1"),
          service);
      list.add(new Endpoint(server, "" + i, balancer.newMetrics()));
    }
    return list;
  }

  private void register(int count) {
    IntStream.range(0, count)
        .forEach(i -> hera.put("orders", "" + i, CalledServers.document(1_000 + i)));
  }

  private static Gauge gauge(Endpoint endpoint) {
    return (Gauge) endpoint.metrics();
  }

  @Test
  void anySelectionIsInTheListWhateverTheRandomBits() {
    register(7);
    ServerSelector selector = balancer.selector(list(7));
    for (long some : List.of(0L, -1L, Long.MIN_VALUE, Long.MAX_VALUE, 1L << 31, (1L << 31) - 1)) {
      for (long i = -3; i <= 3; i++) {
        bits.set(some + i);
        assertThat(selector.select()).isBetween(0, 6);
        bits.set((some + i) << 32);
        assertThat(selector.select()).isBetween(0, 6);
      }
    }
  }

  @Test
  void aSelectionCountsUntilItsRequestEndsAndOverANewList() {
    register(2);
    List<Endpoint> old = list(2);
    int chosen = balancer.selector(old).select();
    Gauge gauge = gauge(old.get(chosen));
    Optional<Balancer.Pick> call = gauge.initiateRequest();
    assertThat(call).isPresent();
    ServerSelector next = balancer.selector(list(2));
    assertThat(next.select()).isEqualTo(1 - chosen);
    gauge.reportResponseEnd(call);
    assertThat(next.select()).isEqualTo(chosen);
  }

  @Test
  void aCallWithoutEndIsForgottenAfterAMinute() {
    register(2);
    List<Endpoint> list = list(2);
    ServerSelector selector = balancer.selector(list);
    int lost = selector.select();
    nanos.addAndGet(OpenCalls.LIFE_NANOS - 1);
    int second = selector.select();
    gauge(list.get(second)).reportResponseEnd(gauge(list.get(second)).initiateRequest());
    assertThat(second).isEqualTo(1 - lost);
    nanos.addAndGet(OpenCalls.LIFE_NANOS / 2);
    int third = selector.select();
    int fourth = selector.select();
    assertThat(List.of(third, fourth)).containsExactlyInAnyOrder(0, 1);
    assertThat(gauge(list.get(lost)).initiateRequest()).isPresent();
    assertThat(gauge(list.get(lost)).initiateRequest()).isEmpty();
  }

  @Test
  void aRefusedConnectionEjectsAndAFullPoolDoesNot() {
    register(2);
    List<Endpoint> list = list(2);
    ServerSelector selector = balancer.selector(list);
    for (int i = 0; i < 10; i++) {
      fail(list, selector.select(), new ConnectionPoolTooBusyException("full"));
    }
    bits.set(0);
    int first = selector.select();
    assertThat(selector.select()).isEqualTo(1 - first);
    fail(list, first, new ConnectException("refused"));
    for (int i = 0; i < 5; i++) {
      assertThat(selector.select()).isEqualTo(1 - first);
    }
  }

  @Test
  void threeOtherFailuresInARowEject() {
    register(2);
    List<Endpoint> list = list(2);
    ServerSelector selector = balancer.selector(list);
    int first = selector.select();
    fail(list, first, new IOException("cut"));
    for (int i = 0; i < 2; i++) {
      assertThat(selector.select()).isEqualTo(first);
      fail(list, first, new IOException("cut"));
    }
    assertThat(selector.select()).isEqualTo(1 - first);
  }

  private static void fail(List<Endpoint> list, int place, Throwable why) {
    Gauge gauge = gauge(list.get(place));
    gauge.reportFailure(gauge.initiateRequest(), why);
  }

  @Test
  void anInstanceThatTheListLacksIsPassedOver() {
    register(7);
    ServerSelector selector = balancer.selector(list(2));
    for (int i = 0; i < 30; i++) {
      bits.set(0x9e3779b97f4a7c15L * i);
      assertThat(selector.select()).isBetween(0, 1);
      assertThat(selector.select("key " + i)).isBetween(0, 1);
    }
  }

  @Test
  void aRequestThatNoSelectorHasChosenCountsNowhere() {
    register(1);
    Gauge gauge = new Gauge(new OpenCalls(nanos::get));
    Optional<Balancer.Pick> none = gauge.initiateRequest();
    gauge.reportFailure(none, new IOException("cut"));
    gauge.reportResponseEnd(none);
    assertThat(none).isEmpty();
  }

  @Test
  void otherMetricsOfVertxAreLeftAlone() {
    register(1);
    LoadBalancer wrapped = LoadBalancer.consistentHashing(4, balancer);
    List<Endpoint> list = List.of(new Endpoint(list(1).get(0).unwrap(), "0", wrapped.newMetrics()));
    assertThat(wrapped.selector(list).select()).isZero();
  }

  @Test
  void serversOfOtherResolversAreChosenAtRandom() {
    List<Endpoint> list = IntStream.range(0, 3)
        .mapToObj(i -> SocketAddress.inetSocketAddress(80 + i, "10.0.0.1"))
        .map(at -> new Endpoint(at, at.toString(), balancer.newMetrics()))
        .toList();
    assertThat(balancer.selector(list).select()).isBetween(0, 2);
    assertThat(balancer.selector(List.of()).select()).isEqualTo(-1);
  }
}

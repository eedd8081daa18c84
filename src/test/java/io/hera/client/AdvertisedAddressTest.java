package io.hera.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AdvertisedAddressTest {
  /** A machine with these interfaces, from which one node is reached by each. */
  private record Machine(List<Local> all, Map<String, String> routes) implements LocalAddresses {
    @Override
    public Optional<InetAddress> towards(InetSocketAddress remote) {
      return Optional.ofNullable(routes.get(remote.getHostString())).map(AdvertisedAddressTest::ip);
    }
  }

  private static final Machine MACHINE = new Machine(
      Stream.of(
              "lo=127.0.0.1",
              "docker0=172.17.0.1",
              "eth0=fe80::1",
              "eth0=2001:db8::7",
              "eth0=10.0.0.7",
              "eth1=192.168.1.7")
          .map(text -> text.split("=", 2))
          .map(pair -> new LocalAddresses.Local(pair[0], ip(pair[1])))
          .toList(),
      Map.of(
          "10.0.0.1", "10.0.0.7",
          "10.0.0.2", "0.0.0.0",
          "10.0.0.3", "fe80::1",
          "10.0.0.4", "127.0.0.1",
          "127.0.0.1", "127.0.0.1",
          "2001:db8:0:0:0:0:0:1", "2001:db8::7"));

  private static InetAddress ip(String literal) {
    try {
      return InetAddress.getByName(literal);
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException(e);
    }
  }

  private static String find(String rule, String... nodes) {
    List<InetSocketAddress> addresses =
        Stream.of(nodes).map(node -> new InetSocketAddress(ip(node), 8080)).toList();
    Advertised found = AdvertisedAddress.of(rule, MACHINE).find(addresses);
    return found instanceof Advertised.Known known ? known.host() : "none";
  }

  @Test
  void theAddressIsThatOfTheRouteToTheNode() {
    assertThat(find("", "10.0.0.1")).isEqualTo("10.0.0.7");
    assertThat(find("", "2001:db8::1")).isEqualTo("2001:db8:0:0:0:0:0:7");
  }

  @Test
  void anAddressThatOthersCannotUseIsNotFound() {
    assertThat(find("", "10.0.0.2", "10.0.0.3", "10.0.0.4", "10.9.9.9")).isEqualTo("none");
    assertThat(find("")).isEqualTo("none");
    assertThat(find("", "10.0.0.4", "10.0.0.1")).isEqualTo("10.0.0.7");
  }

  @Test
  void aLoopbackAddressIsForANodeAtOne() {
    assertThat(find("", "127.0.0.1")).isEqualTo("127.0.0.1");
  }

  @ParameterizedTest
  @CsvSource({
    "orders.example, orders.example",
    "10.1.1.1, 10.1.1.1",
    "127.0.0.1, 127.0.0.1",
    "[2001:db8::9], 2001:db8::9",
    "interface:eth0, 10.0.0.7",
    "interface:eth1, 192.168.1.7",
    "interface:lo, 127.0.0.1",
    "interface:eth9, none",
    "cidr:192.168.0.0/16, 192.168.1.7",
    "cidr:10.0.0.7/32, 10.0.0.7",
    "cidr:10.0.0.8/29, none",
    "cidr:2001:db8::/32, 2001:db8:0:0:0:0:0:7",
    "cidr:0.0.0.0/0, 127.0.0.1",
    "cidr:fe80::/10, none"
  })
  void aRuleDecides(String rule, String expected) {
    assertThat(find(rule)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0.0.0.0",
        "[::]",
        "224.0.0.1",
        "a b",
        "http://x",
        "a/b",
        "cidr:10.0.0.0",
        "cidr:10.0.0.0/33",
        "cidr:x/8",
        "cidr:",
        "cidr:10.0.0.0/-1",
        "cidr:10.0.0.0/9999"
      })
  void anInvalidRuleIsRefused(String rule) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> AdvertisedAddress.of(rule, MACHINE))
        .withMessageStartingWith("advertise: ");
  }

  @Test
  void aNodeThatSeesAnotherAddressIsADoubt() {
    assertThat(AdvertisedAddress.doubt("172.17.0.2", "10.0.0.7")).isPresent();
    assertThat(AdvertisedAddress.doubt("10.0.0.7", "10.0.0.7")).isEmpty();
    assertThat(AdvertisedAddress.doubt("2001:db8::7", "[2001:db8:0:0:0:0:0:7]")).isEmpty();
    assertThat(AdvertisedAddress.doubt("orders.example", "10.0.0.7")).isEmpty();
  }

  @Test
  void anAddressOfThisMachineIsNoDoubt() {
    Machinery machinery = new Machinery(
        new VirtualTime().loop(),
        new HeldTransport(),
        new VirtualTime().loop(),
        new Random(1),
        host -> CompletableFuture.failedFuture(new UnknownHostException()));
    OwnHost own = new OwnHost(Optional.empty(), MACHINE, machinery);
    assertThat(own.doubt("10.0.0.7", "192.168.1.7")).isEmpty();
    assertThat(own.doubt("172.17.0.1", "192.0.2.1").orElseThrow())
        .contains("registers 172.17.0.1, and the node sees it at 192.0.2.1");
    assertThat(own.isGone("10.0.0.8")).isTrue();
    assertThat(own.isGone("10.0.0.7")).isFalse();
    assertThat(own.isGone("orders.example")).isFalse();
  }

  @Test
  void namesOfNodesWithTlsAreResolved() {
    VirtualTime time = new VirtualTime();
    Machinery machinery = new Machinery(
        time.loop(),
        new HeldTransport(),
        time.loop(),
        new Random(1),
        host -> host.equals("a.example")
            ? CompletableFuture.completedFuture(List.of(ip("10.0.0.1")))
            : CompletableFuture.failedFuture(new UnknownHostException(host)));
    OwnHost own = new OwnHost(Optional.empty(), MACHINE, machinery);
    CompletableFuture<Advertised> found =
        own.find(Stream.of("https://b.example:1", "https://a.example:1")
            .map(url -> new Node(URI.create(url), 0, 0, 0))
            .toList());
    assertThat(found).isNotDone();
    time.settle();
    assertThat(found).isCompletedWithValue(new Advertised.Known("10.0.0.7"));
  }

  @Test
  void theWayToThisMachineItselfBeginsAtALoopbackAddress() {
    LocalAddresses system = LocalAddresses.SYSTEM;
    assertThat(system.towards(new InetSocketAddress(InetAddress.getLoopbackAddress(), 9)))
        .hasValueSatisfying(address -> assertThat(address.isLoopbackAddress()).isTrue());
    assertThat(system.towards(InetSocketAddress.createUnresolved("x", 9))).isEmpty();
    assertThat(system.all()).isNotEmpty();
  }
}

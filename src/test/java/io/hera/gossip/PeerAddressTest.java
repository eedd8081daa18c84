package io.hera.gossip;

import static io.hera.gossip.ScriptedPeer.NOW;
import static io.hera.gossip.ScriptedPeer.entry;
import static io.hera.gossip.ScriptedPeer.send;
import static io.hera.gossip.ScriptedPeer.v2;
import static org.assertj.core.api.Assertions.assertThat;

import io.hera.registry.Digest;
import io.hera.wire.Address;
import io.vertx.core.http.HttpServerRequest;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The addresses at which peers are asked: IPv6, and names that come to stand for other machines. */
@Timeout(60)
class PeerAddressTest extends GossipBed {
  private static final String NAME = "peer.example";

  private ScriptedPeer at(Address address, BiConsumer<HttpServerRequest, Digest> script) {
    return ScriptedPeer.startAt(vertx, address, script);
  }

  @Test
  void anIpv6AddressStandsInBrackets() {
    ScriptedPeer a = at(new Address("::1", 0), v2("a", "a", entry("shop", "1", NOW)));
    start(NEVER, NEVER, Map.of("a", a.address()));
    await(() -> has("shop", "1"));
    assertThat(a.hosts).allMatch(a.address().toString()::equals);
    assertThat(a.address().toString()).startsWith("[::1]:");
    assertThat(reportOf("a").address()).isEqualTo(a.address().toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"another node", "another service"})
  void aNameIsResolvedAgainAfterAnAnswerThatIsNotThatOfThePeer(String wrong) {
    ScriptedPeer other = at(
        new Address("127.0.0.1", 0),
        wrong.equals("another node") ? v2("b", "b") : send("text/plain", bytes("hello")));
    int port = other.address().port();
    ScriptedPeer a = at(new Address("127.0.0.2", port), v2("a", "a", entry("shop", "1", NOW)));
    resolver = host -> List.of("127.0.0.1");
    start(50, NEVER, Map.of("a", new Address(NAME, port)));
    await(() -> !other.asked.isEmpty() && !reportOf("a").lastError().isEmpty());

    resolver = host -> List.of("127.0.0.2");
    await(() -> has("shop", "1"));
    assertThat(a.hosts).allMatch((NAME + ":" + port)::equals);
  }

  @Test
  void aNameThatIsUnknownAtFirstIsAskedForAgain() {
    ScriptedPeer a = at(new Address("127.0.0.1", 0), v2("a", "a", entry("shop", "1", NOW)));
    resolver = host -> {
      throw new UnknownHostException(host);
    };
    start(50, NEVER, Map.of("a", new Address(NAME, a.address().port())));
    await(() -> reportOf("a").lastError().equals("host name unknown"));

    resolver = host -> List.of("127.0.0.1");
    await(() -> has("shop", "1"));
  }

  @Test
  void anotherAddressOfANameIsTriedAfterAFailure() {
    ScriptedPeer a = at(new Address("127.0.0.2", 0), v2("a", "a", entry("shop", "1", NOW)));
    resolver = host -> List.of("127.0.0.1", "127.0.0.2");
    start(50, NEVER, Map.of("a", new Address(NAME, a.address().port())));
    await(() -> has("shop", "1"));
  }
}

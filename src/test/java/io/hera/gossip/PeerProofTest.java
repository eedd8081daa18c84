package io.hera.gossip;

import static org.assertj.core.api.Assertions.assertThat;

import io.hera.gossip.PeerProof.Network;
import io.vertx.core.net.SocketAddress;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Attack E5: the token of a node goes nowhere in clear but to loopback. */
class PeerProofTest {
  private final PeerProof proof = new PeerProof(Network.OPEN);

  private String shown(String host) {
    return shown(proof, host, false);
  }

  private static String shown(PeerProof proof, String host, boolean tls) {
    SocketAddress peer = SocketAddress.inetSocketAddress(8080, host);
    return String.valueOf(proof.headers(peer, tls).get("Authorization"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "127.9.9.9", "::1", "[::1]"})
  void aPeerOnLoopbackIsShownTheToken(String host) {
    proof.set(Optional.of("secret"));
    assertThat(shown(host)).isEqualTo("Bearer secret");
  }

  @ParameterizedTest
  @ValueSource(strings = {"10.0.0.1", "0.0.0.0", "128.0.0.1", "::2", "[fd00::1]", "127.0.0.1.evil"})
  void noOtherPeerIsShownTheToken(String host) {
    proof.set(Optional.of("secret"));
    assertThat(shown(host)).isEqualTo("null");
  }

  @Test
  void thereIsNoLimitByTlsAndInANetworkThatEncrypts() {
    PeerProof encrypted = new PeerProof(Network.ENCRYPTED);
    encrypted.set(Optional.of("secret"));
    proof.set(Optional.of("secret"));
    assertThat(shown(encrypted, "10.0.0.1", false)).isEqualTo("Bearer secret");
    assertThat(shown(proof, "10.0.0.1", true)).isEqualTo("Bearer secret");
  }

  @Test
  void aNodeWithoutATokenShowsNone() {
    assertThat(shown("127.0.0.1")).isEqualTo("null");
  }
}

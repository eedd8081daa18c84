package io.hera.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.hera.store.PeerIdentities.Introduction;
import io.hera.testkit.Handshakes;
import io.hera.wire.Handshake;
import io.hera.wire.NodeId;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Rule P17, the handshake: what two nodes compare before they believe each other. */
class P17HandshakeTest {
  private static final NodeId A = new NodeId("a", "life-a");

  private static Optional<String> meet(String own, String other) {
    PeerIdentities identities = new PeerIdentities(Handshakes.own(A, own, Set.of("a", "b")));
    Handshake peer = new Handshake(new NodeId("b", "life-b"), 1, other, Set.of(), "");
    return identities.conflict(new Introduction("b", peer, "10.0.0.9:1"), 0);
  }

  @Test
  void aNodeOfAnotherClusterIsRefusedAndBothClustersAreNamed() {
    assertThat(meet("prod-eu", "prod-us"))
        .get()
        .asString()
        .contains("the node b at 10.0.0.9:1", "prod-us", "this node, a", "prod-eu");
  }

  @Test
  void aNodeOfTheSameClusterOrWithoutANameIsAccepted() {
    assertThat(meet("prod-eu", "prod-eu")).isEmpty();
    assertThat(meet("prod-eu", "")).isEmpty();
    assertThat(meet("", "prod-eu")).isEmpty();
    assertThat(meet("", "")).isEmpty();
  }

  @Test
  void theHandshakeFollowsTheSettings() {
    OwnHandshake own = Handshakes.own(A, Set.of("a", "b"));
    String before = own.handshake().cfg();

    own.configure(Handshakes.settings(Set.of("a", "b", "c")));

    assertThat(own.handshake().node()).isEqualTo(A);
    assertThat(own.handshake().sinceMillis()).isEqualTo(Handshakes.SINCE);
    assertThat(own.handshake().cfg()).isNotEqualTo(before);
    assertThat(own.settings().members()).containsExactly("a", "b", "c");
  }
}

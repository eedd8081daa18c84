package io.hera.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.hera.store.PeerIdentities.Introduction;
import io.hera.testkit.Handshakes;
import io.hera.testkit.TestLimits;
import io.hera.wire.Handshake;
import io.hera.wire.NodeId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Rule P17, the handshake: what two nodes compare before they believe each other. */
class P17HandshakeTest {
  private static final NodeId A = new NodeId("a", "life-a");

  private static Optional<String> meet(String own, String other) {
    PeerIdentities identities = new PeerIdentities(Handshakes.own(A, own, Set.of("a", "b")));
    Handshake peer = new Handshake(new NodeId("b", "life-b"), 1, other, Set.of(), "");
    return identities.answered(
        new Introduction("b", peer, "10.0.0.9:1", Introduction.Exchange.PULL, "", Set.of()), 0);
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
  void settingsThatDifferForMoreThanFiveMinutesAreReportedOnce() {
    PeerTurnsBed a = new PeerTurnsBed();
    Handshake other = new Handshake(new NodeId("b", "life-b"), 1, "", Set.of(), "00");
    for (int seconds = 0; seconds <= 300; seconds += 10) {
      a.answered(other);
      assertThat(a.turns.settingsDiffer()).isEmpty();
      a.timer.advance(10_000);
    }

    a.answered(other);
    a.answered(other);

    assertThat(a.differing).containsExactly("b");
    assertThat(a.turns.settingsDiffer()).containsExactly(Map.entry("b", 310_000L));
  }

  @Test
  void settingsThatAreEqualAgainOrUnknownDoNotDiffer() {
    PeerTurnsBed a = new PeerTurnsBed();
    NodeId b = new NodeId("b", "life-b");
    for (String cfg : List.of("", a.self.handshake().cfg())) {
      a.answered(new Handshake(b, 1, "", Set.of(), "00"));
      a.timer.advance(299_000);
      a.answered(new Handshake(b, 1, "", Set.of(), cfg));
      a.timer.advance(10_000);
      a.answered(new Handshake(b, 1, "", Set.of(), "00"));
    }

    assertThat(a.differing).isEmpty();
    assertThat(a.turns.settingsDiffer()).isEmpty();
  }

  @Test
  void aPeerThatIsRemovedDoesNotDifferAnyMore() {
    PeerTurnsBed a = new PeerTurnsBed();
    a.answered(new Handshake(new NodeId("b", "life-b"), 1, "", Set.of(), "00"));
    a.timer.advance(301_000);
    a.turns.configure(new StoreSettings(Set.of("a", "c"), TestLimits.DEFAULT));

    assertThat(a.turns.settingsDiffer()).isEmpty();
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

package io.hera.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.hera.store.PeerIdentities.Claim;
import io.hera.store.PeerIdentities.Introduction;
import io.hera.store.PeerIdentities.Refused;
import io.hera.store.PeerIdentities.Stranger;
import io.hera.store.StoreSettings.Membership;
import io.hera.testkit.Handshakes;
import io.hera.testkit.TestLimits;
import io.hera.wire.Handshake;
import io.hera.wire.NodeId;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Rule P21 in the store: members that were found by DNS have to name the cluster, in whatever direction they are asked. */
class P21FoundMembersTest {
  private static final NodeId A = new NodeId("a", "life-a");

  private final PeerIdentities identities =
      new PeerIdentities(Handshakes.own(A, "prod", Set.of("a", "b")), Membership.FOUND);

  private static Handshake node(String name, String life, String cluster) {
    return new Handshake(new NodeId(name, life), 1, cluster, Set.of(), "");
  }

  private Optional<String> answer(String cluster) {
    return identities.answered(
        new Introduction(
            "b",
            node("b", "life-b", cluster),
            "10.0.0.9:1",
            Introduction.Exchange.PULL,
            "",
            Set.of()),
        0);
  }

  private Claim claim(String name, String life, String cluster) {
    return new Claim(node(name, life, cluster), "10.0.0.9");
  }

  @Test
  void anAnswerThatNamesNoClusterIsRefused() {
    assertThat(answer("")).get().asString().contains("is of no named cluster");
    assertThat(answer("other")).get().asString().contains("is of the cluster other");
    assertThat(answer("prod")).isEmpty();
  }

  @Test
  void aRequestThatNamesNoClusterIsRefused() {
    assertThat(identities.asked(claim("b", "life-b", ""), 0)).isInstanceOf(Refused.class);
    assertThat(identities.askedByStranger(claim("x", "life-x", ""))).isInstanceOf(Refused.class);
  }

  @Test
  void aRequestOfANodeThatIsNoMemberYetIsAnsweredAndCausesALook() {
    assertThat(identities.askedByStranger(claim("x", "life-x", "prod")))
        .isEqualTo(new Stranger(Stranger.Check.DUE));
  }

  @Test
  void theNodeMayAskItselfAndAnotherProcessOfItsNameMayNot() {
    assertThat(identities.asked(claim("a", "life-a", "prod"), 0)).isInstanceOf(Stranger.class);
    assertThat(identities.asked(claim("a", "other", "prod"), 0)).isInstanceOf(Refused.class);
    assertThat(identities.refused()).isEqualTo(1);
  }

  @Test
  void aForeignRequestInTheNameOfAMemberIsReportedOnce() {
    identities.asked(claim("b", "life-b", "other"), 0);
    assertThat(identities.hasConflict("b", 1)).isTrue();
    assertThat(identities.foreign()).isEqualTo(1);
  }

  @Test
  void membersThatWereFoundStayWhenLimitsChange() {
    StoreSettings before =
        new StoreSettings(Set.of("a", "b"), TestLimits.DEFAULT, Membership.FOUND);
    StoreSettings alone = new StoreSettings(Set.of("a"), TestLimits.DEFAULT, Membership.FOUND);
    assertThat(alone.after(before).members()).containsExactlyInAnyOrder("a", "b");
    StoreSettings listed = new StoreSettings(Set.of("a"), TestLimits.DEFAULT);
    assertThat(listed.after(before).members()).containsExactly("a");
  }
}

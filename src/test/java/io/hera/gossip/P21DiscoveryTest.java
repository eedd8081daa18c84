package io.hera.gossip;

import static org.assertj.core.api.Assertions.assertThat;

import io.hera.gossip.DiscoveryCommand.Found;
import io.hera.gossip.DiscoveryCommand.Note;
import io.hera.gossip.DiscoveryCommand.Probe;
import io.hera.gossip.DiscoveryCommand.Resolve;
import io.hera.gossip.DiscoveryCommand.Wait;
import io.hera.gossip.GossipSettings.Search;
import io.hera.wire.Handshake;
import io.hera.wire.NodeId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** How peers are found by DNS (P21). The node is {@code me}, at address 1. */
class P21DiscoveryTest {
  private static final String CLUSTER = "hera-peers.prod.svc";
  private static final String ME = "10.0.0.1";
  private static final String TWO = "10.0.0.2";
  private static final String THREE = "10.0.0.3";
  private static final Failure REFUSED = new Failure(Failure.Kind.REFUSED, "connection refused");
  private static final Failure SILENT = new Failure(Failure.Kind.OTHER, "timed out");

  private final Discovery discovery = new Discovery("me", CLUSTER, new SplittableRandom(1));
  private final List<DiscoveryCommand> last = new ArrayList<>();
  private long now = 1_000_000;

  P21DiscoveryTest() {
    run(discovery.start(now));
  }

  private void run(List<DiscoveryCommand> commands) {
    last.clear();
    last.addAll(commands);
  }

  private void resolves(String... addresses) {
    resolves(Set.of(), addresses);
  }

  private void resolves(Set<String> failing, String... addresses) {
    run(discovery.resolved(List.of(addresses), failing, now));
  }

  private static Handshake node(String name, String life, String cluster) {
    return new Handshake(new NodeId(name, life), 1, cluster, Set.of(), "");
  }

  private void answers(String address, String name, String life) {
    answers(address, node(name, life, CLUSTER));
  }

  private void answers(String address, Handshake peer) {
    run(discovery.answered(address, Optional.of(peer), "my-life"));
  }

  private void answersMyself() {
    answers(ME, "me", "my-life");
  }

  private void fails(String address, Failure why) {
    run(discovery.unanswered(address, why));
  }

  private List<String> probed() {
    return last.stream()
        .filter(Probe.class::isInstance)
        .map(command -> ((Probe) command).address())
        .toList();
  }

  private List<Found> found() {
    return last.stream().filter(Found.class::isInstance).map(Found.class::cast).toList();
  }

  private List<Note.Kind> notes() {
    return last.stream()
        .filter(Note.class::isInstance)
        .map(command -> ((Note) command).kind())
        .toList();
  }

  private Wait pause() {
    return (Wait) last.get(last.size() - 1);
  }

  @Test
  void theNameIsResolvedAtTheStartAndEachAddressIsProbed() {
    assertThat(last).containsExactly(new Resolve());
    resolves(ME, TWO);
    assertThat(probed()).containsExactly(ME, TWO);
    assertThat(discovery.peers()).isEmpty();
  }

  @Test
  void theNameOfAPeerComesFromItsAnswer() {
    resolves(ME, TWO);
    answersMyself();
    assertThat(found()).isEmpty();
    answers(TWO, "b", "life-b");
    assertThat(found()).containsExactly(new Found(Map.of("b", TWO), Search.ENDED));
  }

  @Test
  void theAddressOfThisNodeIsSkippedAndNotProbedAgain() {
    resolves(ME);
    answersMyself();
    assertThat(discovery.peers()).isEmpty();
    resolves(ME);
    assertThat(probed()).isEmpty();
    assertThat(discovery.addresses()).containsEntry(ME, "is this node");
  }

  @Test
  void aPeerThatIsKnownIsNotProbedAgain() {
    resolves(TWO);
    answers(TWO, "b", "life-b");
    resolves(TWO);
    assertThat(probed()).isEmpty();
    assertThat(found()).isEmpty();
  }

  @Test
  void anAddressUnderProbeIsNotProbedBesides() {
    resolves(TWO);
    resolves(TWO);
    assertThat(probed()).isEmpty();
  }

  @Test
  void anAddressThatDoesNotAnswerIsProbedWithEachAnswerOfDns() {
    resolves(TWO);
    fails(TWO, SILENT);
    resolves(TWO);
    assertThat(probed()).containsExactly(TWO);
    run(discovery.failed("timed out", Set.of(), now));
    assertThat(probed()).as("under way").isEmpty();
    fails(TWO, SILENT);
    run(discovery.failed("timed out", Set.of(), now));
    assertThat(probed()).as("without DNS too").containsExactly(TWO);
  }

  @Test
  void aNodeOfAnotherClusterIsRefusedAndItsNameIsNotTaken() {
    resolves(TWO);
    answers(TWO, node("b", "life-b", "hera-peers.test.svc"));
    assertThat(found()).isEmpty();
    assertThat(notes()).containsExactly(Note.Kind.REFUSED);
    assertThat(discovery.addresses())
        .containsEntry(
            TWO, "is of the cluster hera-peers.test.svc, and not of hera-peers.prod.svc");
    resolves(TWO);
    assertThat(probed()).as("it may be replaced").containsExactly(TWO);
    answers(TWO, node("b", "life-b", "hera-peers.test.svc"));
    assertThat(notes()).as("logged once").isEmpty();
  }

  @Test
  void aNodeThatNamesNoClusterIsRefused() {
    resolves(TWO, THREE);
    answers(TWO, node("b", "life-b", ""));
    assertThat(found()).isEmpty();
    run(discovery.answered(THREE, Optional.empty(), "my-life"));
    assertThat(found()).isEmpty();
    assertThat(discovery.peers()).isEmpty();
  }

  @Test
  void anotherProcessWithTheNameOfThisNodeIsRefused() {
    resolves(TWO);
    answers(TWO, "me", "other-life");
    assertThat(discovery.peers()).isEmpty();
    assertThat(discovery.addresses())
        .containsEntry(TWO, "is another process with the name of this node, me");
  }

  @Test
  void anAddressReusedByAnotherClusterIsNoPeerAnyMore() {
    resolves(TWO);
    answers(TWO, "b", "life-b");
    resolves(Set.of("b"), TWO);
    assertThat(probed()).containsExactly(TWO);
    answers(TWO, node("b", "life-f", "foreign.prod.svc"));
    assertThat(found()).containsExactly(new Found(Map.of(), Search.ENDED));
  }

  @Test
  void twoAddressesOfOneNodeAreOnePeerAtTheFirst() {
    resolves(TWO, THREE);
    answers(THREE, "b", "life-b");
    answers(TWO, "b", "life-b");
    assertThat(found())
        .as("only that the search has ended")
        .containsExactly(new Found(Map.of("b", THREE), Search.ENDED));
    assertThat(probed()).isEmpty();
  }

  @Test
  void aPeerIsAskedAtItsOtherAddressWhenTheFirstFails() {
    resolves(TWO, THREE);
    answers(TWO, "b", "life-b");
    answers(THREE, "b", "life-b");
    resolves(Set.of("b"), TWO, THREE);
    assertThat(probed()).containsExactly(TWO);
    fails(TWO, SILENT);
    assertThat(found()).containsExactly(new Found(Map.of("b", THREE), Search.ENDED));
  }

  @Test
  void aPeerThatComesBackAtAnotherAddressIsMovedWhenTheFormerOneFails() {
    resolves(TWO);
    answers(TWO, "b", "life-b");
    resolves(THREE);
    answers(THREE, "b", "next-life");
    assertThat(probed()).containsExactly(TWO);
    assertThat(discovery.peers()).containsEntry("b", TWO);
    fails(TWO, SILENT);
    assertThat(found()).containsExactly(new Found(Map.of("b", THREE), Search.ENDED));
  }

  @Test
  void ofTwoProcessesWithOneNameTheFormerStaysThePeer() {
    resolves(TWO);
    answers(TWO, "b", "life-b");
    resolves(TWO, THREE);
    answers(THREE, "b", "other-life");
    answers(TWO, "b", "life-b");
    assertThat(probed()).as("no endless verification").isEmpty();
    assertThat(discovery.peers()).containsEntry("b", TWO);
  }

  @Test
  void anEmptyAnswerAndAFailureKeepThePeers() {
    resolves(TWO);
    answers(TWO, "b", "life-b");
    for (int i = 0; i < 3; i++) {
      now += Discovery.GONE_MILLIS;
      resolves(Set.of("b"));
      fails(TWO, SILENT);
      now += Discovery.GONE_MILLIS;
      run(discovery.failed("host name unknown", Set.of("b"), now));
      fails(TWO, SILENT);
    }
    assertThat(discovery.peers()).containsEntry("b", TWO);
    assertThat(discovery.resolution().failures()).isEqualTo(6);
    assertThat(discovery.resolution().error()).isEqualTo("host name unknown");
  }

  @Test
  void aFailureOfDnsIsNotedOncePerChange() {
    run(discovery.failed("host name unknown", Set.of(), now));
    assertThat(notes()).containsExactly(Note.Kind.DNS_FAILS);
    run(discovery.failed("host name unknown", Set.of(), now));
    assertThat(notes()).isEmpty();
    resolves(TWO);
    assertThat(notes()).containsExactly(Note.Kind.DNS_ANSWERS);
    resolves();
    assertThat(notes()).containsExactly(Note.Kind.DNS_FAILS);
  }

  @Test
  void anAddressThatLeftDnsStaysAsLongAsItAnswers() {
    resolves(TWO, THREE);
    answers(TWO, "b", "life-b");
    answers(THREE, "c", "life-c");
    resolves(THREE);
    now += 10 * Discovery.GONE_MILLIS;
    resolves(THREE);
    assertThat(discovery.peers()).containsEntry("b", TWO);
  }

  @Test
  void anAddressThatLeftDnsAndFailsIsDroppedAfterAMinute() {
    resolves(TWO, THREE);
    answers(TWO, "b", "life-b");
    answers(THREE, "c", "life-c");
    resolves(Set.of("b"), THREE);
    fails(TWO, REFUSED);
    now += Discovery.GONE_MILLIS - 1;
    resolves(Set.of("b"), THREE);
    fails(TWO, REFUSED);
    assertThat(discovery.peers()).containsEntry("b", TWO);
    now++;
    resolves(Set.of("b"), THREE);
    assertThat(found()).containsExactly(new Found(Map.of("c", THREE), Search.ENDED));
    assertThat(discovery.addresses()).doesNotContainKey(TWO);
  }

  @Test
  void anAddressThatComesBackToDnsHasAnotherMinute() {
    resolves(TWO, THREE);
    answers(TWO, "b", "life-b");
    answers(THREE, "c", "life-c");
    resolves(Set.of("b"), THREE);
    fails(TWO, REFUSED);
    now += Discovery.GONE_MILLIS - 1;
    resolves(Set.of("b"), TWO, THREE);
    fails(TWO, REFUSED);
    now++;
    resolves(Set.of("b"), THREE);
    assertThat(discovery.peers()).containsEntry("b", TWO);
  }

  @Test
  void theSearchLastsUntilAPeerIsFoundAndEachAddressAnswersOrRefuses() {
    resolves(ME, TWO, THREE);
    answersMyself();
    answers(TWO, "b", "life-b");
    assertThat(found()).containsExactly(new Found(Map.of("b", TWO), Search.BEGUN));
    fails(THREE, SILENT);
    assertThat(found()).isEmpty();
    resolves(ME, TWO, THREE);
    fails(THREE, REFUSED);
    assertThat(found()).containsExactly(new Found(Map.of("b", TWO), Search.ENDED));
  }

  @Test
  void aNodeThatFindsItselfAloneGoesOnSearching() {
    resolves(ME);
    answersMyself();
    assertThat(found()).isEmpty();
    assertThat(pauseAfterResolving(ME)).isEqualTo(Discovery.SEEK_MILLIS);
    now += 31_000;
    assertThat(pauseAfterResolving(ME)).isGreaterThanOrEqualTo(Discovery.RESOLVE_MIN_MILLIS);
  }

  private long pauseAfterResolving(String... addresses) {
    resolves(addresses);
    return pause().millis();
  }

  @Test
  void theNameIsResolvedEveryFiveToTenSecondsForEver() {
    resolves(TWO);
    answers(TWO, "b", "life-b");
    for (int i = 0; i < 100; i++) {
      assertThat(pauseAfterResolving(TWO))
          .isBetween(Discovery.RESOLVE_MIN_MILLIS, Discovery.RESOLVE_MAX_MILLIS);
      run(discovery.due(pause()));
      assertThat(last).containsExactly(new Resolve());
    }
  }

  @Test
  void aTimerThatWasReplacedDoesNothing() {
    resolves(TWO);
    Wait first = pause();
    now += 2_000;
    run(discovery.asked(now));
    assertThat(last).containsExactly(new Resolve());
    resolves(TWO);
    assertThat(discovery.due(first)).isEmpty();
  }

  @Test
  void aNodeThatIsNoPeerAndAsksMakesTheNodeResolveAtMostOncePerSecond() {
    resolves(TWO);
    assertThat(discovery.asked(now + 999)).isEmpty();
    assertThat(discovery.asked(now + 1_000)).containsExactly(new Resolve());
    assertThat(discovery.asked(now + 5_000)).as("it is being resolved").isEmpty();
  }

  @Test
  void theNumberOfAddressesIsBounded() {
    String[] all = new String[Discovery.ADDRESSES_MAX + 10];
    for (int i = 0; i < all.length; i++) {
      all[i] = "10.1." + i / 250 + "." + i % 250;
    }
    resolves(all);
    assertThat(probed()).hasSize(Discovery.ADDRESSES_MAX);
  }
}

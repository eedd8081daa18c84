package io.hera.gossip;

import static org.assertj.core.api.Assertions.assertThat;

import io.hera.wire.Address;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** When a starting node has recovered, when it is synchronised, and whom it pulls next (P7). */
class RecoveryTest {
  private static final long TIMEOUT = 5_000;

  private long now = 1_000_000;
  private final Recovery recovery = of("a", "b", "c");

  private Recovery of(String... peers) {
    Recovery made = new Recovery(TIMEOUT);
    List.of(peers).forEach(made::add);
    made.start(now);
    return made;
  }

  private Recovery searching() {
    Recovery made = of();
    made.search(GossipSettings.Search.BEGUN);
    return made;
  }

  @Test
  void aNodeThatFindsNoPeerByDnsIsReadyAfterTheTimeOut() {
    Recovery alone = searching();
    now += TIMEOUT - 1;
    assertThat(alone.notices(now)).hasSize(1).first().isInstanceOf(Command.Recovering.class);
    now++;
    assertThat(alone.notices(now))
        .hasSize(2)
        .last()
        .isEqualTo(new Command.Synchronised("no peers to recover from"));
  }

  @Test
  void aPeerThatIsFoundProlongsTheRecovery() {
    Recovery found = searching();
    now += TIMEOUT - 1;
    found.add("a");
    found.found(now);
    found.search(GossipSettings.Search.ENDED);
    now += TIMEOUT - 1;
    assertThat(found.notices(now)).allMatch(Command.Recovering.class::isInstance);
    now++;
    assertThat(found.notices(now)).anyMatch(Command.Recovered.class::isInstance);
  }

  @Test
  void aPeerThatIsListedLaterDoesNotProlongTheRecovery() {
    Recovery listed = of("a");
    now += TIMEOUT;
    listed.add("b");
    listed.found(now);
    assertThat(listed.notices(now)).anyMatch(Command.Recovered.class::isInstance);
  }

  @Test
  void aNodeThatSearchesHasNotRecoveredBeforeTheSearchHasEnded() {
    Recovery found = searching();
    found.add("a");
    found.begins("a", now);
    found.paid("a", 0);
    assertThat(found.notices(now)).isEmpty();
    found.search(GossipSettings.Search.ENDED);
    assertThat(found.notices(now)).hasSize(1);
  }

  @Test
  void peersThatWereFoundStayWhenSettingsChange() {
    GossipSettings begun =
        GossipBed.settings(1, 1, Map.of()).with(Map.of(), GossipSettings.Search.BEGUN);
    GossipSettings found =
        begun.with(Map.of("b", new PeerAddress(new Address("h", 1))), GossipSettings.Search.ENDED);
    assertThat(begun.after(found)).isEqualTo(found);
    GossipSettings listed = GossipBed.settings(1, 1, Map.of());
    assertThat(listed.after(found)).isEqualTo(listed);
  }

  private List<Command> notices() {
    return recovery.notices(now);
  }

  private List<Command.Recovered> recovered() {
    return notices().stream()
        .filter(Command.Recovered.class::isInstance)
        .map(Command.Recovered.class::cast)
        .toList();
  }

  private void pay(String peer) {
    recovery.begins(peer, now);
    recovery.page(peer, now);
    recovery.paid(peer, 0);
  }

  private void pull(String peer) {
    recovery.begins(peer, now);
    recovery.page(peer, now);
    recovery.pulled(peer);
  }

  @Test
  void aNodeWithoutPeersIsReadyAtOnce() {
    assertThat(of().notices(now))
        .containsExactly(
            new Command.Recovered(new RecoveryProgress(0, 0, 0), "no peers to recover from"),
            new Command.Synchronised("no peers to recover from"));
  }

  @Test
  void aNodeHasRecoveredWhenEachPeerHasPaidOrRefuses() {
    pay("a");
    recovery.failed("b", Failure.Kind.REFUSED);
    assertThat(notices()).isEmpty();
    pay("c");
    assertThat(notices())
        .containsExactly(
            new Command.Recovered(new RecoveryProgress(3, 2, 1), "2 of 3 peers answered"));
    assertThat(recovery.owes("b")).as("it owes all the same").isTrue();
    assertThat(notices()).as("once").isEmpty();
  }

  @Test
  void aPeerThatCannotBeReachedHoldsUpTheRecovery() {
    pay("a");
    pay("b");
    recovery.failed("c", Failure.Kind.OTHER);
    now += TIMEOUT - 1;
    assertThat(recovered()).isEmpty();
    now++;
    assertThat(recovered())
        .extracting(Command.Recovered::how)
        .containsExactly("2 of 3 peers answered in time");
  }

  /** The peer gives own entries, of which some are too far in the future. */
  private void payTooEarly(String peer) {
    recovery.begins(peer, now);
    recovery.paid(peer, 1);
  }

  @Test
  void aPeerWhoseOwnEntriesWereRefusedOwesThemAndHoldsUpTheRecovery() {
    payTooEarly("a");
    pay("b");
    pay("c");
    assertThat(recovered()).isEmpty();
    assertThat(recovery.owes("a")).isTrue();
    recovery.retry();
    assertThat(recovery.asksForOwn("a")).isTrue();
    pay("a");
    assertThat(recovered()).hasSize(1);
  }

  @Test
  void aPeerWhoseOwnEntriesWereRefusedIsAskedForThemAndForAllOriginsInTurn() {
    payTooEarly("a");
    for (int cycle = 0; cycle < 3; cycle++) {
      assertThat(recovery.asksForOwn("a")).isFalse();
      pull("a");
      assertThat(recovery.asksForOwn("a")).isTrue();
      payTooEarly("a");
    }
  }

  @Test
  void aPeerThatRefusedAndThenAnswersHoldsUpTheRecovery() {
    pay("a");
    pay("b");
    recovery.failed("c", Failure.Kind.REFUSED);
    recovery.page("c", now);
    assertThat(notices()).isEmpty();
    recovery.paid("c", 0);
    assertThat(recovered()).hasSize(1);
  }

  @Test
  void eachNewPageOfOwnEntriesProlongsTheRecoveryUpToAMinute() {
    for (long end = now + 60_000; now < end; now += TIMEOUT - 1) {
      assertThat(recovered()).isEmpty();
      recovery.page("a", now);
    }
    assertThat(recovered()).hasSize(1);
  }

  @Test
  void pagesOfAllOriginsDoNotProlongTheRecovery() {
    pay("a");
    now += TIMEOUT;
    recovery.begins("a", now);
    recovery.page("a", now);
    assertThat(recovered()).hasSize(1);
  }

  @Test
  void aRemovedPeerIsNotAwaited() {
    pay("a");
    pay("b");
    recovery.remove("c");
    assertThat(recovered()).hasSize(1);
  }

  @Test
  void aRecoveryThatTakesLongSaysSoOnce() {
    now += 2_000;
    assertThat(notices()).containsExactly(new Command.Recovering(new RecoveryProgress(3, 0, 0)));
    assertThat(notices()).isEmpty();
  }

  @Test
  void aNodeIsSynchronisedWhenEachPeerThatHasPaidIsPulled() {
    pay("a");
    pay("b");
    recovery.failed("c", Failure.Kind.REFUSED);
    assertThat(recovered()).hasSize(1);
    pull("a");
    assertThat(notices()).isEmpty();
    assertThat(recovery.ready()).isFalse();
    pull("b");
    assertThat(notices()).containsExactly(new Command.Synchronised("2 of 3 peers answered"));
    assertThat(recovery.ready()).isTrue();
  }

  @Test
  void aPeerThatIsAskedAgainWhileTheNodeStartsHasStillToBePulled() {
    List.of("a", "b", "c").forEach(this::pay);
    notices();
    pull("a");
    recovery.askAgain();
    notices();
    assertThat(recovery.ready()).isFalse();
    List.of("b", "c").forEach(this::pay);
    List.of("b", "c").forEach(this::pull);
    notices();
    assertThat(recovery.ready()).isTrue();
    assertThat(recovery.owes("a")).isTrue();
  }

  @Test
  void aPullBeforeThePeerHasPaidDoesNotCount() {
    recovery.pulled("a");
    recovery.remove("b");
    recovery.remove("c");
    pay("a");
    assertThat(notices()).singleElement().isInstanceOf(Command.Recovered.class);
    pull("a");
    assertThat(notices()).singleElement().isInstanceOf(Command.Synchronised.class);
  }

  @Test
  void eachNewPageProlongsTheWaitForThePullsAndSilenceEndsIt() {
    List.of("a", "b", "c").forEach(this::pay);
    assertThat(recovered()).hasSize(1);
    recovery.begins("a", now);
    now += TIMEOUT - 1;
    recovery.page("a", now);
    now += TIMEOUT - 1;
    assertThat(recovery.ready()).isFalse();
    notices();
    assertThat(recovery.ready()).isFalse();
    now++;
    notices();
    assertThat(recovery.ready()).isTrue();
  }

  @Test
  void aPeerThatHasPaidAndIsGoneIsNotAwaited() {
    List.of("a", "b", "c").forEach(this::pay);
    notices();
    pull("a");
    pull("b");
    recovery.failed("c", Failure.Kind.REFUSED);
    notices();
    assertThat(recovery.ready()).isTrue();
  }

  @Test
  void peersArePulledOneAfterTheOther() {
    assertThat(recovery.next(now)).as("none has paid").isEmpty();
    pay("b");
    pay("a");
    assertThat(recovery.next(now)).contains("a");
    recovery.begins("a", now);
    assertThat(recovery.next(now)).isEmpty();
    recovery.pulled("a");
    assertThat(recovery.next(now)).contains("b");
  }

  @Test
  void aPullThatBringsNoPageForASecondDoesNotDelayTheNext() {
    pay("a");
    pay("b");
    recovery.begins("a", now);
    now += 999;
    assertThat(recovery.next(now)).isEmpty();
    now++;
    assertThat(recovery.next(now)).contains("b");
  }

  @Test
  void aPeerThatFailedIsPulledAgainAfterThePauseAndAfterTheOthers() {
    pay("a");
    pay("b");
    recovery.begins("a", now);
    recovery.failed("a", Failure.Kind.OTHER);
    assertThat(recovery.next(now)).contains("b");
    recovery.begins("b", now);
    recovery.failed("b", Failure.Kind.OTHER);
    assertThat(recovery.next(now)).isEmpty();
    recovery.retry();
    assertThat(recovery.next(now)).contains("a");
    recovery.page("b", now);
    assertThat(recovery.next(now)).contains("b");
    assertThat(recovery.retryMillis()).isEqualTo(250);
  }

  @Test
  void aSlowPeerIsWaitedForAsLongAsASilentOneUntilTheNodeIsReady() {
    assertThat(recovery.deadlineMillis(100)).isEqualTo(TIMEOUT);
    now += TIMEOUT;
    notices();
    assertThat(recovery.ready()).isTrue();
    assertThat(recovery.deadlineMillis(100)).isEqualTo(100);
  }
}

package io.hera.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.hera.store.PeerIdentities.Claim;
import io.hera.store.PeerIdentities.Introduction;
import io.hera.store.PeerIdentities.Introduction.Exchange;
import io.hera.store.PeerIdentities.Known;
import io.hera.store.PeerIdentities.Refused;
import io.hera.store.PeerIdentities.Standing;
import io.hera.store.PeerIdentities.Stranger;
import io.hera.store.PeerIdentities.Stranger.Check;
import io.hera.testkit.Handshakes;
import io.hera.wire.Handshake;
import io.hera.wire.NodeId;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Rule P9, lives: the life fetched from a configured address counts, and the claim of a request does not. */
class P09PeerIdentitiesTest {
  private final PeerIdentities lives =
      new PeerIdentities(Handshakes.own(new NodeId("a", "life-a"), Set.of("a", "b")));

  private Optional<String> fetch(String name, String life, long millis) {
    return fetch(name, life, millis, millis);
  }

  private Optional<String> fetch(String name, String life, long askedMillis, long millis) {
    lives.pullBegins("b", askedMillis);
    return answer(name, life, Exchange.PULL, millis);
  }

  private Optional<String> answer(String name, String life, Exchange exchange, long millis) {
    Handshake says = Handshakes.of(name, life);
    return lives.answered(
        new Introduction("b", says, "10.0.0.9:1", exchange, "", Set.of()), millis);
  }

  private Standing claim(String name, String life, long millis) {
    return claim(Handshakes.of(name, life), millis);
  }

  private Standing claim(Handshake says, long millis) {
    return lives.asked(new Claim(says, "10.0.0.8:1"), millis);
  }

  // Answers.

  @Test
  void aRestartIsNoConflict() {
    assertThat(fetch("b", "one", 0)).isEmpty();
    assertThat(fetch("b", "two", 1_000)).isEmpty();
    assertThat(fetch("b", "three", 2_000)).isEmpty();
    assertThat(lives.refused()).isZero();
  }

  @Test
  void aLifeThatComesBackGivesTwoProcessesAtOneAddressAway() {
    fetch("b", "one", 0);
    fetch("b", "two", 1_000);
    assertThat(fetch("b", "one", 2_000)).get().asString().contains("life two", "life one");
    assertThat(lives.conflicts(2_000)).containsOnlyKeys("b");
  }

  @Test
  void bothAreRefusedUntilOneHasBeenQuiet() {
    fetch("b", "one", 0);
    fetch("b", "two", 1);
    fetch("b", "one", 2);
    assertThat(fetch("b", "one", 30_001)).isPresent();
    assertThat(fetch("b", "two", 30_001)).isPresent();
    assertThat(fetch("b", "two", 60_000)).isPresent();
    assertThat(fetch("b", "two", 60_001)).isEmpty();
    assertThat(lives.conflicts(60_001)).isEmpty();
    assertThat(lives.refused()).isEqualTo(4);
  }

  @Test
  void anAnswerToARequestOfBeforeTheRestartIsDroppedAndNoSignOfASecondProcess() {
    fetch("b", "one", 0);
    fetch("b", "two", 1_000);
    assertThat(fetch("b", "one", 999, 1_001)).get().asString().contains("replaced");
    assertThat(lives.conflicts(1_001)).isEmpty();
    assertThat(lives.refused()).isZero();
    assertThat(fetch("b", "two", 1_002)).isEmpty();
    assertThat(claim("b", "two", 1_003)).isEqualTo(new Known());
  }

  @Test
  void anOldAnswerOfALifeThatWasNeverFetchedDoesNotReplaceThePresentOne() {
    fetch("b", "two", 1_000);
    assertThat(fetch("b", "one", 999, 1_001)).get().asString().contains("replaced");
    assertThat(fetch("b", "two", 1_002)).isEmpty();
    assertThat(lives.conflicts(1_002)).isEmpty();
  }

  @Test
  void aPullOfOwnEntriesWhichBeginsWithoutADigestShowsANewLife() {
    fetch("b", "one", 0, 10);
    assertThat(answer("b", "two", Exchange.PULL, 20)).isEmpty();
    assertThat(claim("b", "two", 21)).isEqualTo(new Known());
  }

  @Test
  void anAnswerThatWaitedShowsANewLifeIfItWasAskedSinceThePresentOneIsKnown() {
    fetch("b", "one", 0);
    assertThat(answer("b", "one", Exchange.HANGING_PULL, 10)).isEmpty();
    assertThat(answer("b", "two", Exchange.HANGING_PULL, 1_000)).isEmpty();
    assertThat(claim("b", "two", 1_001)).isEqualTo(new Known());
  }

  @Test
  void anAnswerThatHasWaitedLongIsNoSignOfASecondProcess() {
    fetch("b", "one", 0);
    fetch("b", "two", 1_000);
    assertThat(answer("b", "one", Exchange.HANGING_PULL, 1_001))
        .get()
        .asString()
        .contains("replaced");
    assertThat(fetch("b", "two", 1_002)).isEmpty();
  }

  @Test
  void anAddressThatLeadsBackHereIsRefused() {
    assertThat(fetch("a", "life-a", 0)).get().asString().contains("leads back");
  }

  @Test
  void anotherProcessUnderTheOwnNameIsRefused() {
    assertThat(fetch("a", "another", 0)).get().asString().contains("10.0.0.9:1", "runs under");
    assertThat(claim("a", "another", 0)).isInstanceOf(Refused.class);
    assertThat(claim("a", "life-a", 0)).isInstanceOf(Refused.class);
  }

  @Test
  void anAddressWhereAnotherNodeAnswersIsRefused() {
    assertThat(fetch("c", "one", 0))
        .get()
        .asString()
        .contains("configured as b", "says that it is c");
    assertThat(fetch("b", "one", 0)).isEmpty();
    assertThat(lives.conflicts(0)).isEmpty();
  }

  // Requests.

  @Test
  void aRequestIsKnownIfItsLifeWasFetched() {
    assertThat(claim("b", "one", 0)).isInstanceOf(Stranger.class);
    fetch("b", "one", 1);
    assertThat(claim("b", "one", 2)).isEqualTo(new Known());
    fetch("b", "two", 3);
    assertThat(claim("b", "one", 4)).isInstanceOf(Stranger.class);
  }

  @Test
  void theAddressOfAClaimedNameIsAskedAtMostOnceASecond() {
    assertThat(claim("b", "one", 0)).isEqualTo(new Stranger(Check.DUE));
    assertThat(claim("b", "two", 999)).isEqualTo(new Stranger(Check.NOT_DUE));
    assertThat(claim("b", "three", 1_000)).isEqualTo(new Stranger(Check.DUE));
  }

  @Test
  void aClaimThatTheAddressRefutesIsRefusedAlone() {
    fetch("b", "one", 0);
    claim("b", "forged", 1_000);
    fetch("b", "one", 1_001);
    assertThat(claim("b", "forged", 1_002))
        .isInstanceOfSatisfying(
            Refused.class,
            refused -> assertThat(refused.reason())
                .contains("life one answers at 10.0.0.9:1", "life forged", "10.0.0.8:1"));
    assertThat(claim("b", "one", 1_003)).isEqualTo(new Known());
    assertThat(fetch("b", "one", 1_004)).isEmpty();
    assertThat(lives.refused()).isEqualTo(1);
  }

  @Test
  void anAnswerToARequestOfBeforeTheClaimRefutesNothing() {
    fetch("b", "one", 0);
    claim("b", "two", 1_000);
    fetch("b", "one", 1_000, 1_500);
    assertThat(claim("b", "two", 2_000)).isInstanceOf(Stranger.class);
    fetch("b", "two", 2_001);
    assertThat(claim("b", "two", 2_002)).isEqualTo(new Known());
    assertThat(lives.refused()).isZero();
  }

  @Test
  void aRefutedClaimIsBelievedOnceItsLifeIsFetched() {
    fetch("b", "one", 0);
    claim("b", "two", 1_000);
    fetch("b", "one", 1_001);
    fetch("b", "two", 2_000);
    assertThat(claim("b", "two", 2_001)).isEqualTo(new Known());
  }

  @Test
  void aRefutedClaimIsReportedUntilItHasBeenQuiet() {
    fetch("b", "one", 0);
    claim("b", "forged", 1_000);
    fetch("b", "one", 1_001);
    claim("b", "forged", 2_000);
    fetch("b", "one", 2_001);
    claim("b", "forged", 2_002);
    assertThat(lives.conflicts(32_002)).containsOnlyKeys("b");
    assertThat(lives.conflicts(32_003)).isEmpty();
  }

  @Test
  void aRequestOfALifeThatBeganEarlierIsAnOldOne() {
    Handshake earlier =
        new Handshake(new NodeId("b", "one"), Handshakes.SINCE - 1, "", Set.of(), "");
    fetch("b", "two", 0);
    assertThat(claim(earlier, 10_000)).isEqualTo(new Stranger(Check.NOT_DUE));
  }

  @Test
  void oldRequestsAreNoConflictWhenTheAddressWasAskedBetweenThem() {
    Handshake earlier =
        new Handshake(new NodeId("b", "one"), Handshakes.SINCE - 1, "", Set.of(), "");
    fetch("b", "two", 0);
    claim(earlier, 1_000);
    fetch("b", "two", 1_001);
    assertThat(claim(earlier, 1_002)).isEqualTo(new Stranger(Check.NOT_DUE));
    assertThat(lives.conflicts(1_002)).isEmpty();
  }

  @Test
  void aProcessThatBeganEarlierAndGoesOnAskingIsASecondOne() {
    Handshake earlier =
        new Handshake(new NodeId("b", "one"), Handshakes.SINCE - 1, "", Set.of(), "");
    fetch("b", "two", 0);
    assertThat(claim(earlier, 30_000)).isEqualTo(new Stranger(Check.DUE));
    fetch("b", "two", 30_001);
    assertThat(claim(earlier, 30_002)).isInstanceOf(Refused.class);
  }

  @Test
  void forgedLivesDoNotFillTheMemory() {
    fetch("b", "one", 0);
    for (int i = 0; i < 10_000; i++) {
      assertThat(claim("b", "forged" + i, i)).isInstanceOf(Stranger.class);
    }
    assertThat(claim("b", "one", 10_000)).isEqualTo(new Known());
    assertThat(lives.conflicts(10_000)).isEmpty();
  }

  @Test
  void aPeerThatIsRemovedIsForgotten() {
    fetch("b", "one", 0);
    fetch("c", "one", 0);
    lives.retain(Set.of("a"));
    assertThat(lives.conflicts(0)).isEmpty();
    assertThat(claim("b", "one", 0)).isInstanceOf(Stranger.class);
  }
}

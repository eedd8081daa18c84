package io.hera.gossip;

import static io.hera.gossip.Sessions.DEADLINE;
import static io.hera.gossip.Sessions.answer;
import static io.hera.gossip.Sessions.differing;
import static io.hera.gossip.Sessions.digest;
import static io.hera.gossip.Sessions.nothing;
import static io.hera.gossip.Sessions.taken;
import static io.hera.gossip.Sessions.v1;
import static org.assertj.core.api.Assertions.assertThat;

import io.hera.gossip.Sessions.More;
import io.hera.registry.Comparison;
import io.hera.registry.Dialect;
import io.hera.registry.Digest;
import io.hera.registry.Divergence;
import io.hera.store.PeerIdentities.Introduction;
import io.hera.store.Receipt;
import io.hera.store.Reception;
import io.hera.wire.DeltasTarget;
import io.hera.wire.GossipLimits;
import io.hera.wire.Handshake;
import io.hera.wire.NodeId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** One pull, event by event. */
class PullSessionTest {
  private final PeerState peer = Sessions.peer();
  private final Lane lane = peer.lane(Lane.Kind.PULL);
  private final PullSession pull = PullSession.of(peer, DEADLINE);
  private long now;

  /** Lets the next checks not be due. */
  private void noChecks() {
    peer.check.compared(Comparison.EMPTY, now);
  }

  private Command ask(Digest digest) {
    return new Command.Ask(lane, DeltasTarget.of(digest), DEADLINE);
  }

  private Command askWithChecksums(Digest digest) {
    return new Command.Ask(lane, DeltasTarget.of(digest).checked(), DEADLINE);
  }

  private static Reception reception(List<Command> commands) {
    assertThat(commands).singleElement().isInstanceOf(Command.Receive.class);
    return ((Command.Receive) commands.get(0)).reception();
  }

  @Test
  void aPullReadsADigestAndAsksForWhatIsAboveIt() {
    noChecks();
    assertThat(pull.begin()).containsExactly(new Command.BeginPull(lane));
    assertThat(pull.digest(digest(3, 4), now)).containsExactly(ask(digest(3, 4)));
  }

  @Test
  void anAnswerIsReceivedAsThatOfThePeerThatWasAsked() {
    pull.digest(digest(3, 4), now);
    Reception reception = reception(pull.answered(answer(3, 5, More.NONE)));
    assertThat(reception.introduction())
        .contains(new Introduction(
            "a",
            Handshake.of(new NodeId("a", "life")),
            Sessions.ADDRESS.toString(),
            Introduction.Exchange.PULL,
            "",
            Set.of()));
    assertThat(reception.asked()).isEqualTo(digest(3, 4));
    assertThat(reception.delta()).isEqualTo(answer(3, 5, More.NONE).delta());
  }

  @Test
  void aPullEndsWithTheFirstAnswerThatHasNoMore() {
    noChecks();
    pull.digest(digest(3, 4), now);
    Reception cut = reception(pull.answered(answer(3, 5, More.FOLLOWS)));
    assertThat(cut.place()).isEqualTo(Reception.Place.WITHIN);
    assertThat(pull.received(taken(digest(5, 4)), now)).containsExactly(ask(digest(5, 4)));
    Reception last = reception(pull.answered(answer(5, 6, More.NONE)));
    assertThat(last.place()).isEqualTo(Reception.Place.ENDS_PULL);
    assertThat(pull.received(taken(digest(6, 4)), now))
        .containsExactly(new Command.Succeeded(lane));
  }

  @Test
  void originsThatThePeerNamesAreAskedForInTheSamePull() {
    noChecks();
    Digest more = new Digest(Map.of("a", 5L, "b", 4L, "old", 0L));
    pull.digest(digest(3, 4), now);
    pull.answered(answer(3, 5, More.NONE));
    assertThat(pull.received(taken(more), now)).containsExactly(ask(more));
    pull.answered(answer(5, 5, More.NONE));
    assertThat(pull.received(taken(digest(5, 4)), now))
        .containsExactly(new Command.Succeeded(lane));
  }

  @Test
  void aPeerThatHasMoreButMovesNothingIsNotAskedAgain() {
    pull.digest(digest(3, 4), now);
    assertThat(reception(pull.answered(answer(0, 3, More.FOLLOWS))).place())
        .as("it may have something that is missing here")
        .isEqualTo(Reception.Place.WITHIN);
    assertThat(pull.received(taken(digest(3, 4)), now))
        .containsExactly(new Command.Succeeded(lane));
  }

  @Test
  void aPullHasAtMostAThousandPages() {
    pull.digest(digest(0, 0), now);
    for (int page = 1; page < GossipLimits.PAGES_MAX; page++) {
      pull.answered(answer(page - 1, page, More.FOLLOWS));
      assertThat(pull.received(taken(digest(page, 0)), now))
          .singleElement()
          .isInstanceOf(Command.Ask.class);
    }
    pull.answered(answer(999, 1_000, More.FOLLOWS));
    assertThat(pull.received(taken(digest(1_000, 0)), now))
        .containsExactly(new Command.Succeeded(lane));
  }

  @Test
  void aFailureEndsThePull() {
    pull.digest(digest(3, 4), now);
    Failure failure = new Failure(Failure.Kind.REFUSED, "connection refused");
    assertThat(pull.failed(failure)).containsExactly(new Command.Failed(lane, failure));
  }

  @Test
  void anAnswerThatTheStoreRefusesEndsThePull() {
    pull.digest(digest(3, 4), now);
    pull.answered(answer(3, 5, More.FOLLOWS));
    assertThat(pull.received(new Receipt.Refused("says that it is c"), now))
        .containsExactly(new Command.Failed(lane, Failure.of("says that it is c")));
  }

  @Test
  void aNodeOf2012IsAskedFromBelowTheHorizonFromItsSecondAnswerOn() {
    noChecks();
    pull.digest(digest(10_000, 2_000), now);
    assertThat(reception(pull.answered(v1())).introduction()).isEmpty();
    assertThat(peer.dialect()).contains(Dialect.V1);
    PullSession next = PullSession.of(peer, DEADLINE);
    assertThat(next.digest(digest(10_000, 2_000), now)).containsExactly(ask(digest(7_000, 0)));
  }

  // The self-check.

  @Test
  void checksumsAreComparedWithTheLastAnswerOnceAMinute() {
    assertThat(pull.digest(digest(3, 4), now)).containsExactly(askWithChecksums(digest(3, 4)));
    assertThat(reception(pull.answered(answer(3, 5, More.FOLLOWS))).checksums()).isEmpty();
    assertThat(pull.received(taken(digest(5, 4)), now))
        .containsExactly(askWithChecksums(digest(5, 4)));
    assertThat(reception(pull.answered(nothing())).checksums()).contains(Map.of());
    pull.received(taken(digest(5, 4)), now);
    PullSession next = PullSession.of(peer, DEADLINE);
    assertThat(next.digest(digest(5, 4), now + 59_999)).containsExactly(ask(digest(5, 4)));
    assertThat(next.digest(digest(5, 4), now + 60_000))
        .containsExactly(askWithChecksums(digest(5, 4)));
  }

  @Test
  void anAnswerWithoutChecksumsAskedForIsNotCompared() {
    noChecks();
    pull.digest(digest(3, 4), now);
    assertThat(reception(pull.answered(nothing())).checksums()).isEmpty();
  }

  @Test
  void anOriginThatDiffersTwiceIsPulledAgainFromZeroPageByPage() {
    pull.digest(digest(3, 4), now);
    pull.answered(nothing());
    assertThat(pull.received(differing(digest(3, 4), "a"), now))
        .containsExactly(new Command.Succeeded(lane));

    PullSession next = PullSession.of(peer, DEADLINE);
    next.digest(digest(3, 4), now);
    next.answered(nothing());
    assertThat(next.received(differing(digest(3, 4), "a"), now))
        .containsExactly(
            new Command.Diverged(lane, new Divergence.OfOrigin("a")), ask(Digest.of("a", 0)));
    Reception repair = reception(next.answered(answer(0, 2, More.FOLLOWS)));
    assertThat(repair.place()).isEqualTo(Reception.Place.WITHIN);
    assertThat(repair.checksums()).isEmpty();
    assertThat(next.received(taken(digest(3, 4)), now)).containsExactly(ask(Digest.of("a", 2)));
    next.answered(answer(2, 3, More.NONE));
    assertThat(next.received(taken(digest(3, 4)), now))
        .containsExactly(new Command.Succeeded(lane));
  }

  @Test
  void everythingIsPulledAgainAfterAViewHasDifferedTwice() {
    Comparison differs = new Comparison(Set.of("a"), Set.of(), Comparison.View.DIFFERS);
    Receipt receipt = new Receipt.Taken(digest(3, 4), differs, 0);
    pull.digest(digest(3, 4), now);
    pull.answered(nothing());
    assertThat(pull.received(receipt, now)).containsExactly(new Command.Succeeded(lane));

    PullSession next = PullSession.of(peer, DEADLINE);
    next.digest(digest(3, 4), now);
    next.answered(nothing());
    assertThat(next.received(receipt, now))
        .containsExactly(new Command.Diverged(lane, new Divergence.OfView()), ask(digest(0, 0)));
    next.answered(answer(0, 2, More.FOLLOWS));
    assertThat(next.received(taken(digest(3, 4)), now)).containsExactly(ask(digest(2, 0)));
    next.answered(nothing());
    assertThat(next.received(taken(digest(3, 4)), now))
        .containsExactly(new Command.Succeeded(lane));
  }

  @Test
  void everyOriginThatDiffersIsPulledAgain() {
    pull.digest(digest(3, 4), now);
    pull.answered(nothing());
    pull.received(differing(digest(3, 4), "a", "b"), now);
    PullSession next = PullSession.of(peer, DEADLINE);
    next.digest(digest(3, 4), now);
    next.answered(nothing());
    List<Command> first = next.received(differing(digest(3, 4), "a", "b"), now);
    next.answered(nothing());
    List<Command> second = next.received(taken(digest(3, 4)), now);
    assertThat(List.of(first.get(0), second.get(0)))
        .containsExactlyInAnyOrder(
            new Command.Diverged(lane, new Divergence.OfOrigin("a")),
            new Command.Diverged(lane, new Divergence.OfOrigin("b")));
    next.answered(nothing());
    assertThat(next.received(taken(digest(3, 4)), now))
        .containsExactly(new Command.Succeeded(lane));
  }

  // The recovery.

  @Test
  void aRecoveryAsksForTheOwnOriginFromZeroPageByPage() {
    PullSession recovery = PullSession.recovery(peer, Digest.of("a", 0), DEADLINE);
    assertThat(recovery.recovers()).isTrue();
    assertThat(recovery.begin()).containsExactly(ask(Digest.of("a", 0)));
    Reception page = reception(recovery.answered(answer(0, 7, More.FOLLOWS)));
    assertThat(page.place()).isEqualTo(Reception.Place.WITHIN);
    assertThat(page.checksums()).isEqualTo(Optional.empty());
    assertThat(recovery.received(taken(digest(3, 4)), now))
        .as("above the entries that the peer gave, not above those held here")
        .containsExactly(ask(Digest.of("a", 7)));
    recovery.answered(answer(0, 7, More.FOLLOWS));
    assertThat(recovery.received(taken(digest(3, 4)), now))
        .as("the peer repeats itself")
        .containsExactly(new Command.Succeeded(lane));
  }
}

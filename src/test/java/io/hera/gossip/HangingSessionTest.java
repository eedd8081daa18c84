package io.hera.gossip;

import static io.hera.gossip.Sessions.answer;
import static io.hera.gossip.Sessions.digest;
import static io.hera.gossip.Sessions.nothing;
import static io.hera.gossip.Sessions.taken;
import static io.hera.gossip.Sessions.v1;
import static org.assertj.core.api.Assertions.assertThat;

import io.hera.gossip.Sessions.More;
import io.hera.registry.Dialect;
import io.hera.registry.Digest;
import io.hera.store.Receipt;
import io.hera.store.Reception;
import io.hera.wire.DeltasTarget;
import io.hera.wire.GossipLimits;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The fast path from one peer, event by event. */
class HangingSessionTest {
  private static final long WAIT = GossipLimits.WAIT_MILLIS;
  private static final GossipSettings SETTINGS =
      new GossipSettings(Map.of(), 3_000, 5_000, 300_000, 60_000);

  private final PeerState peer = Sessions.peer();
  private final Lane lane = peer.lane(Lane.Kind.HANG);
  private final HangingSession session =
      new HangingSession(peer, SETTINGS, new SplittableRandom(1));
  private long now = 1_000;

  @BeforeEach
  void thePeerSpeaksVersion2() {
    peer.answeredIn(Dialect.V2);
  }

  private Command ask(long horizon) {
    DeltasTarget target = DeltasTarget.of(Digest.of("a", horizon)).waiting(WAIT);
    return new Command.Ask(lane, target, WAIT + SETTINGS.deadlineMillis());
  }

  /** Asks above 3. */
  private void begin() {
    assertThat(session.begin()).containsExactly(new Command.ReadDigest(lane));
    assertThat(session.digest(digest(3, 9), now)).containsExactly(ask(3));
  }

  /** The answer is taken so much later. */
  private List<Command> answered(long millis, Answer answer, long reached) {
    now += millis;
    List<Command> commands = session.answered(answer);
    assertThat(commands).hasSize(1);
    Reception reception = ((Command.Receive) commands.get(0)).reception();
    assertThat(reception).isEqualTo(peer.reception(Lane.Kind.HANG, reception.asked(), answer));
    assertThat(reception.asked().horizons()).containsOnlyKeys("a");
    return session.received(taken(digest(reached, 9)), now);
  }

  private Command.Wait waiting(List<Command> commands) {
    return (Command.Wait) commands.get(commands.size() - 1);
  }

  @Test
  void aPeerIsAskedToWaitForItsOwnOriginAlone() {
    begin();
    assertThat(session.hangs()).isTrue();
    assertThat(session.begin()).as("it hangs already").isEmpty();
  }

  @Test
  void aPeerThatDoesNotSpeakVersion2IsNotAskedToWait() {
    peer.answeredIn(Dialect.V1);
    assertThat(session.begin()).isEmpty();
    assertThat(session.hangs()).isFalse();
  }

  @Test
  void anAnswerEndsNoPull() {
    begin();
    Command.Receive receive =
        (Command.Receive) session.answered(answer(3, 4, More.NONE)).get(0);
    assertThat(receive.reception().place()).isEqualTo(Reception.Place.WITHIN);
  }

  @Test
  void theNextRequestFollowsAWriteAtOnce() {
    begin();
    assertThat(answered(500, answer(3, 4, More.NONE), 4)).containsExactly(ask(4));
  }

  @Test
  void aPeerThatAlwaysHasAWriteIsAskedEveryTenMillisecondsAtMost() {
    begin();
    Command.Wait wait = waiting(answered(3, answer(3, 4, More.NONE), 4));
    assertThat(wait.millis()).isEqualTo(7);
    assertThat(session.hangs()).isTrue();
    assertThat(session.waited(wait.number(), now + 7)).containsExactly(ask(4));
  }

  @Test
  void theRestOfACutPageIsAskedForAtOnce() {
    begin();
    assertThat(answered(0, answer(3, 4, More.FOLLOWS), 4)).containsExactly(ask(4));
  }

  @Test
  void anEmptyAnswerAfterTheWaitIsNoFailure() {
    begin();
    assertThat(answered(WAIT, nothing(), 3)).containsExactly(ask(3));
  }

  @Test
  void anAnswerThatCameSoonAndMovesNothingIsAFailure() {
    begin();
    List<Command> commands = answered(WAIT / 2 - 1, nothing(), 3);
    assertThat(commands)
        .first()
        .isEqualTo(new Command.Failed(lane, Failure.of("answered after 9999 ms without a change")));
    assertThat(waiting(commands).millis()).isBetween(500L, 1_000L);
    assertThat(session.hangs()).isFalse();
  }

  @Test
  void anAnswerThatAnotherPullHasOvertakenIsNotAFailure() {
    begin();
    assertThat(answered(20, answer(3, 4, More.NONE), 5)).containsExactly(ask(5));
  }

  @Test
  void pausesGrowWithEachFailureAndAWriteEndsTheSeries() {
    begin();
    long shortest = 500;
    for (int failure = 1; failure <= 8; failure++) {
      Command.Wait pause = waiting(session.failed(Failure.of("refused")));
      assertThat(pause.millis()).isBetween(shortest, 2 * shortest);
      assertThat(session.waited(pause.number(), now)).containsExactly(new Command.ReadDigest(lane));
      assertThat(session.digest(digest(3, 9), now)).containsExactly(ask(3));
      shortest = Math.min(15_000, 2 * shortest);
    }
    answered(20, answer(3, 4, More.NONE), 4);
    assertThat(waiting(session.failed(Failure.of("refused"))).millis()).isBetween(500L, 1_000L);
  }

  @Test
  void aPullThatGoesWellDoesNotEndAPause() {
    begin();
    session.failed(Failure.of("refused"));
    assertThat(session.begin()).isEmpty();
  }

  @Test
  void aPeerThatReturnsCutsAPauseShortOnce() {
    begin();
    assertThat(session.peerReturned()).as("it hangs").isEmpty();
    Command.Wait pause = waiting(session.failed(Failure.of("refused")));
    Command.Wait brief = waiting(session.peerReturned());
    assertThat(brief.millis()).isEqualTo(50);
    assertThat(session.peerReturned()).isEmpty();
    assertThat(session.waited(brief.number(), now + 50))
        .containsExactly(new Command.ReadDigest(lane));
    assertThat(session.waited(pause.number(), now + 900)).as("replaced").isEmpty();
  }

  @Test
  void anAnswerThatTheStoreRefusesIsAFailure() {
    begin();
    session.answered(answer(3, 4, More.NONE));
    assertThat(session.received(new Receipt.Refused("is c"), now))
        .first()
        .isEqualTo(new Command.Failed(lane, Failure.of("is c")));
  }

  @Test
  void anAnswerOfVersion1EndsTheFastPathUntilThePullBeginsItAgain() {
    begin();
    assertThat(session.answered(v1())).isEmpty();
    assertThat(session.hangs()).isFalse();
    assertThat(session.begin()).containsExactly(new Command.ReadDigest(lane));
  }

  @Test
  void aPeerThatIsNotAMemberAnyMoreIsLeftAlone() {
    session.begin();
    assertThat(session.digest(Digest.of("b", 1), now)).first().isInstanceOf(Command.Failed.class);
  }
}

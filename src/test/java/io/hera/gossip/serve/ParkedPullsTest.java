package io.hera.gossip.serve;

import static org.assertj.core.api.Assertions.assertThat;

import io.hera.gossip.serve.ParkedPulls.Ask;
import io.hera.gossip.serve.ParkedPulls.Client;
import io.hera.gossip.serve.ParkedPulls.Command;
import io.hera.gossip.serve.ParkedPulls.Park;
import io.hera.gossip.serve.ParkedPulls.Pull;
import io.hera.gossip.serve.ParkedPulls.Reply;
import io.hera.registry.Delta;
import io.hera.registry.Dialect;
import io.hera.registry.Digest;
import io.hera.registry.OriginDelta;
import io.hera.store.DeltaReply;
import io.hera.store.DeltaRequest;
import io.hera.store.DeltaResponse;
import io.hera.store.PeerIdentities.Claim;
import io.hera.store.Written;
import io.hera.wire.DeltasTarget;
import io.hera.wire.Handshake;
import io.hera.wire.NodeId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Requests that wait for a write, event by event. */
class ParkedPullsTest {
  private static final long WAIT = 20_000;
  private static final DeltaResponse EMPTY = response(new Delta(List.of()));
  private static final DeltaResponse NEWS =
      response(new Delta(List.of(new OriginDelta("a", 3, 4, false, List.of()))));

  private static final Written ASK = new Written(Optional.empty());

  private final ParkedPulls<String> pulls = new ParkedPulls<>(2);

  private static DeltaResponse response(Delta delta) {
    return new DeltaResponse(delta, 300_000, Map.of(), Map.of(), Optional.empty());
  }

  private static DeltaRequest request(long waitMillis) {
    return new DeltaRequest(
        Optional.of(new Claim(Handshake.of(new NodeId("b", "life")), "10.0.0.2")),
        DeltasTarget.of(Digest.of("a", 3)).waiting(waitMillis),
        Dialect.V2,
        1_000);
  }

  private Pull<String> arrived(String client, long waitMillis) {
    List<Command<String>> commands = pulls.arrived(client, request(waitMillis));
    Pull<String> pull = commands.get(0).pull();
    assertThat(commands).isEqualTo(List.of(new Ask<>(pull, request(waitMillis))));
    assertThat(pull.client()).isEqualTo(client);
    return pull;
  }

  private Pull<String> parked(String client) {
    Pull<String> pull = arrived(client, WAIT);
    assertThat(pulls.replied(pull, EMPTY, Client.WAITS)).isEqualTo(List.of(new Park<>(pull, WAIT)));
    return pull;
  }

  private List<Command<String>> askedAgain(Pull<String> pull) {
    return List.of(new Ask<>(pull, request(WAIT).repeated()));
  }

  private static List<Command<String>> replies(Pull<String> pull, DeltaReply reply) {
    return List.of(new Reply<>(pull, reply));
  }

  @Test
  void aRequestThatDoesNotWaitIsAnsweredWithWhatThereIs() {
    Pull<String> pull = arrived("b", 0);
    assertThat(pulls.replied(pull, EMPTY, Client.WAITS)).isEqualTo(replies(pull, EMPTY));
    assertThat(pulls.count()).isZero();
  }

  @Test
  void aRequestThatLacksSomethingIsAnsweredAtOnce() {
    Pull<String> pull = arrived("b", WAIT);
    assertThat(pulls.replied(pull, NEWS, Client.WAITS)).isEqualTo(replies(pull, NEWS));
  }

  @Test
  void aRefusalIsAReply() {
    Pull<String> pull = arrived("b", WAIT);
    DeltaReply refused = new DeltaReply.Refused("two processes");
    assertThat(pulls.replied(pull, refused, Client.WAITS)).isEqualTo(replies(pull, refused));
  }

  @Test
  void aParkedRequestIsAskedForAgainAfterAWriteAndIntroducesNobodyThen() {
    Pull<String> pull = parked("b");
    assertThat(pulls.wrote(ASK)).isEqualTo(askedAgain(pull));
    assertThat(request(WAIT).repeated().claim()).isEmpty();
    assertThat(pulls.replied(pull, NEWS, Client.WAITS)).isEqualTo(replies(pull, NEWS));
    assertThat(pulls.count()).isZero();
  }

  private static Written with(DeltaRequest request) {
    return new Written(Optional.of(new Written.Answer(request, NEWS)));
  }

  @Test
  void aParkedRequestGetsTheAnswerThatCameAlong() {
    Pull<String> first = parked("b");
    Pull<String> second = parked("c");
    assertThat(pulls.wrote(with(request(WAIT).repeated())))
        .isEqualTo(List.of(new Reply<>(first, NEWS), new Reply<>(second, NEWS)));
    assertThat(pulls.count()).isZero();
    assertThat(pulls.giveUp(first)).isEmpty();
  }

  @Test
  void theAnswerToAnotherRequestIsNotTaken() {
    Pull<String> pull = parked("b");
    DeltaRequest other = new DeltaRequest(
        Optional.empty(),
        DeltasTarget.of(Digest.of("a", 2)).waiting(WAIT),
        Dialect.V2,
        request(WAIT).pageBytesMax());
    assertThat(pulls.wrote(with(other))).isEqualTo(askedAgain(pull));
  }

  @Test
  void theAnswerThatCameAlongIsNotGivenWhileTheStoreIsBeingAsked() {
    Pull<String> pull = parked("b");
    pulls.wrote(ASK);
    assertThat(pulls.wrote(with(request(WAIT).repeated()))).isEmpty();
    assertThat(pulls.replied(pull, EMPTY, Client.WAITS)).isEqualTo(askedAgain(pull));
  }

  @Test
  void aWriteThatIsNothingNewForThePeerLeavesItParked() {
    Pull<String> pull = parked("b");
    pulls.wrote(ASK);
    assertThat(pulls.replied(pull, EMPTY, Client.WAITS)).isEmpty();
    assertThat(pulls.count()).isOne();
    assertThat(pulls.wrote(ASK)).isEqualTo(askedAgain(pull));
  }

  @Test
  void aWriteWhileTheStoreIsAskedForTheFirstTimeIsNotMissed() {
    Pull<String> pull = arrived("b", WAIT);
    assertThat(pulls.wrote(ASK)).isEmpty();
    assertThat(pulls.replied(pull, EMPTY, Client.WAITS))
        .isEqualTo(List.of(new Park<>(pull, WAIT), askedAgain(pull).get(0)));
  }

  @Test
  void aWriteWhileTheStoreIsAskedAgainIsNotMissed() {
    Pull<String> pull = parked("b");
    pulls.wrote(ASK);
    assertThat(pulls.wrote(ASK)).as("it is being asked").isEmpty();
    assertThat(pulls.replied(pull, EMPTY, Client.WAITS)).isEqualTo(askedAgain(pull));
  }

  @Test
  void aRequestThatGivesUpGetsTheEmptyResponse() {
    Pull<String> pull = parked("b");
    assertThat(pulls.giveUp(pull)).isEqualTo(replies(pull, EMPTY));
    assertThat(pulls.giveUp(pull)).as("once").isEmpty();
    assertThat(pulls.wrote(ASK)).isEmpty();
    assertThat(pulls.count()).isZero();
  }

  @Test
  void aReplyThatComesAfterGivingUpIsDropped() {
    Pull<String> pull = parked("b");
    pulls.wrote(ASK);
    pulls.giveUp(pull);
    assertThat(pulls.replied(pull, NEWS, Client.WAITS)).isEmpty();
  }

  @Test
  void aRequestOfAClientThatLeavesIsNotParked() {
    Pull<String> pull = arrived("b", WAIT);
    assertThat(pulls.replied(pull, EMPTY, Client.LEAVES)).isEqualTo(replies(pull, EMPTY));
    assertThat(pulls.count()).isZero();
  }

  @Test
  void aRequestAboveTheLimitIsNotParked() {
    parked("b");
    parked("c");
    Pull<String> third = arrived("d", WAIT);
    assertThat(pulls.replied(third, EMPTY, Client.WAITS)).isEqualTo(replies(third, EMPTY));
    assertThat(pulls.count()).isEqualTo(2);
  }

  @Test
  void allParkedRequestsAreAskedForAgainInTheOrderInWhichTheyCame() {
    Pull<String> first = parked("b");
    Pull<String> second = parked("c");
    assertThat(pulls.wrote(ASK)).extracting(Command::pull).containsExactly(first, second);
  }

  @Test
  void aFailureOfTheStoreEndsTheRequest() {
    Pull<String> pull = parked("b");
    pulls.failed(pull);
    assertThat(pulls.count()).isZero();
    assertThat(pulls.giveUp(pull)).isEmpty();
  }
}

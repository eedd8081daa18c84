package io.hera.gossip;

import static org.assertj.core.api.Assertions.assertThat;

import io.hera.registry.Delta;
import io.hera.registry.Digest;
import io.hera.store.PeerMet;
import io.hera.wire.Address;
import io.hera.wire.DeltasTarget;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** What gossip begins when, and what it ignores. */
class GossipTest {
  private static final long INTERVAL = 3_000;
  private static final long RECOVERY = 7_000;
  private static final long LOOK = 250;
  private static final Failure REFUSED = new Failure(Failure.Kind.REFUSED, "connection refused");

  private final Gossip gossip = new Gossip("me", settings("a", "b"), new SplittableRandom(1));
  private final Map<String, Integer> generations = new HashMap<>();
  private long now = 1_000;

  private static GossipSettings settings(String... peers) {
    Map<String, PeerAddress> addresses = new HashMap<>();
    for (String peer : peers) {
      addresses.put(peer, new PeerAddress(new Address(peer, 7000)));
    }
    return new GossipSettings(addresses, INTERVAL, RECOVERY, 300_000, 60_000);
  }

  /** Notes the generations of new peers. */
  private List<Command> seen(List<Command> commands) {
    for (Command command : commands) {
      if (command instanceof Command.Connect connect) {
        generations.put(connect.peer(), connect.generation());
      }
    }
    return commands;
  }

  private Lane pull(String peer) {
    return new Lane(peer, generations.get(peer), Lane.Kind.PULL);
  }

  private Lane hang(String peer) {
    return new Lane(peer, generations.get(peer), Lane.Kind.HANG);
  }

  private static <C> List<C> only(Class<C> type, List<Command> commands) {
    return commands.stream().filter(type::isInstance).map(type::cast).toList();
  }

  private static Command.Alarm alarm(Command.Alarm.Kind kind, List<Command> commands) {
    return only(Command.Alarm.class, commands).stream()
        .filter(alarm -> alarm.kind() == kind)
        .findAny()
        .orElseThrow();
  }

  /** The peer answers whatever it is asked on the lane; returns what follows. */
  private List<Command> answers(String peer) {
    gossip.answered(pull(peer), Sessions.nothing(), now);
    return gossip.received(pull(peer), Sessions.taken(Sessions.digest(0, 0)), now);
  }

  /** Both peers give back own entries, and are pulled. */
  private void started() {
    seen(gossip.start(now));
    for (String peer : List.of("a", "b")) {
      answers(peer);
      gossip.digest(pull(peer), Sessions.digest(0, 0), now);
      answers(peer);
    }
  }

  @Test
  void aStartingNodeAsksAllPeersForItsOwnEntries() {
    List<Command> commands = seen(gossip.start(now));
    assertThat(only(Command.Connect.class, commands))
        .extracting(Command.Connect::peer)
        .containsExactly("a", "b");
    assertThat(only(Command.Ask.class, commands))
        .containsExactly(
            new Command.Ask(pull("a"), DeltasTarget.of(Digest.of("me", 0)), RECOVERY),
            new Command.Ask(pull("b"), DeltasTarget.of(Digest.of("me", 0)), RECOVERY));
    assertThat(alarm(Command.Alarm.Kind.RECOVERY, commands).millis()).isEqualTo(250);
    assertThat(alarm(Command.Alarm.Kind.ROUND, commands).millis())
        .isBetween(INTERVAL * 9 / 10, INTERVAL * 11 / 10);
  }

  @Test
  void aNodeWithoutPeersHasRecoveredAtOnce() {
    List<Command> commands = new Gossip("me", settings(), new SplittableRandom(1)).start(now);
    assertThat(only(Command.Recovered.class, commands)).hasSize(1);
    assertThat(only(Command.Synchronised.class, commands)).hasSize(1);
    assertThat(only(Command.Alarm.class, commands))
        .extracting(Command.Alarm::kind)
        .containsExactly(Command.Alarm.Kind.ROUND);
  }

  @Test
  void aPeerIsPulledWhenItHasGivenBackOwnEntries() {
    seen(gossip.start(now));
    List<Command> commands = answers("a");
    assertThat(commands).contains(new Command.BeginPull(pull("a")));
    assertThat(only(Command.Recovered.class, commands)).isEmpty();
    assertThat(only(Command.Recovered.class, gossip.failed(pull("b"), REFUSED, now)))
        .extracting(Command.Recovered::progress)
        .containsExactly(new RecoveryProgress(2, 1, 1));
  }

  /** The alarm comes in time again and again: nothing is over. */
  private void looks(Command.Alarm alarm, long millis) {
    for (long end = now + millis; now < end; ) {
      now += LOOK;
      assertThat(only(Command.Synchronised.class, gossip.due(alarm, now))).isEmpty();
    }
  }

  @Test
  void aStartingNodeDoesNotTakeItsOwnPauseForTheSilenceOfItsPeers() {
    Command.Alarm alarm = alarm(Command.Alarm.Kind.RECOVERY, seen(gossip.start(now)));
    looks(alarm, RECOVERY / 2);
    now += 2 * RECOVERY; // the process stood still; the first look after it counts for two
    looks(alarm, RECOVERY / 2 - 2 * LOOK);
    now += LOOK;
    assertThat(only(Command.Synchronised.class, gossip.due(alarm, now))).hasSize(1);
  }

  @Test
  void aStartingNodeAsksPeersThatFailedAgainUntilItIsReady() {
    Command.Alarm alarm = alarm(Command.Alarm.Kind.RECOVERY, seen(gossip.start(now)));
    gossip.failed(pull("a"), Failure.of("no route to host"), now);
    List<Command> again = gossip.due(alarm, now);
    assertThat(only(Command.Ask.class, again))
        .extracting(Command.Ask::lane)
        .as("b is being asked still")
        .containsExactly(pull("a"));
    looks(alarm, RECOVERY - LOOK);
    now += LOOK;
    List<Command> over = gossip.due(alarm, now);
    assertThat(only(Command.Recovered.class, over))
        .extracting(Command.Recovered::how)
        .containsExactly("0 of 2 peers answered in time");
    assertThat(only(Command.Synchronised.class, over)).hasSize(1);
    assertThat(only(Command.Alarm.class, over)).isEmpty();
    assertThat(gossip.due(alarm, now)).isEmpty();
  }

  @Test
  void aPeerThatRefusesDelaysNothingAndIsAskedForOwnEntriesWhenItIsReached() {
    Command.Alarm round = alarm(Command.Alarm.Kind.ROUND, seen(gossip.start(now)));
    gossip.failed(pull("b"), REFUSED, now);
    List<Command> commands = answers("a");
    assertThat(only(Command.Recovered.class, commands)).hasSize(1);
    gossip.digest(pull("a"), Sessions.digest(0, 0), now);
    assertThat(only(Command.Synchronised.class, answers("a"))).hasSize(1);
    List<Command> asked = gossip.due(round, now);
    assertThat(only(Command.Ask.class, asked))
        .as("without a back-off for failures of the start")
        .contains(
            new Command.Ask(pull("b"), DeltasTarget.of(Digest.of("me", 0)), INTERVAL * 19 / 10));
    assertThat(answers("b")).contains(new Command.BeginPull(pull("b")));
  }

  @Test
  void aStartingNodePullsFromOnePeerAfterTheOther() {
    seen(gossip.start(now));
    assertThat(answers("a")).contains(new Command.BeginPull(pull("a")));
    assertThat(only(Command.BeginPull.class, answers("b"))).isEmpty();
    gossip.digest(pull("a"), Sessions.digest(0, 0), now);
    assertThat(only(Command.BeginPull.class, answers("a")))
        .containsExactly(new Command.BeginPull(pull("b")));
  }

  @Test
  void theFastPathBeginsAfterAPullThatWentWell() {
    seen(gossip.start(now));
    answers("a");
    assertThat(gossip.hangs("a")).isFalse();
    gossip.digest(pull("a"), Sessions.digest(0, 0), now);
    assertThat(answers("a"))
        .containsExactly(new Command.Succeeded(pull("a")), new Command.ReadDigest(hang("a")));
    assertThat(gossip.hangs("a")).isTrue();
  }

  @Test
  void aResumedNodeAsksAgainForItsOwnEntriesAndStaysReady() {
    started();
    List<Command> commands = gossip.askAgain(now);
    assertThat(only(Command.Ask.class, commands))
        .extracting(ask -> ask.target().digest())
        .containsExactly(Digest.of("me", 0), Digest.of("me", 0));
    assertThat(only(Command.Recovered.class, commands)).isEmpty();
    assertThat(only(Command.Alarm.class, commands)).isEmpty();
  }

  @Test
  void aRequestOfALifeThatWasNotFetchedMakesThePeerBeAskedSoon() {
    started();
    assertThat(gossip.peerMet(new PeerMet("a", PeerMet.Life.KNOWN))).isEmpty();
    List<Command> commands = gossip.peerMet(new PeerMet("a", PeerMet.Life.NEW));
    Command.Alarm soon = alarm(Command.Alarm.Kind.RETURNED, commands);
    assertThat(gossip.due(soon, now)).containsExactly(new Command.BeginPull(pull("a")));
  }

  @Test
  void aRoundPullsFromThePeerWhoseTurnItIs() {
    Command.Alarm round = alarm(Command.Alarm.Kind.ROUND, seen(gossip.start(now)));
    answers("a");
    gossip.digest(pull("a"), Sessions.digest(0, 0), now);
    answers("a");
    List<Command> commands = gossip.due(round, now);
    assertThat(only(Command.BeginPull.class, commands))
        .as("b is being asked still")
        .containsExactly(new Command.BeginPull(pull("a")));
    assertThat(only(Command.Alarm.class, commands)).hasSize(1);
    assertThat(gossip.due(round, now)).as("replaced").isEmpty();
  }

  /** Returns the next request to a peer in the rounds. */
  private DeltasTarget askedNext(String peer) {
    Command.Alarm round =
        alarm(Command.Alarm.Kind.ROUND, gossip.configure(settings("a", "b"), now));
    for (int rounds = 0; rounds < 100; rounds++) {
      List<Command> commands = gossip.due(round, now);
      round = alarm(Command.Alarm.Kind.ROUND, commands);
      for (Command command : commands) {
        List<Command> asks = command instanceof Command.BeginPull begin
            ? gossip.digest(begin.lane(), Sessions.digest(0, 0), now)
            : List.of(command);
        for (Command.Ask ask : only(Command.Ask.class, asks)) {
          if (ask.lane().equals(pull(peer))) {
            return ask.target();
          }
          answers(ask.lane().peer());
        }
      }
    }
    throw new AssertionError(peer + " is not asked");
  }

  @Test
  void aPeerThatClaimsOwnVersionsOwesThem() {
    started();
    gossip.peerMet(new PeerMet("a", PeerMet.Life.KNOWN, OptionalLong.of(7)));
    gossip.peerMet(new PeerMet("a", PeerMet.Life.KNOWN, OptionalLong.of(9)));
    assertThat(askedNext("a")).isEqualTo(DeltasTarget.of(Digest.of("me", 7)));
    gossip.failed(pull("a"), REFUSED, now);
    now += 60_000;
    assertThat(askedNext("a")).isEqualTo(DeltasTarget.of(Digest.of("me", 7)));
    assertThat(answers("a")).as("paid").contains(new Command.BeginPull(pull("a")));
  }

  @Test
  void aPeerWhoseOwnEntriesAreFromTheFutureIsAskedForThemAgain() {
    Command.Alarm look = alarm(Command.Alarm.Kind.RECOVERY, seen(gossip.start(now)));
    answers("b");
    gossip.answered(pull("a"), Sessions.nothing(), now);
    List<Command> commands =
        gossip.received(pull("a"), Sessions.takenWithoutFuture(Sessions.digest(0, 0)), now);
    assertThat(only(Command.Recovered.class, commands)).isEmpty();
    assertThat(only(Command.Ask.class, gossip.due(look, now + LOOK)))
        .extracting(ask -> ask.target().digest())
        .containsExactly(Digest.of("me", 0));
    assertThat(only(Command.Recovered.class, answers("a"))).hasSize(1);
  }

  @Test
  void pagesOfEntriesFromTheFutureDoNotProlongTheRecovery() {
    Command.Alarm look = alarm(Command.Alarm.Kind.RECOVERY, seen(gossip.start(now)));
    answers("b");
    int recovered = 0;
    for (int looks = 0; looks <= RECOVERY / LOOK; looks++) {
      gossip.answered(pull("a"), Sessions.nothing(), now);
      gossip.received(pull("a"), Sessions.takenWithoutFuture(Sessions.digest(0, 0)), now);
      now += LOOK;
      recovered += only(Command.Recovered.class, gossip.due(look, now)).size();
    }
    assertThat(recovered).isOne();
  }

  @Test
  void aFailingPeerThatReturnsIsPulledSoonAndAHealthyOneIsNot() {
    started();
    PeerMet known = new PeerMet("a", PeerMet.Life.KNOWN);
    assertThat(gossip.peerMet(known)).isEmpty();
    fail("a");
    List<Command> commands = gossip.peerMet(known);
    Command.Alarm returned = alarm(Command.Alarm.Kind.RETURNED, commands);
    assertThat(returned.millis()).isEqualTo(50);
    assertThat(gossip.peerMet(known)).as("one alarm for all").isEmpty();
    assertThat(gossip.due(returned, now)).containsExactly(new Command.BeginPull(pull("a")));
  }

  /** Pulls go round until the one from this peer fails. */
  private void fail(String name) {
    Command.Alarm round =
        alarm(Command.Alarm.Kind.ROUND, gossip.configure(settings("a", "b"), now));
    for (boolean failed = false; !failed; ) {
      List<Command> commands = gossip.due(round, now);
      round = alarm(Command.Alarm.Kind.ROUND, commands);
      String asked = only(Command.BeginPull.class, commands).get(0).lane().peer();
      gossip.digest(pull(asked), Sessions.digest(0, 0), now);
      failed = asked.equals(name);
      if (failed) {
        gossip.failed(pull(name), REFUSED, now);
      } else {
        answers(asked);
      }
    }
  }

  @Test
  void aPauseOfTheFastPathIsCutShortWhenThePeerIsANewProcess() {
    started();
    gossip.failed(hang("a"), REFUSED, now);
    assertThat(gossip.peerMet(new PeerMet("a", PeerMet.Life.KNOWN))).isEmpty();
    assertThat(only(Command.Wait.class, gossip.peerMet(new PeerMet("a", PeerMet.Life.NEW))))
        .extracting(Command.Wait::millis)
        .containsExactly(50L);
  }

  @Test
  void aPauseOfTheFastPathIsCutShortWhenThePullWorksAgain() {
    started();
    gossip.failed(hang("a"), REFUSED, now);
    fail("a");
    now += 60_000;
    List<Command> after = new ArrayList<>();
    Command.Alarm round =
        alarm(Command.Alarm.Kind.ROUND, gossip.configure(settings("a", "b"), now));
    while (only(Command.Wait.class, after).isEmpty()) {
      after.clear();
      List<Command> commands = gossip.due(round, now);
      round = alarm(Command.Alarm.Kind.ROUND, commands);
      for (Command.BeginPull begun : only(Command.BeginPull.class, commands)) {
        gossip.digest(begun.lane(), Sessions.digest(0, 0), now);
        after.addAll(answers(begun.lane().peer()));
      }
    }
    assertThat(only(Command.Wait.class, after))
        .extracting(wait -> wait.lane().peer())
        .containsExactly("a");
  }

  @Test
  void peersThatAreNewOrHaveMovedAreAskedForOwnEntriesAtOnceAndPulledThen() {
    started();
    Map<String, PeerAddress> peers = Map.of(
        "a", new PeerAddress(new Address("elsewhere", 1)),
        "c", new PeerAddress(new Address("c", 1)));
    GossipSettings changed = new GossipSettings(peers, INTERVAL, RECOVERY, 300_000, 60_000);
    Lane before = pull("a");
    List<Command> commands = seen(gossip.configure(changed, now));
    assertThat(only(Command.Disconnect.class, commands))
        .containsExactly(new Command.Disconnect("a"), new Command.Disconnect("b"));
    assertThat(only(Command.Ask.class, commands))
        .extracting(Command.Ask::lane)
        .containsExactly(pull("a"), pull("c"));
    assertThat(answers("c")).contains(new Command.BeginPull(pull("c")));
    assertThat(pull("a")).isNotEqualTo(before);
  }

  @Test
  void eventsOfARemovedPeerAreIgnored() {
    seen(gossip.start(now));
    Lane removed = pull("a");
    assertThat(only(Command.Recovered.class, gossip.failed(pull("b"), REFUSED, now)))
        .isEmpty();
    assertThat(only(Command.Recovered.class, gossip.configure(settings("b"), now)))
        .as("nothing is awaited from a any more")
        .hasSize(1);
    assertThat(gossip.answered(removed, new Answer.V1(new Delta(List.of())), now))
        .isEmpty();
    assertThat(gossip.failed(removed, Failure.of("closed"), now)).isEmpty();
    assertThat(gossip.peerMet(new PeerMet("a", PeerMet.Life.NEW))).isEmpty();
    assertThat(gossip.dialect("a")).isEmpty();
    assertThat(gossip.hangs("a")).isFalse();
  }
}

package io.hera.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.hera.registry.Delta;
import io.hera.registry.Digest;
import io.hera.registry.Key;
import io.hera.registry.OriginDelta;
import io.hera.registry.Refusal;
import io.hera.registry.Registration;
import io.hera.store.PeerIdentities.Introduction;
import io.hera.testkit.Handshakes;
import io.hera.wire.Handshake;
import io.hera.wire.NodeId;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Rule P16: which peers may answer for an origin that is not a member, and when it is asked for. */
class P16OriginsTest {
  private static final Handshake B = Handshakes.of("b", "life-b");

  private final PeerTurnsBed a = new PeerTurnsBed();

  private static Introduction b(Set<String> members, String... held) {
    return Handshakes.introduction("b", B, PeerTurnsBed.AT_B, members, held);
  }

  private Delta departed() {
    Registration entry =
        new Registration(new Key("s", "1"), new byte[] {'{', '}'}, a.wallMillis(), 0, 60_000);
    return new Delta(List.of(new OriginDelta("old", 0, a.wallMillis(), false, List.of(entry))));
  }

  /** Answers as b to a digest that asks for the origin old too. */
  private void receiveDeparted(Introduction introduction) {
    a.receive(introduction, new Digest(Map.of("a", 0L, "b", 0L, "old", 0L)), departed());
  }

  private boolean shows() {
    return a.registry.instance(new Key("s", "1")) != null;
  }

  @Test
  void anOriginThatAPeerHoldsIsAskedForNext() {
    Receipt receipt = a.answered(b(PeerTurnsBed.MEMBERS, "old"), new Delta(List.of()));
    Digest next = ((Receipt.Taken) receipt).next();
    assertThat(next.horizons()).containsOnlyKeys("a", "b", "c", "old").containsEntry("old", 0L);
    receiveDeparted(b(PeerTurnsBed.MEMBERS));
    assertThat(shows()).isTrue();
    assertThat(a.turns.digest("b").horizons()).containsKey("old");
  }

  @Test
  void anOriginThatNobodyHoldsAnyMoreIsNotAskedFor() {
    a.answered(b(PeerTurnsBed.MEMBERS, "old"), new Delta(List.of()));
    assertThat(a.turns.digest("b").horizons()).containsOnlyKeys("a", "b", "c");
  }

  @Test
  void aPeerWithOtherMembersIsNotBelievedAboutDepartedOrigins() {
    Introduction other = b(Set.of("a", "b", "x"), "old");
    Receipt receipt = a.answered(other, new Delta(List.of()));
    assertThat(((Receipt.Taken) receipt).next().horizons()).containsOnlyKeys("a", "b", "c");
    receiveDeparted(other);
    assertThat(shows()).isFalse();
    assertThat(a.registry.stats().refusals()).containsEntry(Refusal.UNKNOWN_ORIGIN, 1L);
  }

  @Test
  void aPeerOfVersion10IsNotBelievedAboutDepartedOrigins() {
    receiveDeparted(
        new Introduction("b", B, PeerTurnsBed.AT_B, Introduction.Exchange.PULL, "", Set.of("old")));
    assertThat(shows()).isFalse();
  }

  @Test
  void onlyOriginsThatWereAskedForAreTaken() {
    a.receive(b(PeerTurnsBed.MEMBERS), Digest.of("b", 0), departed());
    assertThat(shows()).isFalse();
  }

  @Test
  void theNameOfTheClusterDecidesWhereThereIsOne() {
    OwnHandshake eu = Handshakes.own(new NodeId("a", "life-a"), "eu", PeerTurnsBed.MEMBERS);
    PeerIdentities identities = new PeerIdentities(eu);
    assertThat(identities.ofThisCluster(of("eu", Set.of("a", "b")))).isTrue();
    assertThat(identities.ofThisCluster(of("", PeerTurnsBed.MEMBERS))).isFalse();
    assertThat(identities.ofThisCluster(of("us", PeerTurnsBed.MEMBERS))).isFalse();
    PeerIdentities unnamed = new PeerIdentities(a.self);
    assertThat(unnamed.ofThisCluster(of("eu", PeerTurnsBed.MEMBERS))).isFalse();
    assertThat(unnamed.ofThisCluster(of("", PeerTurnsBed.MEMBERS))).isTrue();
  }

  private static Introduction of(String cluster, Set<String> members) {
    Handshake says = new Handshake(new NodeId("b", "life-b"), 1, cluster, Set.of(), "");
    return Handshakes.introduction("b", says, PeerTurnsBed.AT_B, members);
  }

  @Test
  void namesThatAreNotThoseOfNodesAreLeftOut() {
    Receipt receipt = a.answered(b(PeerTurnsBed.MEMBERS, "_wait", "", "x;y"), new Delta(List.of()));
    assertThat(((Receipt.Taken) receipt).next().horizons()).containsOnlyKeys("a", "b", "c");
  }

  @Test
  void aDigestIsBoundedHoweverManyOriginsAPeerNames() {
    String[] many = IntStream.range(0, 1_000).mapToObj(i -> "old-" + i).toArray(String[]::new);
    Receipt receipt = a.answered(b(PeerTurnsBed.MEMBERS, many), new Delta(List.of()));
    assertThat(((Receipt.Taken) receipt).next().horizons()).hasSize(1_000).containsKeys("b", "c");
    String[] long255 = IntStream.range(0, 900)
        .mapToObj(i -> "%03d".formatted(i) + "x".repeat(252))
        .toArray(String[]::new);
    Receipt longer = a.answered(b(PeerTurnsBed.MEMBERS, long255), new Delta(List.of()));
    assertThat(((Receipt.Taken) longer).next().horizons()).hasSizeBetween(50, 100);
  }
}

package io.hera.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.hera.store.PeerIdentities.Introduction;
import io.hera.testkit.Handshakes;
import io.hera.wire.NodeId;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Rule P9, lives, and the failures that it prevents. */
class P09PeerIdentitiesTest {
  private final PeerIdentities lives =
      new PeerIdentities(Handshakes.own(new NodeId("a", "life-a"), Set.of("a", "b")));

  private Optional<String> meet(String expected, String name, String life, long millis) {
    return lives.conflict(
        new Introduction(expected, Handshakes.of(name, life), "10.0.0.9:1"), millis);
  }

  @Test
  void aRestartIsNoConflict() {
    assertThat(meet("b", "b", "one", 0)).isEmpty();
    assertThat(meet("b", "b", "two", 1_000)).isEmpty();
    assertThat(meet("b", "b", "three", 2_000)).isEmpty();
    assertThat(lives.refused()).isZero();
  }

  @Test
  void aLifeThatComesBackGivesTwoProcessesAway() {
    meet("b", "b", "one", 0);
    lives.conflict(new Introduction("b", Handshakes.of("b", "two"), "10.0.0.8:1"), 1_000);
    assertThat(meet("b", "b", "one", 2_000))
        .get()
        .asString()
        .contains("life two at 10.0.0.8:1", "life one at 10.0.0.9:1");
    assertThat(lives.conflicts()).containsOnlyKeys("b");
  }

  @Test
  void bothAreRefusedUntilOneHasBeenQuiet() {
    meet("b", "b", "one", 0);
    meet("b", "b", "two", 0);
    meet("b", "b", "one", 0);
    assertThat(meet("b", "b", "one", 29_999)).isPresent();
    assertThat(meet("b", "b", "two", 29_999)).isPresent();
    assertThat(meet("b", "b", "two", 59_998)).isPresent();
    assertThat(meet("b", "b", "two", 59_999)).isEmpty();
    assertThat(lives.conflicts()).isEmpty();
    assertThat(lives.refused()).isEqualTo(4);
  }

  @Test
  void anotherProcessUnderTheOwnNameIsRefused() {
    assertThat(meet("a", "a", "another", 0)).get().asString().contains("10.0.0.9:1");
  }

  @Test
  void anAddressThatLeadsBackHereIsRefused() {
    assertThat(meet("b", "a", "life-a", 0)).get().asString().contains("leads back");
  }

  @Test
  void anAddressWhereSomebodyElseAnswersIsRefused() {
    assertThat(meet("b", "c", "one", 0))
        .get()
        .asString()
        .contains("configured as b", "says that it is c");
    assertThat(meet("b", "b", "one", 0)).isEmpty();
  }

  @Test
  void aLifeIsKnownOnceMetUntilAnotherOneIs() {
    assertThat(lives.knows("b", "one")).isFalse();
    meet("b", "b", "one", 0);
    assertThat(lives.knows("b", "one")).isTrue();
    meet("b", "b", "two", 0);
    assertThat(lives.knows("b", "one")).isFalse();
  }
}

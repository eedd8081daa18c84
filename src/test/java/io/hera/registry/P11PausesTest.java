package io.hera.registry;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Rule P11, pauses, and the failures that it prevents. */
class P11PausesTest extends ThreeNodes {
  @Test
  void aPauseExtendsTheLifeOfOwnEntries() {
    a.put("s/1", "{}", 10_000);
    a.pause(20_000);
    assertThat(a.get("s/1")).isNotNull();
    a.advance(9_500);
    assertThat(a.get("s/1")).isNotNull();
    a.advance(2_000);
    assertThat(a.get("s/1")).isNull();
  }

  @Test
  void entriesOfAnotherNodeAreKeptUntilAPullFromItHasEndedWell() {
    a.put("s/1", "{}", 10_000);
    b.pull(a);
    a.advance(20_000);
    b.pause(20_000);
    b.advance(5_000);
    assertThat(b.get("s/1")).isNotNull();
    b.pull(a);
    b.advance(2_000);
    assertThat(b.get("s/1")).isNull();
  }

  @Test
  void aPullFromAnotherNodeDoesNotEndTheHold() {
    a.put("s/1", "{}", 10_000);
    b.pull(a);
    a.advance(1_000);
    a.put("s/2", "{}");
    c.pull(a);
    c.advance(20_000);
    b.pause(20_000);
    b.pull(c);
    b.advance(2_000);
    assertThat(b.service("s"))
        .as("c has not heard from a since the pause either")
        .containsOnlyKeys("1", "2");
  }

  @Test
  void aRelayThatHasWritesFromAfterThePauseEndsTheHold() {
    a.put("s/1", "{}", 10_000);
    b.pull(a);
    a.advance(20_000);
    c.advance(20_000);
    b.pause(20_000);
    a.advance(1_000);
    b.advance(1_000);
    a.put("s/2", "{}");
    c.pull(a);
    b.pull(c);
    b.advance(2_000);
    assertThat(b.service("s")).containsOnlyKeys("2");
  }

  @Test
  void aPullThatBeganBeforeThePauseDoesNotEndTheHold() {
    a.put("s/1", "{}", 10_000);
    b.pull(a);
    b.registry().digest("a");
    b.pause(20_000);
    b.registry().pulled("a");
    b.advance(2_000);
    assertThat(b.get("s/1")).isNotNull();
  }

  @Test
  void withoutAPullEntriesOfOthersExpireAfterOneMoreLiveness() {
    a.put("s/1", "{}", 10_000);
    b.pull(a);
    b.pause(20_000);
    b.advance(LIVENESS - 250);
    assertThat(b.get("s/1")).isNotNull();
    b.advance(2_000);
    assertThat(b.get("s/1")).isNull();
  }
}

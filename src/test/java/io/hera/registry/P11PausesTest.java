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
  void entriesOfOthersAreKeptUntilAPullHasEndedWell() {
    a.put("s/1", "{}", 10_000);
    b.pull(a);
    a.advance(20_000);
    b.pause(20_000);
    b.advance(5_000);
    assertThat(b.get("s/1")).isNotNull();
    b.pull(c);
    b.advance(2_000);
    assertThat(b.get("s/1")).isNull();
  }

  @Test
  void aPullThatBeganBeforeThePauseDoesNotEndTheHold() {
    a.put("s/1", "{}", 10_000);
    b.pull(a);
    b.registry().digest();
    b.pause(20_000);
    b.registry().pulled();
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

package io.hera.registry;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Rule P4, own clock reset, and the failures that it prevents. */
class P04OwnClockResetTest extends ThreeNodes {
  @Test
  void aClockThatWasAYearAheadLosesNoEntryWhenItIsCorrected() {
    b.pull(c);
    a.clocks.step(365L * 86_400_000);
    a.put("s/1", "{\"n\":1}");
    a.put("s/2", "{\"n\":2}");
    b.pull(a);
    assertThat(b.view()).isEmpty();
    a.clocks.step(-365L * 86_400_000);
    b.pull(a);
    assertThat(b.view()).isEqualTo(a.view()).hasSize(2);
    assertThat(a.horizon("a")).isBetween(NOW, NOW + 10);
  }

  @Test
  void aHiddenEntryDoesNotReappearWithANewVersion() {
    a.put("s/1", "{\"of\":\"a\"}");
    b.pull(a);
    b.delete("s/1");
    give(a, "b", 0, b.horizon("b"), b.entries("b").toArray(Entry[]::new));
    a.clocks.step(1_000_000);
    a.put("s/2", "{}");
    a.clocks.step(-1_000_000);
    a.advance(250);
    assertThat(a.view()).containsOnlyKeys("s/2");
    b.pull(a);
    assertThat(b.view()).containsOnlyKeys("s/2");
  }

  @Test
  void ownEntriesAreNotRestampedAboveEntriesFromTheFuture() {
    give(a, "b", 0, NOW, entry("s/1", "{\"of\":\"b\"}", NOW));
    a.put("s/1", "{\"of\":\"a\"}");
    a.clocks.step(-365L * 86_400_000);
    assertThat(a.version("a", "s/1")).isBetween(a.clocks.millis(), a.clocks.millis() + 10);
  }

  @Test
  void aRecoveringNodeKeepsTheVersionsOfItsFormerLife() {
    a.wipe();
    give(a, "a", 0, NOW, entry("s/1", "{}", NOW));
    a.clocks.step(-1_000_000);
    a.advance(250);
    a.registry().recovered();
    assertThat(new Inspection(a.registry()).entries("a"))
        .extracting(Inspection.StoredEntry::version)
        .containsExactly(NOW);
    a.advance(250);
    assertThat(a.version("a", "s/1")).isLessThan(NOW);
  }

  @Test
  void aClockAheadWithinTheBoundIsNotReset() {
    a.clocks.step(SKEW);
    a.put("s/1", "{}");
    a.clocks.step(-SKEW);
    a.advance(250);
    assertThat(a.version("a", "s/1")).isEqualTo(NOW + SKEW);
  }
}

package io.hera.registry;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Rule P1, sealed tick, and the failures that it prevents. */
class P01SealedTickTest extends ThreeNodes {
  @Test
  void writesBetweenTwoAnswersShareAMillisecond() {
    a.put("s/1", "{}");
    a.put("s/2", "{}");
    assertThat(a.entries("a")).extracting(Entry::version).containsExactly(NOW, NOW);
  }

  @Test
  void aWriteAfterAnAnswerGetsALargerVersion() {
    a.put("s/1", "{}");
    b.pull(a);
    a.put("s/2", "{}");
    b.pull(a);
    assertThat(b.service("s")).containsOnlyKeys("1", "2");
    assertThat(a.version("a", "s/2")).isEqualTo(NOW + 1);
  }

  @Test
  void anEmptyAnswerSealsItsBound() {
    a.put("s/1", "{}");
    assertThat(a.answer("a", NOW)).isEmpty();
    a.put("s/2", "{}");
    assertThat(a.answer("a", NOW)).singleElement().extracting(OriginDelta::to).isEqualTo(NOW + 1);
  }

  @Test
  void aVersionIsNeverBelowTheLastOneIssued() {
    a.put("s/1", "{}");
    a.clocks.step(-5_000);
    a.put("s/2", "{}");
    assertThat(a.version("a", "s/2")).isEqualTo(NOW);
  }

  @Test
  void aWriteGetsAVersionAboveThatOfTheWinner() {
    give(a, "b", 0, NOW + 5_000, entry("s/1", "{\"of\":\"b\"}", NOW + 5_000));
    a.put("s/1", "{\"of\":\"a\"}");
    assertThat(a.get("s/1")).isEqualTo("{\"of\":\"a\"}");
    assertThat(a.version("a", "s/1")).isEqualTo(NOW + 5_001);
  }

  @Test
  void aMillionWritesToOneKeyDoNotMoveTheClock() {
    for (int i = 0; i < 1_000_000; i++) {
      a.put("s/1", "{\"n\":1}");
    }
    assertThat(a.version("a", "s/1")).isEqualTo(NOW);
  }

  @Test
  void eachAnswerMovesTheClockByOneMillisecond() {
    for (int i = 0; i < 100; i++) {
      a.put("s/" + i, "{}");
      a.put("s/x" + i, "{}");
      a.answer("a", 0);
    }
    assertThat(a.horizon("a")).isEqualTo(NOW + 99);
  }

  @Test
  void aTieOfManySmallInstancesFitsInAPage() {
    for (int i = 0; i < 50_000; i++) {
      a.put("s/" + i, "{}");
    }
    OriginDelta page = a.answer("a", 0).get(0);
    assertThat(page.entries().size() * 52L).isLessThan((1 << 20) + HybridClock.TIE_BYTES_MAX);
    assertThat(a.horizon("a")).isBetween(NOW + 1, NOW + 20);
    b.pull(a);
    assertThat(b.view()).hasSize(50_000);
  }
}

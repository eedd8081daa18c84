package io.hera.registry;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Rule P8, floor and reset, and the failures that it prevents. */
class P08FloorAndResetTest extends ThreeNodes {
  private void forgetEverything(long clockStep) {
    a.put("s/old", "{}");
    a.put("s/1", "{\"life\":1}");
    b.pull(a);
    a.wipe();
    a.registry().recovered();
    a.clocks.step(clockStep);
    a.put("s/1", "{\"life\":2}");
  }

  private OriginDelta claim(String member, long seen) {
    return a.registry()
        .delta(Asker.member(member), Digest.of("a", seen), Dialect.V2, a.pageBytesMax)
        .origins()
        .get(0);
  }

  private long claims(Claim claim) {
    return a.registry().stats().claims().getOrDefault(claim, 0L);
  }

  @Test
  void aMemberThatHasSeenLaterVersionsGetsAllEntriesAtTheirVersions() {
    forgetEverything(-20_000);
    OriginDelta part = claim("b", NOW);
    assertThat(part.reset()).isTrue();
    assertThat(part.from()).isZero();
    assertThat(part.to()).isEqualTo(NOW);
    assertThat(part.entries()).extracting(Entry::version).containsExactly(NOW - 20_000);
    assertThat(claims(Claim.MEMBER)).isOne();
  }

  @Test
  void laterWritesGetVersionsAboveAClaim() {
    forgetEverything(-20_000);
    claim("b", NOW);
    a.put("s/2", "{}");
    assertThat(a.version("a", "s/2")).isEqualTo(NOW + 1);
  }

  @Test
  void aStrangerRaisesTheClockAndCausesNothingElse() {
    a.put("s/1", "{}");
    for (int request = 1; request <= 1_000; request++) {
      assertThat(a.answer("a", NOW + request)).isEmpty();
      a.advance(1);
    }
    assertThat(a.version("a", "s/1")).isEqualTo(NOW);
    assertThat(claims(Claim.STRANGER)).isEqualTo(1_000);
    a.put("s/2", "{}");
    assertThat(a.version("a", "s/2")).isGreaterThan(NOW + 1_000);
  }

  @Test
  void aMembersClaimWithoutAnEntryRestampsNothing() {
    a.put("s/1", "{}");
    claim("b", NOW + 1_000);
    a.advance(10_000);
    assertThat(a.version("a", "s/1")).isEqualTo(NOW);
  }

  @Test
  void ownEntriesAreRestampedAboveAnEntryThatComesBack() {
    forgetEverything(-20_000);
    claim("b", NOW);
    give(a, "a", NOW - 20_000, NOW, entry("s/1", "{\"life\":1}", NOW));
    a.advance(250);
    assertThat(a.version("a", "s/1")).isGreaterThan(NOW);
    assertThat(a.get("s/1")).isEqualTo("{\"life\":2}");
  }

  @Test
  void anEntryOfAKeyOfWhichThisLifeKnowsNothingIsAdopted() {
    forgetEverything(-20_000);
    claim("b", NOW);
    a.put("s/2", "{}");
    give(a, "a", NOW - 20_000, NOW, entry("s/old", "{}", NOW));
    assertThat(a.get("s/old")).isEqualTo("{}");
  }

  @Test
  void entriesAreRestampedAtMostOnceInFiveSeconds() {
    forgetEverything(-20_000);
    claim("b", NOW);
    give(a, "a", NOW - 20_000, NOW, entry("s/1", "{\"life\":1}", NOW));
    a.advance(250);
    long restamped = a.version("a", "s/1");
    claim("b", NOW + 1_000);
    give(a, "a", NOW, NOW + 1_000, entry("s/1", "{\"life\":0}", NOW + 1_000));
    a.advance(4_000);
    assertThat(a.version("a", "s/1")).isEqualTo(restamped);
    a.advance(1_500);
    assertThat(a.version("a", "s/1")).isGreaterThan(NOW + 1_000);
  }

  @Test
  void aClaimAboutTheFutureWaitsOrIsIgnored() {
    a.put("s/1", "{}");
    assertThat(a.answer("a", NOW + SKEW / 2 + 1)).isEmpty();
    assertThat(a.answer("a", Long.MAX_VALUE)).isEmpty();
    assertThat(claims(Claim.EARLY)).isOne();
    assertThat(claims(Claim.FUTURE)).isOne();
    assertThat(a.horizon("a")).isEqualTo(NOW);
    a.advance(1_000);
    assertThat(claim("b", NOW + SKEW / 2 + 1).reset()).isTrue();
  }

  @Test
  void aNodeThatLearnsOfItsFormerLifeByPullingRestampsItsEntries() {
    forgetEverything(-20_000);
    a.pull(b);
    a.advance(250);
    b.advance(250);
    b.pull(a);
    assertThat(b.get("s/1")).isEqualTo("{\"life\":2}");
    assertThat(a.get("s/1")).isEqualTo("{\"life\":2}");
  }

  @Test
  void aHiddenEntryIsNotRestamped() {
    a.put("s/2", "{}");
    b.pull(a);
    b.delete("s/2");
    a.pull(b);
    claim("b", NOW + 1_000);
    assertThat(a.view()).isEmpty();
  }
}

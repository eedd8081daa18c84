package io.hera.registry;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** The rules of PROTOCOL.md that live in the core, each with what goes wrong without it. */
class RulesTest {
  private static final long NOW = Clocks.EPOCH;
  private static final long SKEW = Bounds.DEFAULT.maxSkewMillis();
  private static final long LIVENESS = Bounds.DEFAULT.livenessMillis();

  private final TestNode a = TestNode.alone("a");
  private final TestNode b = TestNode.alone("b");
  private final TestNode c = TestNode.alone("c");

  private static Registration entry(String path, String document, long version) {
    return entry(path, document, version, 0, LIVENESS);
  }

  private static Registration entry(
      String path, String document, long version, long ageMillis, long ttlMillis) {
    byte[] bytes = document.getBytes(StandardCharsets.UTF_8);
    return new Registration(TestNode.key(path), bytes, version, ageMillis, ttlMillis);
  }

  private static Merged give(TestNode node, String origin, long from, long to, Entry... entries) {
    return node.registry()
        .merge(new Delta(List.of(new OriginDelta(origin, from, to, false, List.of(entries)))));
  }

  private void advanceAll(long millis) {
    List.of(a, b, c).forEach(node -> node.advance(millis));
  }

  @Nested
  class P1SealedTick {
    @Test
    void writesBetweenTwoAnswersShareAMillisecond() {
      a.put("s/1", "{}");
      a.put("s/2", "{}");
      assertThat(a.entries("a")).extracting(Entry::version).containsExactly(NOW, NOW);
    }

    @Test
    void aWriteAfterAnAnswerIsAboveIt() {
      a.put("s/1", "{}");
      b.pull(a);
      a.put("s/2", "{}");
      b.pull(a);
      assertThat(b.service("s")).containsOnlyKeys("1", "2");
      assertThat(a.version("a", "s/2")).isEqualTo(NOW + 1);
    }

    @Test
    void anEmptyAnswerSealsToo() {
      a.put("s/1", "{}");
      assertThat(a.answer("a", NOW)).isEmpty();
      a.put("s/2", "{}");
      assertThat(a.answer("a", NOW)).singleElement().extracting(OriginDelta::to).isEqualTo(NOW + 1);
    }

    @Test
    void aVersionIsNeverBelowTheLast() {
      a.put("s/1", "{}");
      a.clocks.step(-5_000);
      a.put("s/2", "{}");
      assertThat(a.version("a", "s/2")).isEqualTo(NOW);
    }

    @Test
    void aWriteIsAboveTheVersionShown() {
      give(a, "b", 0, NOW + 5_000, entry("s/1", "{\"of\":\"b\"}", NOW + 5_000));
      a.put("s/1", "{\"of\":\"a\"}");
      assertThat(a.get("s/1")).isEqualTo("{\"of\":\"a\"}");
      assertThat(a.version("a", "s/1")).isEqualTo(NOW + 5_001);
    }

    @Test
    void hammeringOneKeyDoesNotPushTheClockAhead() {
      for (int i = 0; i < 1_000_000; i++) {
        a.put("s/1", "{\"n\":1}");
      }
      assertThat(a.version("a", "s/1")).isEqualTo(NOW);
    }

    @Test
    void answersPushTheClockByOneMillisecondEach() {
      for (int i = 0; i < 100; i++) {
        a.put("s/" + i, "{}");
        a.put("s/x" + i, "{}");
        a.answer("a", 0);
      }
      assertThat(a.horizon("a")).isEqualTo(NOW + 99);
    }

    @Test
    void aTieOfManySmallInstancesFitsAPage() {
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

  @Nested
  class P2TotalOrder {
    private final Registration low = entry("s/1", "{\"n\":1}", NOW);
    private final Registration high = entry("s/1", "{\"n\":2}", NOW);

    @Test
    void theLaterVersionWinsInEitherOrder() {
      give(a, "b", 0, NOW, low);
      give(a, "c", 0, NOW - 1, entry("s/1", "{\"n\":9}", NOW - 1));
      assertThat(a.get("s/1")).isEqualTo("{\"n\":1}");
    }

    @Test
    void atEqualVersionsTheLargerOriginWins() {
      give(a, "c", 0, NOW, low);
      give(a, "b", 0, NOW, high);
      assertThat(a.get("s/1")).isEqualTo("{\"n\":1}");
      TestNode other = TestNode.alone("a");
      give(other, "b", 0, NOW, high);
      give(other, "c", 0, NOW, low);
      assertThat(other.get("s/1")).isEqualTo("{\"n\":1}");
    }

    @Test
    void ofOneOriginTheLargerBytesWinWhateverComesFirst() {
      give(a, "c", 0, NOW, low, high);
      give(b, "c", 0, NOW, high, low);
      assertThat(a.get("s/1")).isEqualTo("{\"n\":2}").isEqualTo(b.get("s/1"));
    }

    @Test
    void aTombstoneBeatsARegistrationOfItsVersion() {
      Tombstone gone = new Tombstone(TestNode.key("s/1"), NOW, 0);
      give(a, "c", 0, NOW, low, gone);
      give(b, "c", 0, NOW, gone, low);
      assertThat(a.get("s/1")).isNull();
      assertThat(b.get("s/1")).isNull();
    }
  }

  @Nested
  class P3BoundedFuture {
    @Test
    void theBoundItselfIsAccepted() {
      Merged merged = give(a, "b", 0, NOW + SKEW, entry("s/1", "{}", NOW + SKEW));
      assertThat(merged.applied()).isOne();
      assertThat(a.horizon("b")).isEqualTo(NOW + SKEW);
    }

    @Test
    void whatIsBeyondIsNotAppliedAndMovesNoHorizon() {
      long year = NOW + 365L * 86_400_000;
      Merged merged = give(a, "b", 0, year, entry("s/1", "{}", NOW - 5), entry("s/2", "{}", year));
      assertThat(merged).isEqualTo(new Merged(1, 0, 0, 1));
      assertThat(a.horizon("b")).isEqualTo(NOW - 5);
      assertThat(a.answer("b", 0)).extracting(OriginDelta::to).containsExactly(NOW - 5);
    }

    @Test
    void anEmptyClaimOnTheFutureMovesNoHorizon() {
      give(a, "b", 0, NOW, entry("s/1", "{}", NOW));
      give(a, "b", NOW, NOW + SKEW + 1);
      assertThat(a.horizon("b")).isEqualTo(NOW);
      assertThat(a.refused(Refusal.FUTURE_VERSION)).isOne();
    }

    @Test
    void whatWasAcceptedWithAWrongClockGoesWhenItIsPutRight() {
      a.clocks.step(1_000_000);
      give(a, "b", 0, NOW + 900_000, entry("s/1", "{}", NOW), entry("s/2", "{}", NOW + 900_000));
      a.clocks.step(-1_000_000);
      a.advance(250);
      assertThat(a.service("s")).containsOnlyKeys("1");
      assertThat(a.horizon("b")).isZero();
    }
  }

  @Nested
  class P4OwnClockReset {
    @Test
    void aClockAYearAheadAndCorrectedLosesNothing() {
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
    void aWordThatAnotherHidesDoesNotComeBackWithANewVersion() {
      a.put("s/1", "{\"of\":\"a\"}");
      b.pull(a);
      b.delete("s/1");
      a.pull(b);
      a.clocks.step(1_000_000);
      a.put("s/2", "{}");
      a.clocks.step(-1_000_000);
      a.advance(250);
      assertThat(a.view()).containsOnlyKeys("s/2");
      b.pull(a);
      assertThat(b.view()).containsOnlyKeys("s/2");
    }

    @Test
    void aClockAheadWithinTheBoundIsLeftAlone() {
      a.clocks.step(SKEW);
      a.put("s/1", "{}");
      a.clocks.step(-SKEW);
      a.advance(250);
      assertThat(a.version("a", "s/1")).isEqualTo(NOW + SKEW);
    }
  }

  @Nested
  class P5Contiguity {
    @Test
    void aPageWithAGapIsRefusedWhole() {
      Merged merged = give(a, "b", NOW - 10, NOW, entry("s/1", "{}", NOW));
      assertThat(merged.refused()).isOne();
      assertThat(a.view()).isEmpty();
      assertThat(a.horizon("b")).isZero();
      assertThat(a.refused(Refusal.GAP)).isOne();
    }

    @Test
    void pagesOfAnySizeEndWithEverything() {
      for (int i = 0; i < 40; i++) {
        a.put("s/" + i, "{}");
        if (i % 3 == 0) {
          a.answer("a", 0);
        }
      }
      a.pageBytesMax = 0;
      assertThat(b.pull(a)).isEqualTo(14);
      assertThat(b.view()).hasSize(40);
    }

    @Test
    void aNodeAnswersForOthersUpToItsHorizonOnly() {
      b.configure(Set.of("a", "b", "c"), capped(1));
      give(b, "a", 0, NOW, entry("s/1", "{}", NOW - 2), entry("s/2", "{}", NOW - 1));
      give(b, "a", NOW - 1, NOW, entry("s/1", "{\"n\":2}", NOW));
      assertThat(b.horizon("a")).isEqualTo(NOW - 2);
      assertThat(b.answer("a", 0)).singleElement().satisfies(part -> {
        assertThat(part.to()).isEqualTo(NOW - 2);
        assertThat(part.entries()).isEmpty();
      });
    }

    @Test
    void whatWasRefusedIsAskedForAgainAndTheRestOfThePullGoesOn() {
      b.configure(Set.of("a", "b", "c"), capped(1));
      a.put("s/1", "{}");
      a.answer("a", 0);
      a.put("s/2", "{}");
      a.answer("a", 0);
      b.pull(a);
      a.put("s/1", "{\"n\":2}");
      b.pull(a);
      assertThat(b.view()).isEqualTo(Map.of("s/1", "{\"n\":2}"));
      b.configure(Set.of("a", "b", "c"), Bounds.DEFAULT);
      b.pull(a);
      assertThat(b.view()).isEqualTo(a.view());
      assertThat(b.horizon("a")).isEqualTo(a.horizon("a"));
    }

    @Test
    void originsOutsideTheClusterAreNeitherTakenNorAnsweredFor() {
      assertThat(give(a, "x", 0, NOW, entry("s/1", "{}", NOW)).refused()).isOne();
      assertThat(a.answer("x", 0)).isEmpty();
      assertThat(a.refused(Refusal.UNKNOWN_ORIGIN)).isOne();
    }
  }

  @Nested
  class P6Overlap {
    @Test
    void deliveringAgainChangesNothing() {
      a.put("s/1", "{}");
      a.delete("s/2");
      Delta delta = new Delta(a.answer("a", 0));
      b.registry().merge(delta);
      b.advance(1_000);
      Merged again = b.registry().merge(delta);
      assertThat(again).isEqualTo(new Merged(0, 2, 0, 0));
      assertThat(b.changes).hasSize(1);
    }
  }

  @Nested
  class P7Recovery {
    @Test
    void aRecoveringNodeServesReadsAndRefusesWrites() {
      a.put("s/1", "{}");
      b.pull(a);
      b.wipe();
      b.pull(a);
      assertThat(b.get("s/1")).isNotNull();
      assertThat(b.put("s/2", "{}")).isEqualTo(Outcome.RECOVERING);
      assertThat(b.renew("s/1")).isEqualTo(Outcome.RECOVERING);
      assertThat(b.delete("s/1")).isEqualTo(Outcome.RECOVERING);
      assertThat(b.answer("b", 0)).isEmpty();
    }

    @Test
    void aRecoveringNodeHasNothingToSayOfItself() {
      a.put("s/1", "{}");
      b.pull(a);
      a.wipe();
      a.pull(b);
      assertThat(a.answer("a", 0)).isEmpty();
      a.registry().recovered();
      assertThat(a.answer("a", 0)).hasSize(1);
    }

    @Test
    void itTakesBackItsEntriesWithTheirAges() {
      a.put("s/1", "{\"n\":1}", 10_000);
      advanceAll(4_000);
      b.pull(a);
      a.wipe();
      a.pull(b);
      a.registry().recovered();
      assertThat(a.get("s/1")).isEqualTo("{\"n\":1}");
      a.advance(5_500);
      assertThat(a.get("s/1")).isNotNull();
      a.advance(1_500);
      assertThat(a.get("s/1")).isNull();
    }

    @Test
    void itNeverIssuesAVersionThatItsFormerLifeHasIssued() {
      a.put("s/1", "{\"life\":1}");
      b.pull(a);
      a.wipe();
      a.clocks.step(-20_000);
      a.pull(b);
      a.registry().recovered();
      a.put("s/1", "{\"life\":2}");
      assertThat(a.version("a", "s/1")).isEqualTo(NOW + 1);
      b.pull(a);
      assertThat(b.get("s/1")).isEqualTo("{\"life\":2}");
    }

    @Test
    void everyPullOfARecoveringNodeAsksForItselfAtZero() {
      a.put("s/1", "{}");
      b.pull(a);
      a.wipe();
      a.pull(b);
      assertThat(a.registry().digest().horizons()).containsEntry("a", 0L);
      a.registry().recovered();
      assertThat(a.registry().digest().horizons()).containsEntry("a", NOW);
    }
  }

  @Nested
  class P8FloorAndReset {
    private void forgetEverything(long clockStep) {
      a.put("s/old", "{}");
      a.put("s/1", "{\"life\":1}");
      b.pull(a);
      a.wipe();
      a.registry().recovered();
      a.clocks.step(clockStep);
      a.put("s/1", "{\"life\":2}");
    }

    @Test
    void anAskerWhoHasSeenMoreGetsAllThatIsAliveAboveWhatItHasSeen() {
      forgetEverything(-20_000);
      OriginDelta part = a.answer("a", NOW).get(0);
      assertThat(part.reset()).isTrue();
      assertThat(part.from()).isZero();
      assertThat(part.entries()).extracting(Entry::version).containsExactly(NOW + 1);
      b.pull(a);
      assertThat(b.get("s/1")).isEqualTo("{\"life\":2}");
    }

    @Test
    void manyAskersAreNotEachAReasonToWriteAnewButTheLastIsHeard() {
      forgetEverything(-20_000);
      a.answer("a", NOW - 50);
      a.answer("a", NOW);
      assertThat(a.version("a", "s/1")).isEqualTo(NOW - 49);
      b.pull(a);
      a.advance(5_000);
      b.pull(a);
      assertThat(b.get("s/1")).isEqualTo("{\"life\":2}");
    }

    @Test
    void aClaimOnTheFutureIsIgnoredAndCounted() {
      a.put("s/1", "{}");
      assertThat(a.answer("a", NOW + SKEW / 2 + 1)).isEmpty();
      assertThat(a.answer("a", Long.MAX_VALUE)).isEmpty();
      assertThat(a.refused(Refusal.FUTURE_DIGEST)).isEqualTo(2);
      assertThat(a.horizon("a")).isEqualTo(NOW);
      assertThat(a.answer("a", NOW + SKEW / 2)).hasSize(1);
    }

    @Test
    void whoLearnsOfItsFormerLifeByPullingTellsItsPresentOneAnew() {
      forgetEverything(-20_000);
      a.pull(b);
      a.advance(250);
      b.advance(250);
      b.pull(a);
      assertThat(b.get("s/1")).isEqualTo("{\"life\":2}");
      assertThat(a.get("s/1")).isEqualTo("{\"life\":2}");
    }

    @Test
    void whatIsHiddenIsNotWrittenAnew() {
      a.put("s/2", "{}");
      b.pull(a);
      b.delete("s/2");
      a.pull(b);
      a.answer("a", NOW + 1_000);
      assertThat(a.view()).isEmpty();
    }
  }

  @Nested
  class P10Ages {
    @Test
    void aDeadlineCountsFromAcceptanceWhereverTheEntryIs() {
      a.put("s/1", "{}");
      advanceAll(100_000);
      b.pull(a);
      advanceAll(100_000);
      c.pull(b);
      advanceAll(LIVENESS - 200_250);
      assertThat(List.of(a.view(), b.view(), c.view())).allMatch(view -> view.size() == 1);
      advanceAll(1_000);
      assertThat(List.of(a.view(), b.view(), c.view())).allMatch(Map::isEmpty);
    }

    @Test
    void wallClocksHaveNoSayInDeadlines() {
      a.put("s/1", "{}");
      a.clocks.step(50_000);
      a.advance(LIVENESS - 1);
      assertThat(a.get("s/1")).isNotNull();
      a.clocks.step(-100_000);
      a.advance(1_000);
      assertThat(a.get("s/1")).isNull();
    }

    @Test
    void whatIsPastItsTtlIsNotApplied() {
      Merged merged = give(a, "b", 0, NOW, entry("s/1", "{}", NOW, 5_000, 5_000));
      assertThat(merged.expired()).isOne();
      assertThat(a.view()).isEmpty();
      assertThat(a.horizon("b")).isEqualTo(NOW);
    }

    @Test
    void hostileAgesAndTtlsStayWithinTheLongestTtl() {
      give(a, "b", 0, NOW, entry("s/1", "{}", NOW - 3, Long.MIN_VALUE, Long.MAX_VALUE));
      give(a, "b", 0, NOW, entry("s/2", "{}", NOW - 2, Long.MAX_VALUE, Long.MAX_VALUE));
      give(a, "b", 0, NOW, entry("s/1", "{}", NOW - 1, 0, Long.MIN_VALUE));
      assertThat(a.view()).containsOnlyKeys("s/1");
      Found found = a.registry().find(TestNode.key("s/1"));
      assertThat(found).isNotNull();
      assertThat(found.expiresInMillis()).isEqualTo(Bounds.DEFAULT.ttlMaxMillis());
    }

    @Test
    void whatAnExpiryHidIsNotShownAgain() {
      a.put("s/1", "{\"ttl\":60}", 60_000);
      b.pull(a);
      b.put("s/1", "{\"ttl\":5}", 5_000);
      a.pull(b);
      advanceAll(6_000);
      assertThat(a.view()).isEmpty();
      assertThat(b.view()).isEmpty();
      advanceAll(56_000);
      assertThat(a.view()).isEmpty();
    }

    @Test
    void aShortenedLifeIsToldAlsoToThoseWhoMissedIt() {
      a.put("s/1", "{\"ttl\":60}", 60_000);
      b.pull(a);
      c.pull(a);
      a.put("s/1", "{\"ttl\":5}", 5_000);
      c.pull(a);
      advanceAll(6_000);
      b.pull(c);
      assertThat(b.view()).isEmpty();
    }

    @Test
    void soItIsWhenTheTombstoneLiesBetween() {
      a.put("s/1", "{\"ttl\":60}", 60_000);
      b.pull(a);
      a.delete("s/1");
      a.put("s/1", "{\"ttl\":5}", 5_000);
      advanceAll(6_000);
      b.pull(a);
      assertThat(b.view()).isEmpty();
    }

    @Test
    void whatIsOverButNotYetPurgedIsNotClaimedInSilence() {
      a.put("s/1", "{\"ttl\":60}", 60_000);
      b.pull(a);
      a.put("s/1", "{\"ttl\":1}", 1_000);
      a.clocks.pass(1_000);
      b.clocks.pass(1_000);
      b.pull(a);
      assertThat(b.view()).isEmpty();
    }
  }

  @Nested
  class P11Pauses {
    @Test
    void aPauseIsAddedToTheLifeOfOwnEntries() {
      a.put("s/1", "{}", 10_000);
      a.pause(20_000);
      assertThat(a.get("s/1")).isNotNull();
      a.advance(9_500);
      assertThat(a.get("s/1")).isNotNull();
      a.advance(2_000);
      assertThat(a.get("s/1")).isNull();
    }

    @Test
    void othersEntriesAreKeptUntilOnePullHasGoneWell() {
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
    void aPullThatBeganBeforeThePauseDoesNotCount() {
      a.put("s/1", "{}", 10_000);
      b.pull(a);
      b.registry().digest();
      b.pause(20_000);
      b.registry().pulled();
      b.advance(2_000);
      assertThat(b.get("s/1")).isNotNull();
    }

    @Test
    void withoutAnyPullTheyGoAfterOneLivenessMore() {
      a.put("s/1", "{}", 10_000);
      b.pull(a);
      b.pause(20_000);
      b.advance(LIVENESS - 250);
      assertThat(b.get("s/1")).isNotNull();
      b.advance(2_000);
      assertThat(b.get("s/1")).isNull();
    }
  }

  @Nested
  class P12Tombstones {
    @Test
    void aTombstoneHidesOlderRegistrations() {
      a.put("s/1", "{}");
      b.pull(a);
      b.delete("s/1");
      a.pull(b);
      c.pull(a);
      assertThat(List.of(a.view(), b.view(), c.view())).allMatch(Map::isEmpty);
      a.put("s/1", "{\"n\":2}");
      b.pull(a);
      assertThat(b.get("s/1")).isEqualTo("{\"n\":2}");
    }

    @Test
    void itHidesWhatIsStillOnItsWay() {
      a.put("s/1", "{}");
      b.advance(10);
      b.delete("s/1");
      b.pull(a);
      assertThat(b.view()).isEmpty();
    }

    @Test
    void itIsAboveAVersionOfAFasterClock() {
      a.clocks.step(30_000);
      a.put("s/1", "{}");
      b.pull(a);
      b.delete("s/1");
      assertThat(b.version("b", "s/1")).isEqualTo(NOW + 30_001);
    }

    @Test
    void itIsKeptForTwiceTheLongestTtl() {
      TestNode node = new TestNode("a", Set.of("a"), short10(), new Clocks());
      node.put("s/1", "{}");
      node.delete("s/1");
      node.advance(19_750);
      assertThat(node.entries("a")).hasSize(1);
      node.advance(1_000);
      assertThat(node.entries("a")).isEmpty();
      assertThat(node.registry().stats().tombstones()).isZero();
      assertThat(node.registry().stats().bytes()).isZero();
    }

    @Test
    void peersOf2012AreNotToldOfIt() {
      a.put("s/1", "{}");
      a.delete("s/2");
      Delta delta = a.registry().delta(Digest.of("a", 0), Dialect.V1, 1 << 20);
      assertThat(delta.origins().get(0).entries()).hasOnlyElementsOfType(Registration.class);
      assertThat(delta.size()).isOne();
    }
  }

  @Nested
  class P13Isolation {
    @Test
    void aSilentOriginsEntriesExpireLikeAnyOther() {
      a.put("s/1", "{}");
      b.put("s/2", "{}");
      b.pull(a);
      for (int i = 0; i < 31; i++) {
        b.advance(10_000);
        b.renew("s/2");
        b.pull(c);
      }
      assertThat(b.view()).containsOnlyKeys("s/2");
    }
  }

  @Nested
  class S7Caps {
    @Test
    void aRenewalIsNeverRefusedForCapacity() {
      a.put("s/1", "{}");
      b.pull(a);
      a.configure(Set.of("a", "b", "c"), capped(1));
      b.configure(Set.of("a", "b", "c"), capped(1));
      assertThat(a.put("s/2", "{}")).isEqualTo(Outcome.INSTANCES_FULL);
      assertThat(a.put("s/1", "{\"more\":true}")).isEqualTo(Outcome.DONE);
      assertThat(a.renew("s/1")).isEqualTo(Outcome.DONE);
      b.pull(a);
      assertThat(b.get("s/1")).isEqualTo("{\"more\":true}");
    }

    @Test
    void whatATombstoneHidIsNewAgain() {
      a.put("s/1", "{}");
      a.delete("s/1");
      b.pull(a);
      a.put("s/1", "{}");
      b.configure(Set.of("a", "b", "c"), capped(0));
      b.pull(a);
      assertThat(b.view()).isEmpty();
      assertThat(b.refused(Refusal.CAPACITY)).isOne();
    }
  }

  private static Bounds capped(long instancesMax) {
    return new Bounds(300_000, 1_000, 86_400_000, 60_000, 100, instancesMax, 1 << 20, 1_000);
  }

  private static Bounds short10() {
    return new Bounds(5_000, 1_000, 10_000, 60_000, 100, 100, 1 << 20, 1_000);
  }

  @Test
  void bytesReadAreTheBytesPut() {
    byte[] document = "{ \"ä\" : 1.0e0 }\n".getBytes(StandardCharsets.UTF_8);
    a.registry().put(TestNode.key("s/1"), document, 0);
    b.pull(a);
    c.pull(b);
    c.registry()
        .forEach("s", (id, bytes) -> assertThat(Arrays.equals(bytes, document)).isTrue());
    assertThat(c.service("s")).hasSize(1);
  }
}

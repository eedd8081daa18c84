package io.hera.registry;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Rule P7, recovery, and the failures that it prevents. */
class P07RecoveryTest extends ThreeNodes {
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
  void aRecoveringNodeDoesNotAnswerForItself() {
    a.put("s/1", "{}");
    b.pull(a);
    a.wipe();
    a.pull(b);
    assertThat(a.answer("a", 0)).isEmpty();
    a.registry().recovered();
    assertThat(a.answer("a", 0)).hasSize(1);
  }

  @Test
  void aRecoveringNodeAdoptsItsEntriesWithTheirAges() {
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

  /** A reset has sent the peer back, and its second page has not come yet. */
  @Test
  void entriesAboveTheHorizonOfAPeerComeBackToo() {
    a.put("s/1", "{}");
    a.entries("a");
    a.put("s/2", "{}");
    b.pull(a);
    OriginDelta reset = new OriginDelta("a", 0, a.version("a", "s/1"), true, List.of());
    b.registry().merge(new Delta(List.of(reset)), Set.of("a"), Set.of("a"));
    assertThat(b.answer("a", 0).get(0).entries()).as("to another node (P5)").hasSize(1);
    a.wipe();
    a.takeBack(b);
    a.registry().recovered();
    assertThat(a.view()).containsOnlyKeys("s/1", "s/2");
  }

  @Test
  void aNodeNeverIssuesAVersionOfItsFormerLifeAgain() {
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
  void everyPullOfARecoveringNodeAsksForItsOwnEntriesFromZero() {
    a.put("s/1", "{}");
    b.pull(a);
    a.wipe();
    a.pull(b);
    assertThat(a.registry().digest("b").horizons()).containsEntry("a", 0L);
    a.registry().recovered();
    assertThat(a.registry().digest("b").horizons()).containsEntry("a", NOW);
  }

  @Test
  void aNodeThatIsNotSynchronisedDoesNotSayThatAnInstanceIsUnknown() {
    a.wipe();
    a.registry().recovered();
    assertThat(a.renew("s/1")).isEqualTo(Outcome.RECOVERING);
    a.registry().synchronised();
    assertThat(a.renew("s/1")).isEqualTo(Outcome.UNKNOWN_INSTANCE);
  }

  @Test
  void aWriteBeforeTheNodeIsSynchronisedIsWrittenAgainAboveWhatHidesIt() {
    b.clocks.step(20_000);
    b.put("s/1", "{\"at\":\"b\"}");
    b.put("s/2", "{\"at\":\"b\"}");
    a.wipe();
    a.registry().recovered();
    a.put("s/1", "{\"at\":\"a\"}", 10_000);
    a.delete("s/2");
    advanceAll(4_000);
    a.pull(b);
    assertThat(a.get("s/1")).isEqualTo("{\"at\":\"b\"}");
    a.registry().synchronised();
    assertThat(a.view()).containsExactly(Map.entry("s/1", "{\"at\":\"a\"}"));
    b.pull(a);
    assertThat(b.view()).isEqualTo(a.view());
    a.advance(5_500);
    assertThat(a.get("s/1")).isNotNull();
    a.advance(1_500);
    assertThat(a.get("s/1")).as("its deadline has stayed").isNull();
  }

  @Test
  void aWriteBeforeTheNodeIsSynchronisedStaysBelowALaterOneOfAnotherNode() {
    a.wipe();
    a.registry().recovered();
    a.put("s/1", "{\"at\":\"a\"}");
    a.delete("s/2");
    advanceAll(2_000);
    b.put("s/1", "{\"at\":\"b\"}");
    b.put("s/2", "{\"at\":\"b\"}");
    a.pull(b);
    a.registry().synchronised();
    assertThat(a.view()).isEqualTo(b.view()).hasSize(2);
  }

  @Test
  void aWriteThatNothingHidesIsNotWrittenAgain() {
    a.wipe();
    a.registry().recovered();
    a.put("s/1", "{}");
    long version = a.version("a", "s/1");
    a.registry().synchronised();
    assertThat(a.version("a", "s/1")).isEqualTo(version);
  }

  // Peers that pay after the node has written.

  @Test
  void entriesOfAFormerLifeAreAdoptedAfterTheFirstWriteAtTheirOwnVersions() {
    a.put("s/1", "{\"life\":1}");
    a.put("s/2", "{\"life\":1}");
    b.pull(a);
    a.wipe();
    a.registry().recovered();
    a.advance(1_000);
    a.put("s/2", "{\"life\":2}");
    a.takeBack(b);
    assertThat(a.view()).isEqualTo(Map.of("s/1", "{\"life\":1}", "s/2", "{\"life\":2}"));
    assertThat(a.version("a", "s/1")).isEqualTo(NOW);
  }

  @Test
  void aKeyThatThisLifeHasDeletedIsNotAdopted() {
    a.put("s/1", "{}");
    b.pull(a);
    a.wipe();
    a.registry().recovered();
    a.advance(1_000);
    a.delete("s/1");
    a.takeBack(b);
    assertThat(a.view()).isEmpty();
  }

  @Test
  void aKeyThatThisLifeHasWrittenKeepsItsEntryEvenBelowAVersionOfTheFormerLife() {
    a.clocks.step(20_000);
    a.put("s/1", "{\"life\":1}");
    b.pull(a);
    a.wipe();
    a.clocks.step(-20_000);
    a.registry().recovered();
    a.put("s/1", "{\"life\":2}");
    a.takeBack(b);
    assertThat(a.get("s/1")).isEqualTo("{\"life\":2}");
  }

  @Test
  void aTombstoneThatComesLaterHidesAnAdoptedEntry() {
    a.put("s/1", "{}");
    b.pull(a);
    a.advance(1_000);
    a.delete("s/1");
    c.pull(a);
    a.wipe();
    a.registry().recovered();
    a.takeBack(b);
    assertThat(a.view()).containsKey("s/1");
    a.advance(10_000);
    a.takeBack(c);
    assertThat(a.view()).isEmpty();
  }

  @Test
  void membersGoBackToZeroWhenEntriesHaveComeBackBelowTheirHorizons() {
    a.pageBytesMax = 100;
    for (int i = 0; i < 10; i++) {
      a.put("s/" + i, "{}");
      a.advance(1);
    }
    b.pull(a);
    a.wipe();
    a.registry().recovered();
    a.advance(1_000);
    a.put("s/new", "{}");
    c.pull(a);
    a.takeBack(b);
    assertThat(a.view()).hasSize(11);
    c.pull(a);
    assertThat(c.view()).isEqualTo(a.view());
    assertThat(c.horizon("a")).isEqualTo(a.horizon("a"));
    assertThat(resets("c", c.horizon("a"))).as("c has obeyed").isZero();
  }

  @Test
  void aMemberIsSentBackUntilItAsksFromZero() {
    a.put("s/1", "{}");
    b.pull(a);
    a.wipe();
    a.registry().recovered();
    a.advance(1_000);
    a.put("s/2", "{}");
    a.takeBack(b);
    long seen = a.horizon("a");
    assertThat(resets("c", seen)).isEqualTo(1);
    assertThat(resets("c", seen)).as("the first may be lost").isEqualTo(1);
    assertThat(resets("c", 0)).isZero();
    assertThat(resets("c", seen)).isZero();
    assertThat(resets("b", seen)).as("each member").isEqualTo(1);
  }

  @Test
  void aStrangerIsNotSentBack() {
    a.put("s/1", "{}");
    b.pull(a);
    a.wipe();
    a.registry().recovered();
    a.takeBack(b);
    assertThat(a.answer("a", NOW)).isEmpty();
  }

  private long resets(String member, long seen) {
    Delta delta =
        a.registry().delta(Asker.member(member), Digest.of("a", seen), Dialect.V2, 1 << 20);
    assertThat(delta.more()).isEqualTo(delta.origins().stream().anyMatch(OriginDelta::reset));
    return delta.origins().stream().filter(OriginDelta::reset).count();
  }
}

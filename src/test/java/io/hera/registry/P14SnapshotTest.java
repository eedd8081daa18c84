package io.hera.registry;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Rule P14: all saved entries come back, and none of them is believed further than it can be known. */
class P14SnapshotTest extends RestartedNodes {
  @Test
  void allSavedEntriesAreShownWithTheSameContent() {
    a.put("s/1", "{\"n\":1}");
    a.put("t/2", "{\"n\":2}", 10_000);
    b.put("s/3", "{}");
    a.pull(b);
    Map<String, String> before = a.view();
    ContentVersion content = a.registry().view().content();
    a.restart(a.save());
    assertThat(a.view()).isEqualTo(before).hasSize(3);
    assertThat(a.registry().view().content()).isEqualTo(content);
    assertThat(restored(a)).isEqualTo(3);
    assertThat(a.registry().view().restoredCount("s")).isEqualTo(2);
    assertThat(a.registry().instance(TestNode.key("s/1")).restored()).isTrue();
  }

  @Test
  void aTombstoneComesBackToo() {
    b.put("s/1", "{}");
    a.pull(b);
    a.delete("s/1");
    a.restart(a.save());
    assertThat(a.get("s/1")).isNull();
    b.pull(a);
    assertThat(b.get("s/1")).isNotNull();
    a.pull(b);
    assertThat(a.get("s/1")).isNull();
  }

  // How far it is believed.

  @Test
  void noHorizonIsBroughtBack() {
    b.put("s/1", "{}");
    a.pull(b);
    restart(a, a.save());
    assertThat(a.horizon("b")).isZero();
    assertThat(a.answer("b", 0)).as("not sent, as it may have ended").isEmpty();
  }

  @Test
  void noVersionThatWasSavedIsIssuedAgain() {
    a.put("s/1", "{\"n\":1}");
    List<OriginDelta> saved = a.save();
    a.restart(saved);
    a.clocks.step(-20_000);
    begin(a);
    a.put("s/2", "{}");
    assertThat(a.version("a", "s/2")).isGreaterThan(NOW);
  }

  @Test
  void aSaveSealsTheVersionsThatItHas() {
    a.put("s/1", "{\"n\":1}");
    a.save();
    a.put("s/1", "{\"n\":2}");
    assertThat(a.version("a", "s/1")).isGreaterThan(NOW);
  }

  @Test
  void aRestoredEntryIsSentAsSuchUntilItIsRenewed() {
    a.put("s/1", "{}");
    restart(a, a.save());
    OriginDelta part = a.answer("a", 0).get(0);
    assertThat(part.restored()).isTrue();
    Registration sent = (Registration) part.entries().get(0);
    assertThat(sent.restored()).isTrue();
    a.renew("s/1");
    assertThat(a.answer("a", 0).get(0).restored()).isFalse();
  }

  @Test
  void aRestoredEntryIsNotRestamped() {
    a.put("s/1", "{}");
    a.put("s/2", "{}");
    b.pull(a);
    List<OriginDelta> saved = a.save();
    a.put("s/3", "{}");
    b.pull(a);
    b.delete("s/1");
    List.of(a, b).forEach(node -> node.advance(1_000));
    restart(a, saved);
    give(a, "a", 0, NOW + 2_000, entry("s/3", "{}", NOW + 2_000));
    a.put("s/4", "{}");
    give(a, "a", 0, NOW + 5_000, entry("s/5", "{}", NOW + 5_000));
    a.advance(10_000);
    assertThat(a.version("a", "s/4")).as("restamped (P8)").isGreaterThan(NOW + 5_000);
    assertThat(a.version("a", "s/1")).isEqualTo(NOW);
    a.pull(b);
    b.pull(a);
    assertThat(a.get("s/1")).isNull();
    assertThat(b.get("s/1")).isNull();
  }

  /** P3 would drop its entries as from the future, and P4 would restamp them. */
  @Test
  void aClockThatIsAYearBehindTakesNothingAway() {
    a.put("s/1", "{}");
    b.put("s/2", "{}");
    a.pull(b);
    List<OriginDelta> saved = a.save();
    a.clocks.step(-365L * 86_400_000);
    restart(a, saved);
    a.put("t/1", "{}");
    a.advance(10_000);
    assertThat(a.view()).containsOnlyKeys("s/1", "s/2", "t/1");
    assertThat(a.renew("s/1")).isEqualTo(Outcome.DONE);
    a.advance(LIVENESS - 20_000);
    assertThat(a.view()).containsKey("s/1");
  }

  @Test
  void aSecondRestartWithAClockThatIsAYearBehindTakesNothingAway() {
    a.put("s/1", "{}");
    b.put("s/2", "{}");
    a.pull(b);
    List<OriginDelta> saved = a.save();
    a.clocks.step(-365L * 86_400_000);
    restart(a, saved);
    a.advance(1_000);
    restart(a, a.save());
    assertThat(a.view()).containsOnlyKeys("s/1", "s/2");
  }

  /** P4 restamps them in slices; a save comes between two of these. */
  @Test
  void ownEntriesThatWaitForNewVersionsAreSaved() {
    for (int i = 0; i < 100; i++) {
      a.put("s/" + i, "{}");
    }
    a.registry().turnSlotsMax = 10;
    a.clocks.step(-10 * 60_000);
    int entries = a.save().stream().mapToInt(part -> part.entries().size()).sum();
    assertThat(entries).isEqualTo(100);
  }

  @Test
  void aFullNodeTakesNoMoreBackThanFits() {
    for (int i = 0; i < 5; i++) {
      a.put("s/" + i, "{}");
    }
    List<OriginDelta> saved = a.save();
    a.configure(Set.of("a", "b", "c"), capped(3));
    a.restart(saved);
    assertThat(a.view()).hasSize(3);
    assertThat(a.refused(Refusal.CAPACITY)).isEqualTo(2);
  }
}

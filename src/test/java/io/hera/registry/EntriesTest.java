package io.hera.registry;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The entries as operators see them. */
class EntriesTest extends ThreeNodes {
  private static List<KeyEntry> entries(TestNode node, String path) {
    return node.registry().entries().of(TestNode.key(path));
  }

  private static List<String> soonest(TestNode node, View.Extent extent, int limit) {
    return all(node.registry().entries().soonest("s", extent, limit));
  }

  private static List<String> all(Soonest search) {
    while (search.look(100)) {
      // More entries are to be looked at.
    }
    return search.found().stream().map(InstanceEntry::id).toList();
  }

  @Test
  void aKeyWithoutAnEntryHasNone() {
    assertThat(entries(a, "s/1")).isEmpty();
  }

  @Test
  void theWinnerComesFirstAndIsShown() {
    a.put("s/1", "{}", 60_000);
    advanceAll(1_000);
    b.put("s/1", "{\"n\":2}");
    a.pull(b);
    List<KeyEntry> found = entries(a, "s/1");
    assertThat(found).extracting(KeyEntry::origin).containsExactly("b", "a");
    assertThat(found).extracting(KeyEntry::shown).containsExactly(true, false);
    assertThat(found).extracting(KeyEntry::state).containsOnly(KeyEntry.State.REGISTERED);
    assertThat(found).extracting(KeyEntry::ageMillis).containsExactly(0L, 1_000L);
    assertThat(found).extracting(KeyEntry::ttlMillis).containsExactly(LIVENESS, 60_000L);
    assertThat(found).extracting(KeyEntry::ttlChosen).containsExactly(false, true);
    assertThat(found).extracting(KeyEntry::bytes).containsExactly(7, 2);
    assertThat(found).extracting(KeyEntry::version).containsExactly(NOW + 1_000, NOW);
  }

  @Test
  void aRemovalAndAnExpiryAreToldApart() {
    a.put("s/1", "{}", 2 * LIVENESS);
    a.put("s/2", "{}", 5_000);
    a.delete("s/1");
    a.advance(6_000);
    assertThat(entries(a, "s/1")).extracting(KeyEntry::state).containsOnly(KeyEntry.State.REMOVED);
    List<KeyEntry> expired = entries(a, "s/2");
    assertThat(expired).extracting(KeyEntry::state).containsOnly(KeyEntry.State.EXPIRED);
    assertThat(expired).extracting(KeyEntry::ageMillis).containsOnly(6_000L);
    assertThat(expired).extracting(KeyEntry::shown).containsOnly(false);
  }

  @Test
  void anInstanceWhosePurgeIsLateHasExpiredAllTheSame() {
    a.put("s/1", "{}", 5_000);
    a.advance(4_900);
    a.clocks.pass(200);
    assertThat(a.registry().entries().instance(TestNode.key("s/1"), View.Extent.SHOWN))
        .isEmpty();
    assertThat(entries(a, "s/1")).extracting(KeyEntry::state).containsOnly(KeyEntry.State.EXPIRED);
  }

  @Test
  void aRegistrationThatIsHiddenExpiresOnTime() {
    a.put("s/1", "{}", 1_000);
    advanceAll(10);
    b.put("s/1", "{}");
    a.pull(b);
    a.clocks.pass(1_001);
    assertThat(entries(a, "s/1"))
        .extracting(KeyEntry::state)
        .containsExactly(KeyEntry.State.REGISTERED, KeyEntry.State.EXPIRED);
  }

  @Test
  void aDrainedInstanceHasItsReasonAndIsNotShown() {
    a.put("s/1", "{}");
    a.drain("s/1");
    assertThat(entries(a, "s/1")).singleElement().satisfies(entry -> {
      assertThat(entry.shown()).isFalse();
      assertThat(entry.drained()).contains("test");
    });
    Key key = TestNode.key("s/1");
    assertThat(a.registry().entries().instance(key, View.Extent.SHOWN)).isEmpty();
    assertThat(a.registry().entries().instance(key, View.Extent.ALL)).isPresent();
    assertThat(soonest(a, View.Extent.SHOWN, 9)).isEmpty();
    assertThat(soonest(a, View.Extent.ALL, 9)).containsExactly("1");
  }

  @Test
  void anInstanceOfASnapshotSaysSo() {
    a.put("s/1", "{}");
    a.restart(a.save());
    assertThat(entries(a, "s/1")).extracting(KeyEntry::restored).containsExactly(true);
  }

  @Test
  void thoseThatExpireFirstComeFirst() {
    a.put("s/long", "{}", 90_000);
    a.put("s/short", "{}", 30_000);
    a.put("t/other", "{}", 10_000);
    a.put("s/b", "{}", 60_000);
    a.put("s/a", "{}", 60_000);
    a.put("s/gone", "{}", 60_000);
    a.delete("s/gone");
    assertThat(soonest(a, View.Extent.SHOWN, 9)).containsExactly("short", "a", "b", "long");
    assertThat(soonest(a, View.Extent.SHOWN, 1)).containsExactly("short");
    assertThat(all(a.registry().entries().soonest("none", View.Extent.ALL, 2))).isEmpty();
  }

  @Test
  void thoseOfALargeServiceAreFoundInSmallParts() {
    int count = Soonest.COPIED_MAX + 10;
    IntStream.range(0, count).forEach(i -> a.put("s/" + i, "{}", 60_000 + count - i));
    IntStream.range(0, 50).forEach(i -> b.put("s/of-b-" + i, "{}", 30_000 + i));
    b.put("t/1", "{}", 10_000);
    a.pull(b);
    Soonest search = a.registry().entries().soonest("s", View.Extent.SHOWN, 52);
    int parts = 1;
    while (search.look(1_000)) {
      parts++;
    }
    assertThat(parts).isEqualTo(11);
    List<String> found = search.found().stream().map(InstanceEntry::id).toList();
    assertThat(found).hasSize(52).startsWith("of-b-0", "of-b-1");
    assertThat(found).endsWith("" + (count - 1), "" + (count - 2));
  }

  private static List<String> walked(InstanceWalk walk) {
    List<KeyDocument> found = new ArrayList<>();
    while (walk.isPending()) {
      int before = found.size();
      walk.look(7, found);
      assertThat(found.size() - before).isLessThanOrEqualTo(7);
    }
    return found.stream().map(one -> one.key().service() + "/" + one.key().id()).toList();
  }

  @Test
  void aWayThroughAllInstancesPassesThoseThatAreShownOnce() {
    IntStream.range(0, 30).forEach(i -> a.put("s/" + i, "{}"));
    b.put("t/1", "{}");
    advanceAll(1_000);
    b.put("s/3", "{\"newer\":1}");
    b.delete("s/4");
    a.pull(b);
    a.put("u/1", "{}");
    a.put("u/2", "{}");
    a.drain("u/1");
    List<String> shown = walked(a.registry().entries().walk(View.Extent.SHOWN, any -> true));
    assertThat(shown).doesNotHaveDuplicates().hasSize(31).contains("s/3", "t/1", "u/2");
    assertThat(shown).doesNotContain("s/4", "u/1");
    assertThat(walked(a.registry().entries().walk(View.Extent.ALL, any -> true)))
        .hasSize(32);
    assertThat(walked(a.registry().entries().walk(View.Extent.ALL, "u"::equals)))
        .containsExactlyInAnyOrder("u/1", "u/2");
  }

  @Test
  void aResultHasAnInstanceThatChangesDuringTheSearchOnceAtMost() {
    int count = Soonest.COPIED_MAX + 10;
    for (int i = 0; i < count; i++) {
      a.put("s/" + i, "{}", 60_000);
      a.clocks.pass(1);
    }
    Soonest search = a.registry().entries().soonest("s", View.Extent.SHOWN, count);
    search.look(10);
    a.renew("s/0");
    a.delete("s/1");
    a.delete("s/9");
    a.renew("s/" + (count - 1));
    List<String> found = all(search);
    assertThat(found).doesNotHaveDuplicates().hasSize(count - 2).doesNotContain("1", "9");
    assertThat(found).endsWith("0", "" + (count - 1));
  }
}

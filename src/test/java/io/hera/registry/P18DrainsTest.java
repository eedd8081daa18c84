package io.hera.registry;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.hera.testkit.TestLimits;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Rule P18, drains: which instances are shown, on all nodes. */
class P18DrainsTest extends ThreeNodes {
  private static final String HOST_1 = "{\"host\":\"h1\"}";
  private static final String HOST_2 = "{\"host\":\"h2\"}";
  private static final String OF_HOST_1 = "*?match=host:h1";

  private void exchange() {
    for (int round = 0; round < 2; round++) {
      a.pull(b);
      b.pull(c);
      c.pull(a);
    }
    List.of(a, b, c).forEach(TestNode::purge);
  }

  @Test
  void aDrainedInstanceIsRegisteredAndNotShown() {
    a.put("s/1", HOST_1);
    a.put("s/2", HOST_1);
    a.drain("s/1");
    assertThat(a.view()).containsOnlyKeys("s/2");
    assertThat(a.get("s/1")).isEqualTo(HOST_1);
    assertThat(a.registry().instance(TestNode.key("s/1")).drained()).contains("test");
    assertThat(a.registry().instance(TestNode.key("s/2")).drained()).isEmpty();
    assertThat(a.registry().view().instanceCounts()).containsExactly(Map.entry("s", 1));
    assertThat(a.kinds).endsWith(Change.Kind.DRAINED);
    assertThat(a.registry().stats().instances()).isOne();
    assertThat(a.registry().stats().drains().instances()).isOne();
  }

  @Test
  void aServiceWhoseInstancesAreAllDrainedIsNotListed() {
    a.put("s/1", HOST_1);
    a.drain("s");
    assertThat(a.registry().view().instanceCounts()).isEmpty();
    assertThat(a.registry().stats().services()).isZero();
    assertThat(a.registry().view().counts(View.Extent.ALL)).containsExactly(Map.entry("s", 1));
  }

  @Test
  void noWriteOfAClientShowsADrainedInstance() {
    a.put("s/1", HOST_1);
    a.drain("s/1");
    exchange();
    a.put("s/1", HOST_2);
    b.put("s/1", HOST_1);
    c.renew("s/1");
    exchange();
    assertHidden("s/1");
    a.delete("s/1");
    exchange();
    b.put("s/1", HOST_1, 5_000);
    exchange();
    assertHidden("s/1");
    advanceAll(6_000);
    c.put("s/1", HOST_1);
    exchange();
    assertHidden("s/1");
    assertThat(a.get("s/1")).isEqualTo(HOST_1);
  }

  private void assertHidden(String path) {
    for (TestNode node : List.of(a, b, c)) {
      assertThat(node.view()).isEmpty();
      assertThat(node.registry().view().document(TestNode.key(path))).isNull();
    }
  }

  @Test
  void aRemovalShowsTheInstancesAgainEverywhere() {
    a.put("s/1", HOST_1);
    ContentVersion content = a.registry().view().content();
    a.drain("s/1");
    assertThat(a.registry().view().content()).isEqualTo(ContentVersion.NONE);
    exchange();
    c.undrain("s/1");
    exchange();
    assertThat(List.of(a.view(), b.view(), c.view())).allMatch(view -> view.containsKey("s/1"));
    assertThat(a.kinds).endsWith(Change.Kind.DRAINED, Change.Kind.REGISTERED);
    assertThat(a.registry().view().content()).isEqualTo(content);
    assertThat(b.drains()).isEmpty();
  }

  @Test
  void aDrainOfAServiceHidesInstancesThatComeLater() {
    a.drain("s");
    exchange();
    b.put("s/1", HOST_1);
    b.put("t/1", HOST_1);
    exchange();
    assertThat(List.of(a.view(), b.view(), c.view()))
        .allMatch(view -> view.keySet().equals(Set.of("t/1")));
  }

  @Test
  void aDrainOfAMachineFollowsTheDocuments() {
    a.put("s/1", HOST_1);
    a.put("t/2", HOST_1);
    a.put("t/3", HOST_2);
    a.drain(OF_HOST_1);
    assertThat(a.view()).containsOnlyKeys("t/3");
    a.put("t/3", HOST_1);
    assertThat(a.kinds).endsWith(Change.Kind.DRAINED);
    a.put("s/1", HOST_2);
    assertThat(a.kinds).endsWith(Change.Kind.REGISTERED);
    assertThat(a.view()).containsOnlyKeys("s/1");
    assertThat(a.registry().drains().all().get(0).instances()).isEqualTo(2);
  }

  @Test
  void aMemberIsComparedAsFiltersDo() {
    a.put("s/1", "{\"port\":80}");
    a.put("s/2", "{\"up\":true}");
    a.put("s/3", "{\"host\":{\"host\":\"h1\"}}");
    a.drain("*?match=port:80");
    a.drain("*?match=up:true");
    a.drain(OF_HOST_1);
    assertThat(a.view()).containsOnlyKeys("s/3");
  }

  @Test
  void anyDrainHides() {
    a.put("s/1", HOST_1);
    a.drain("s/1");
    b.drain("s");
    c.drain(OF_HOST_1);
    exchange();
    a.undrain("s/1");
    b.undrain("s");
    exchange();
    assertThat(List.of(a.view(), b.view(), c.view())).allMatch(Map::isEmpty);
    c.undrain(OF_HOST_1);
    exchange();
    assertThat(List.of(a.view(), b.view(), c.view())).allMatch(view -> view.size() == 1);
  }

  @Test
  void aDrainEndsByItsAge() {
    a.put("s/1", HOST_1);
    a.drain("s/1", 10_000);
    exchange();
    advanceAll(9_000);
    assertThat(b.view()).isEmpty();
    advanceAll(2_000);
    assertThat(List.of(a.view(), b.view())).allMatch(view -> view.size() == 1);
  }

  @Test
  void theEndOfADrainDoesNotBringBackAnEarlierOne() {
    a.put("s/1", HOST_1);
    a.drain("s/1");
    exchange();
    advanceAll(1_000);
    b.drain("s/1", 10_000);
    exchange();
    advanceAll(11_000);
    exchange();
    assertThat(List.of(a.view(), b.view(), c.view())).allMatch(view -> view.size() == 1);
  }

  @Test
  void aDrainIsNotBoundedByTheLongestTtlOfInstances() {
    TestNode node = new TestNode("a", Set.of("a"), short10(), new Clocks());
    node.put("s/1", HOST_1);
    node.drain("s", 60_000);
    node.delete("s/2");
    node.advance(21_000);
    node.put("s/1", HOST_1);
    assertThat(node.view()).isEmpty();
    assertThat(node.registry().stats().tombstones())
        .as("kept by the ttl of instances")
        .isZero();
    node.advance(40_000);
    node.put("s/1", HOST_1);
    assertThat(node.view()).hasSize(1);
  }

  @Test
  void aDrainedInstanceTakesRoomAndADrainTakesNone() {
    TestNode node = new TestNode("a", Set.of("a"), capped(1), new Clocks());
    node.put("s/1", HOST_1);
    assertThat(node.drain("s")).isEqualTo(Outcome.DONE);
    assertThat(node.put("s/2", HOST_1)).isEqualTo(Outcome.INSTANCES_FULL);
    assertThat(node.put("s/1", HOST_2)).isEqualTo(Outcome.DONE);
  }

  @Test
  void thereIsALimitOfDrains() {
    for (int i = 0; i < Drains.MAX; i++) {
      assertThat(a.drain("s/" + i)).isEqualTo(Outcome.DONE);
    }
    assertThat(a.drain("s")).isEqualTo(Outcome.DRAINS_FULL);
    assertThat(a.drain("s/7")).as("it is there").isEqualTo(Outcome.DONE);
    b.drain("t");
    exchange();
    assertThat(a.drains()).as("those of peers").hasSize(Drains.MAX + 1);
    a.undrain("s/7");
    a.undrain("s/8");
    assertThat(a.drain("s")).isEqualTo(Outcome.DONE);
  }

  @Test
  void aNodeThatRecoversTakesNoDrain() {
    a.wipe();
    assertThat(a.drain("s")).isEqualTo(Outcome.RECOVERING);
    assertThat(a.undrain("s")).isEqualTo(Outcome.RECOVERING);
  }

  @Test
  void drainsGoOnlyToNodesThatKnowThem() {
    a.drain("s");
    a.undrain("t");
    for (Dialect dialect : List.of(Dialect.V1, Dialect.V2)) {
      Delta delta = a.registry().delta(Asker.UNNAMED, Digest.of("a", 0), dialect, 1 << 20);
      assertThat(delta.size()).isZero();
    }
    Delta delta = a.registry().delta(Asker.UNNAMED, Digest.of("a", 0), Dialect.V2_DRAINS, 1 << 20);
    assertThat(delta.size()).isEqualTo(2);
  }

  @Test
  void drainsAreNoPartOfTheChecksums() {
    a.put("s/1", HOST_1);
    Checksum before = a.registry().checksums().of(Digest.of("a", 0)).get("a");
    a.drain("s");
    Checksum after = a.registry().checksums().of(Digest.of("a", 0)).get("a");
    assertThat(after.sum()).isEqualTo(before.sum());
  }

  @Test
  void theComparedContentTellsWhichDrainsANodeHas() {
    exchange();
    a.drain("unknown/1");
    ContentVersion compared = a.registry().checksums().view().orElseThrow().content();
    assertThat(compared)
        .isNotEqualTo(b.registry().checksums().view().orElseThrow().content());
    exchange();
    assertThat(compared).isEqualTo(b.registry().checksums().view().orElseThrow().content());
  }

  @Test
  void instancesAreLookedAtInSlices() {
    for (int i = 0; i < 100; i++) {
      a.put("s/" + i, HOST_1);
    }
    Selector selector = Selector.parse(OF_HOST_1).orElseThrow();
    a.registry().drains().put(selector, "{\"at\":1}".getBytes(UTF_8), 0);
    assertThat(a.registry().drains().walk(40)).isTrue();
    assertThat(a.view()).hasSizeBetween(93, 99); // each that is hidden counts as several looks
    a.put("s/99", HOST_2);
    a.put("s/100", HOST_1);
    a.registry().drains().remove(selector);
    a.purge();
    assertThat(a.view()).hasSize(101);
  }

  @Test
  void aDrainComesBackWithASnapshotAndKeepsTheRestOfItsTime() {
    TestNode node = new TestNode("a", Set.of("a", "b"), TestLimits.DEFAULT, new Clocks());
    node.put("s/1", HOST_1);
    node.drain("s");
    node.drain("t", 60_000);
    node.advance(50_000);
    node.restart(node.save());
    node.takeBack(b);
    node.registry().recovered();
    node.pull(b);
    node.registry().synchronised();
    node.purge();
    assertThat(node.drains()).containsExactlyInAnyOrder("s", "t");
    assertThat(node.view()).isEmpty();
    node.advance(11_000);
    assertThat(node.drains()).containsExactly("s");
  }

  @Test
  void aDrainThatComesBackStaysBelowItsRemoval() {
    a.drain("s");
    exchange();
    List<OriginDelta> saved = a.save();
    b.undrain("s");
    c.pull(b);
    a.restart(saved);
    a.takeBack(b);
    a.registry().recovered();
    a.pull(b);
    a.pull(c);
    a.registry().synchronised();
    a.advance(6_000);
    exchange();
    assertThat(List.of(a.drains(), b.drains(), c.drains())).allMatch(Set::isEmpty);
  }

  @Test
  void servicesThatADrainWouldEmptyAreNamed() {
    a.put("s/1", HOST_1);
    a.put("s/2", HOST_2);
    a.put("t/1", HOST_1);
    assertThat(emptied("s/1")).isEmpty();
    assertThat(emptied("t/1")).containsExactly("t");
    assertThat(emptied("s")).containsExactly("s");
    assertThat(emptied("u")).isEmpty();
    assertThat(emptied(OF_HOST_1)).containsExactly("t");
    a.drain("s/2");
    assertThat(emptied(OF_HOST_1)).containsExactlyInAnyOrder("s", "t");
    a.drain("t/1");
    assertThat(emptied(OF_HOST_1)).containsExactly("s");
  }

  private List<String> emptied(String selector) {
    Emptied emptied = a.registry().drains().emptied(Selector.parse(selector).orElseThrow());
    while (emptied.look(1)) {
      // More instances are to be looked at.
    }
    return emptied.services();
  }

  @Test
  void aSelectorHasOneText() {
    for (String text : List.of("s", "s/1", "a%20b/c%2Fd", "*?match=host:10.1.1.7", "%2A/%2A")) {
      assertThat(Selector.parse(text).map(Selector::text)).contains(text);
    }
    for (String text : List.of(
        "", "/", "s/", "/1", "_drain", "a b", "a/b/c", "%zz", "*?match=x", "*", "%61", "é")) {
      assertThat(Selector.parse(text)).as(text).isEmpty();
    }
    assertThat(Selector.parse("x".repeat(Selector.TEXT_MAX + 1))).isEmpty();
  }
}

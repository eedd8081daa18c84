package io.hera.registry;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.hera.testkit.TestLimits;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Tests which differences between two nodes the self-check finds. */
class ChecksumsTest {
  private static final Set<String> NAMES = Set.of("a", "b", "c");
  private static final RegistryLimits LIMITS = TestLimits.lifetimes(20_000, 1_000, 60_000);

  private static final long VERSION = 1_600_000_000_000L;

  private final TestNode a = node("a");
  private final TestNode b = node("b");
  private final TestNode c = node("c");

  private static TestNode node(String name) {
    return new TestNode(name, NAMES, LIMITS, new Clocks());
  }

  private static Map<String, Checksum> checksums(TestNode node) {
    return node.registry().checksums().of(node.registry().digest("b"));
  }

  private static Comparison compare(TestNode node, TestNode peer) {
    return node.registry().checksums().compare(checksums(peer), Optional.empty());
  }

  private static long sum(TestNode node, String origin) {
    return node.registry().stats().origins().get(origin).checksum().sum();
  }

  private void advance(long millis) {
    Set.of(a, b, c).forEach(node -> node.advance(millis));
  }

  @Test
  void nodesWithTheSameEntriesHaveTheSameChecksums() {
    a.put("s/1", "{\"n\":1}");
    a.put("s/2", "{\"n\":2}", 5_000);
    b.pull(a);
    advance(1_000);
    a.renew("s/1");
    a.delete("s/3");
    b.pull(a);
    c.pull(b);

    assertThat(compare(b, a)).isEqualTo(new Comparison(Set.of("a", "c"), Set.of()));
    assertThat(compare(c, b)).isEqualTo(new Comparison(Set.of("a", "b"), Set.of()));
    assertThat(checksums(c).get("a")).isEqualTo(checksums(a).get("a"));
  }

  @Test
  void everyWriteChangesTheSumAndItsDeletionRestoresIt() {
    Set<Long> sums = Set.of(
        Checksum.hash("s", "1", 1),
        Checksum.hash("s", "1", 2),
        Checksum.hash("s", "2", 1),
        Checksum.hash("1", "s", 1),
        Checksum.hash("", "s1", 1));

    assertThat(sums).hasSize(5);
    a.put("s/1", "{}");
    long one = sum(a, "a");
    a.put("s/2", "{}");
    assertThat(sum(a, "a")).isNotEqualTo(one);
    a.delete("s/2");
    assertThat(sum(a, "a")).isEqualTo(one);
  }

  @Test
  void aMissedWriteIsADifferenceUntilThePeerIsAskedFromZero() {
    a.clocks.step(10_000);
    a.put("s/1", "{}");
    b.pull(a);
    missAWriteOfAnEarlierClock();

    assertThat(compare(b, a).differing()).containsExactly("a");
    b.registry()
        .merge(
            a.registry().delta(Asker.UNNAMED, Digest.of("a", 0), Dialect.V2, 1 << 20),
            Set.of("a"),
            Set.of("a"));
    assertThat(compare(b, a).same()).contains("a");
    assertThat(b.get("s/2")).isEqualTo("{\"missed\":1}");
  }

  /**
   * Restarts node a with its clock put back. It writes, and its clock passes the horizon of b,
   * before b asks again.
   */
  private void missAWriteOfAnEarlierClock() {
    a.wipe();
    a.registry().recovered();
    a.clocks.step(-10_000);
    a.put("s/2", "{\"missed\":1}");
    advance(11_000);
    a.put("s/1", "{}");
    b.pull(a);
    assertThat(b.get("s/2")).isNull();
  }

  @Test
  void originsAtDifferentHorizonsAreNotCompared() {
    a.put("s/1", "{}");
    b.pull(a);
    advance(1);
    a.put("s/2", "{}");

    assertThat(compare(b, a)).isEqualTo(new Comparison(Set.of("c"), Set.of()));
  }

  @Test
  void anExpiryChangesTheSumAtItsDeadlineNotAtItsPurge() {
    a.put("s/1", "{}");
    a.put("s/2", "{}", 60_000);
    b.pull(a);
    advance(19_750);
    a.clocks.pass(240);
    b.clocks.pass(240);
    assertThat(compare(b, a).same()).contains("a");

    a.clocks.pass(10);
    b.clocks.pass(10);
    long alive = checksums(a).get("a").sum();
    assertThat(compare(b, a).same()).contains("a");
    advance(500);
    assertThat(checksums(a).get("a").sum()).isEqualTo(alive);
    assertThat(sum(b, "a")).isEqualTo(alive);
  }

  @Test
  void aReplicaWithAnEntryAboveItsHorizonIsNotCompared() {
    RegistryLimits tight = TestLimits.withCapacity(LIMITS, 100, 1, 1 << 20);
    TestNode full = new TestNode("b", NAMES, tight, new Clocks());
    full.put("s/0", "{}");
    a.put("s/0", "{}");
    advance(1);
    a.put("s/1", "{}");
    advance(1);
    a.pull(full);
    a.put("s/0", "{}");
    full.pull(a);

    assertThat(full.refused(Refusal.CAPACITY)).isPositive();
    assertThat(checksums(full)).doesNotContainKey("a");
  }

  @Test
  void aRecoveringNodeAndOneAfterAPauseCompareNothing() {
    a.put("s/1", "{}");
    b.pull(a);
    b.pause(10_000);
    assertThat(compare(b, a)).isEqualTo(new Comparison(Set.of(), Set.of()));
    a.wipe();
    assertThat(checksums(a)).isEmpty();
  }

  @Test
  void theSumIsThatOfTheLiveRegistrations() {
    for (int i = 0; i < 500; i++) {
      a.put("s/" + i % 7, "{\"n\":" + i + "}", i % 3 == 0 ? 2_000 : 0);
      if (i % 5 == 0) {
        a.delete("s/" + i % 11);
      }
      advance(i % 13 * 20L);
    }
    Map<Key, Long> living = a.entries("a").stream()
        .filter(Registration.class::isInstance)
        .collect(Collectors.toMap(Entry::key, Entry::version, Long::max));
    long sum = 0;
    for (Map.Entry<Key, Long> entry : living.entrySet()) {
      sum += Checksum.hash(entry.getKey().service(), entry.getKey().id(), entry.getValue());
    }
    assertThat(checksums(a).get("a").sum()).isEqualTo(sum);
  }

  private static Comparison.View view(TestNode node, TestNode peer) {
    return node.registry()
        .checksums()
        .compare(Map.of(), peer.registry().checksums().view())
        .view();
  }

  /** An origin has written the same version with another document on each node. */
  private void wrote(TestNode node, String document) {
    Registration entry =
        new Registration(new Key("s", "9"), document.getBytes(UTF_8), VERSION, 0, 20_000);
    node.registry()
        .merge(
            new Delta(List.of(new OriginDelta("c", 0, VERSION, false, List.of(entry)))),
            Set.of("c"),
            Set.of("c"));
  }

  @Test
  void nodesThatHoldTheSameVersionsShowTheSame() {
    a.put("s/1", "{}");
    b.pull(a);
    assertThat(view(b, a)).isEqualTo(Comparison.View.SAME);
    wrote(a, "{}");
    assertThat(view(b, a)).isEqualTo(Comparison.View.NOT_COMPARED);
    wrote(b, "{}");
    assertThat(view(b, a)).isEqualTo(Comparison.View.SAME);
  }

  @Test
  void anotherDocumentOfTheSameVersionIsSeenAlthoughAllSumsAreEqual() {
    wrote(a, "{\"n\":1}");
    wrote(b, "{\"n\":2}");

    assertThat(compare(b, a).differing()).isEmpty();
    assertThat(view(b, a)).isEqualTo(Comparison.View.DIFFERS);
    b.registry().checksums().diverged(new Divergence.OfView());
    assertThat(b.registry().stats().divergedViews()).isEqualTo(1);
  }

  @Test
  void aViewWithEntriesThatWaitToBePurgedIsNotCompared() {
    a.put("s/1", "{}", 1_000);
    b.pull(a);
    assertThat(view(b, a)).isEqualTo(Comparison.View.SAME);
    a.pause(10_000);
    assertThat(view(b, a)).isEqualTo(Comparison.View.NOT_COMPARED);
  }
}

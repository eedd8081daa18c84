package io.hera.registry;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Rule P12, tombstones, and the failures that it prevents. */
class P12TombstonesTest extends ThreeNodes {
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
  void aTombstoneHidesARegistrationThatArrivesLater() {
    a.put("s/1", "{}");
    b.advance(10);
    b.delete("s/1");
    b.pull(a);
    assertThat(b.view()).isEmpty();
  }

  @Test
  void aTombstoneIsKeptAsLongAsItHidesARegistration() {
    long ttl = 2 * LIVENESS;
    a.put("s/1", "{\"n\":1}", ttl);
    advanceAll(1_000);
    b.put("s/1", "{\"n\":2}", 5_000);
    advanceAll(10_000);
    assertThat(b.view()).isEmpty();
    b.pull(a);
    for (long passed = 11_000; passed < ttl + 3_000; passed += 1_000) {
      assertThat(b.view()).isEmpty();
      b.advance(1_000);
    }
    assertThat(b.registry().stats().tombstones()).isZero();
  }

  @Test
  void aTombstoneIsAboveTheVersionOfAFasterClock() {
    a.clocks.step(30_000);
    a.put("s/1", "{}");
    b.pull(a);
    b.delete("s/1");
    assertThat(b.version("b", "s/1")).isEqualTo(NOW + 30_001);
  }

  @Test
  void aTombstoneIsKeptForTwiceTheLongestTtl() {
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
  void aTombstoneIsNotSentToANodeOf2012() {
    a.put("s/1", "{}");
    a.delete("s/2");
    Delta delta = a.registry().delta(Digest.of("a", 0), Dialect.V1, 1 << 20);
    assertThat(delta.origins().get(0).entries()).hasOnlyElementsOfType(Registration.class);
    assertThat(delta.size()).isOne();
  }
}

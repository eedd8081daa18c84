package io.hera.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.hera.testkit.TestLimits;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Rule P10, ages, and the failures that it prevents. */
class P10AgesTest extends ThreeNodes {
  @Test
  void aDeadlineCountsFromAcceptanceOnEveryNode() {
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
  void wallClocksDoNotAffectDeadlines() {
    a.put("s/1", "{}");
    a.clocks.step(50_000);
    a.advance(LIVENESS - 1);
    assertThat(a.get("s/1")).isNotNull();
    a.clocks.step(-100_000);
    a.advance(1_000);
    assertThat(a.get("s/1")).isNull();
  }

  @Test
  void anEntryPastItsTtlIsNotApplied() {
    Merged merged = give(a, "b", 0, NOW, entry("s/1", "{}", NOW, 5_000, 5_000));
    assertThat(merged.expired()).isOne();
    assertThat(a.view()).isEmpty();
    assertThat(a.horizon("b")).isEqualTo(NOW);
  }

  @Test
  void extremeAgesAndTtlsAreClippedToTheLongestTtl() {
    give(a, "b", 0, NOW, entry("s/1", "{}", NOW - 3, Long.MIN_VALUE, Long.MAX_VALUE));
    give(a, "b", 0, NOW, entry("s/2", "{}", NOW - 2, Long.MAX_VALUE, Long.MAX_VALUE));
    give(a, "b", 0, NOW, entry("s/1", "{}", NOW - 1, 0, Long.MIN_VALUE));
    assertThat(a.view()).containsOnlyKeys("s/1");
    InstanceView found = a.registry().instance(TestNode.key("s/1"));
    assertThat(found).isNotNull();
    assertThat(found.expiresInMillis()).isEqualTo(TestLimits.DEFAULT.ttlMaxMillis());
  }

  @Test
  void anOlderEntryDoesNotReappearAfterAnExpiry() {
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
  void aNodeThatMissedAShorterTtlGetsItsTombstone() {
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
  void aNodeThatMissedADeregistrationAndAShorterTtlGetsTheTombstone() {
    a.put("s/1", "{\"ttl\":60}", 60_000);
    b.pull(a);
    a.delete("s/1");
    a.put("s/1", "{\"ttl\":5}", 5_000);
    advanceAll(6_000);
    b.pull(a);
    assertThat(b.view()).isEmpty();
  }

  @Test
  void anExpiredUnpurgedRegistrationIsSentAsATombstone() {
    a.put("s/1", "{\"ttl\":60}", 60_000);
    b.pull(a);
    a.put("s/1", "{\"ttl\":1}", 1_000);
    a.clocks.pass(1_000);
    b.clocks.pass(1_000);
    b.pull(a);
    assertThat(b.view()).isEmpty();
  }
}

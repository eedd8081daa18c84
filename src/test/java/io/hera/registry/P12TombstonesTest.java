package io.hera.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.hera.testkit.TestLimits;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Rule P12, tombstones, and the failures that it prevents. */
class P12TombstonesTest extends ThreeNodes {
  private static final long DAY = 86_400_000;

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
    Delta delta = a.registry().delta(Asker.UNNAMED, Digest.of("a", 0), Dialect.V1, 1 << 20);
    assertThat(delta.origins().get(0).entries()).hasOnlyElementsOfType(Registration.class);
    assertThat(delta.size()).isOne();
  }

  private TestNode withTombstones(long max) {
    RegistryLimits limits = TestLimits.DEFAULT;
    RegistryLimits capped = new RegistryLimits(
        5_000,
        1_000,
        10_000,
        limits.maxSkewMillis(),
        limits.servicesMax(),
        limits.instancesMax(),
        limits.bytesMax(),
        max);
    return new TestNode("a", Set.of("a"), capped, new Clocks());
  }

  @Test
  void aDeregistrationWithoutRoomIsRefusedAndChangesNothing() {
    TestNode node = withTombstones(2);
    for (int i = 0; i < 4; i++) {
      assertThat(node.delete("s/" + i)).isEqualTo(Outcome.DONE);
    }
    node.put("s/living", "{}");
    assertThat(node.delete("s/living")).isEqualTo(Outcome.TOMBSTONES_FULL);
    assertThat(node.get("s/living")).isEqualTo("{}");
    assertThat(node.delete("s/5")).isEqualTo(Outcome.TOMBSTONES_FULL);
    assertThat(node.delete("s/0")).as("needs no more room").isEqualTo(Outcome.DONE);
    assertThat(node.registry().stats().tombstones()).isEqualTo(4);
  }

  @Test
  void tombstonesOfExpiriesMakeRoomForDeregistrations() {
    TestNode node = withTombstones(2);
    node.put("s/long", "{}", 10_000);
    node.put("s/1", "{}", 1_000);
    node.put("s/2", "{}", 1_000);
    node.advance(2_500);
    assertThat(node.registry().stats().tombstones()).isEqualTo(2);
    for (int i = 10; i < 14; i++) {
      assertThat(node.delete("s/" + i)).isEqualTo(Outcome.DONE);
    }
    assertThat(node.delete("s/14")).isEqualTo(Outcome.TOMBSTONES_FULL);
    assertThat(node.entries("a")).extracting(entry -> entry.key().id()).doesNotContain("1", "2");
  }

  @Test
  void aTombstoneIsKeptForTwiceTheLongestTtlMetAlsoWhenTheSettingIsLower() {
    TestNode node = new TestNode("a", Set.of("a"), short10(), new Clocks());
    node.put("s/1", "{}", 10_000);
    RegistryLimits limits = short10();
    node.configure(
        Set.of("a"),
        new RegistryLimits(
            5_000,
            1_000,
            5_000,
            limits.maxSkewMillis(),
            limits.servicesMax(),
            limits.instancesMax(),
            limits.bytesMax(),
            limits.tombstonesMax()));
    node.delete("s/1");
    node.advance(19_750);
    assertThat(node.entries("a")).hasSize(1);
  }

  @Test
  void theLongestTtlFallsADayAfterItWasMetLast() {
    LongestTtl longest = new LongestTtl(300_000);
    longest.met(3_600_000);
    longest.pass(DAY);
    assertThat(longest.millis()).isEqualTo(3_600_000);
    longest.pass(2 * DAY - 1);
    assertThat(longest.millis()).isEqualTo(3_600_000);
    longest.pass(2 * DAY);
    assertThat(longest.millis()).isEqualTo(300_000);
  }

  @Test
  void aTtlOfDaysIsTheLongestForAsLongAsItsRegistrationMayLive() {
    LongestTtl longest = new LongestTtl(300_000);
    longest.met(7 * DAY);
    longest.pass(DAY);
    longest.pass(7 * DAY);
    assertThat(longest.millis()).isEqualTo(7 * DAY);
    longest.pass(8 * DAY);
    assertThat(longest.millis()).isEqualTo(300_000);
  }
}

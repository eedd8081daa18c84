package io.hera.registry;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Rule P6: a node of 2012 passes entries on without their ttls, and their origin sends these. */
class P06SecondHandTest extends ThreeNodes {
  private static final long TTL = LIVENESS + 10_000;
  private static final byte[] DOCUMENT = "{}".getBytes(StandardCharsets.UTF_8);

  private long version;

  /** What a has accepted comes to b by a node of 2012. */
  private void passOn() {
    a.registry().put(TestNode.key("s/1"), DOCUMENT, TTL);
    version = a.registry().last();
    secondHand(entry("s/1", "{}", version));
  }

  private void secondHand(Entry... entries) {
    long to = entries[entries.length - 1].version();
    OriginDelta part = new OriginDelta("a", 0, to, false, List.of(entries));
    b.registry().merge(new Delta(List.of(part)), Set.of("a"), Set.of("c"));
  }

  private long asksAForItself() {
    return b.registry().nextDigest("a").horizons().get("a");
  }

  @Test
  void theOriginIsAskedForWhatOthersHaveTold() {
    passOn();
    assertThat(asksAForItself()).isZero();
    assertThat(b.registry().nextDigest("c").horizons()).containsEntry("a", version);
    b.pull(a);
    assertThat(asksAForItself()).isEqualTo(version);
  }

  @Test
  void anInstanceLivesAsLongAsItsOriginSays() {
    passOn();
    b.advance(1_000);
    a.advance(1_000);
    b.pull(a);
    b.advance(TTL - 1_001);
    assertThat(b.get("s/1")).isEqualTo("{}");
    b.advance(1_001);
    assertThat(b.get("s/1")).isNull();
  }

  @Test
  void aTtlThatIsKnownStays() {
    passOn();
    b.pull(a);
    secondHand(entry("s/1", "{}", version));
    b.advance(LIVENESS + 1_000);
    assertThat(b.get("s/1")).isEqualTo("{}");
  }

  @Test
  void aRestoredCopyGivesNoTtl() {
    passOn();
    Registration restored = new Registration(TestNode.key("s/1"), DOCUMENT, version, 0, TTL, true);
    give(b, "a", 0, version, restored);
    b.advance(LIVENESS + 1_000);
    assertThat(b.get("s/1")).isNull();
  }

  @Test
  void aLaterEntryOfOthersDoesNotMakeTheFormerOnesExact() {
    passOn();
    OriginDelta part =
        new OriginDelta("a", version, version + 5, false, List.of(entry("s/2", "{}", version + 5)));
    b.registry().merge(new Delta(List.of(part)), Set.of("a"), Set.of("a"));
    assertThat(asksAForItself()).isZero();
  }
}

package io.hera.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.hera.testkit.TestLimits;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Rule P14: pages of a snapshot that come back behind others, or under other limits. */
class P14PagesTest extends RestartedNodes {
  /** As from the file before, behind one that has a flaw. */
  @Test
  void ofTwoSavedEntriesTheLaterOneComesBack() {
    a.put("s/1", "{\"n\":1}");
    a.put("s/2", "{\"n\":1}");
    List<OriginDelta> before = a.save();
    a.put("s/1", "{\"n\":2}");
    a.delete("s/2");
    a.restart(a.save());
    before.forEach(part -> a.registry().snapshots().restore(part, LIVENESS));
    assertThat(a.get("s/1")).isEqualTo("{\"n\":2}");
    assertThat(a.get("s/2")).isNull();
  }

  @Test
  void aTtlAboveTheLimitOfNowIsCutToThat() {
    a.put("s/1", "{}", 10 * LIVENESS);
    List<OriginDelta> saved = a.save();
    a.configure(Set.of("a", "b", "c"), TestLimits.lifetimes(LIVENESS, 1_000, 2 * LIVENESS));
    restart(a, saved);
    a.advance(2 * LIVENESS - 1_000);
    assertThat(a.get("s/1")).isNotNull();
    a.advance(2 * LOT + 2_000);
    assertThat(a.get("s/1")).isNull();
  }
}

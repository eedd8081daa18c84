package io.hera.registry;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;

/** Invariant S7, capacity. */
class S07LimitsTest extends ThreeNodes {
  @Test
  void aRenewalIsNeverRefusedForCapacity() {
    a.put("s/1", "{}");
    b.pull(a);
    a.configure(Set.of("a", "b", "c"), capped(1));
    b.configure(Set.of("a", "b", "c"), capped(1));
    assertThat(a.put("s/2", "{}")).isEqualTo(Outcome.INSTANCES_FULL);
    assertThat(a.put("s/1", "{\"more\":true}")).isEqualTo(Outcome.DONE);
    assertThat(a.renew("s/1")).isEqualTo(Outcome.DONE);
    b.pull(a);
    assertThat(b.get("s/1")).isEqualTo("{\"more\":true}");
  }

  @Test
  void aRegistrationAfterATombstoneCountsAsNew() {
    a.put("s/1", "{}");
    a.delete("s/1");
    b.pull(a);
    a.put("s/1", "{}");
    b.configure(Set.of("a", "b", "c"), capped(0));
    b.pull(a);
    assertThat(b.view()).isEmpty();
    assertThat(b.refused(Refusal.CAPACITY)).isOne();
  }
}

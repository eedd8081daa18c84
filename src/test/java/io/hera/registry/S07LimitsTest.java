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

  /** An instance renewed at each node has an entry of each origin, and one document. */
  @Test
  void aDocumentThatEntriesShareCountsOnce() {
    String document = "{\"x\":\"" + "y".repeat(1_000) + "\"}";
    a.put("s/1", document);
    b.pull(a);
    c.pull(a);
    b.put("s/1", document);
    c.put("s/1", document);
    a.pull(b);
    a.pull(c);
    assertThat(a.registry().stats().bytes()).isEqualTo(document.length() + 3);
    a.put("s/1", document.replace('y', 'z'));
    assertThat(a.registry().stats().bytes()).isEqualTo(2 * document.length() + 3);
    a.advance(600_000);
    a.purge();
    assertThat(a.registry().stats().bytes()).isZero();
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

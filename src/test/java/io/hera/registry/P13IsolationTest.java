package io.hera.registry;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Rule P13, isolation. */
class P13IsolationTest extends ThreeNodes {
  @Test
  void entriesOfASilentOriginExpireLikeAnyOther() {
    a.put("s/1", "{}");
    b.put("s/2", "{}");
    b.pull(a);
    for (int i = 0; i < 31; i++) {
      b.advance(10_000);
      b.renew("s/2");
      b.pull(c);
    }
    assertThat(b.view()).containsOnlyKeys("s/2");
  }
}

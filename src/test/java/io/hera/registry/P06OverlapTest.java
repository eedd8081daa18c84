package io.hera.registry;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Rule P6 of PROTOCOL.md, overlap, with what goes wrong without it. */
class P06OverlapTest extends ThreeNodes {
  @Test
  void deliveringAgainChangesNothing() {
    a.put("s/1", "{}");
    a.delete("s/2");
    Delta delta = new Delta(a.answer("a", 0));
    b.registry().merge(delta);
    b.advance(1_000);
    Merged again = b.registry().merge(delta);
    assertThat(again).isEqualTo(new Merged(0, 2, 0, 0));
    assertThat(b.changes).hasSize(1);
  }
}

package io.hera.gossip.serve;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class KnownHandshakesTest {
  private final KnownHandshakes handshakes = new KnownHandshakes();

  @Test
  void theSameHeaderIsReadOnce() {
    var first = handshakes.parse("n1;life=a");
    assertThat(first).isPresent();
    assertThat(handshakes.parse("n1;life=a")).isSameAs(first);
    assertThat(handshakes.parse("n1;life=b")).isNotEqualTo(first);
    assertThat(handshakes.parse("n1")).isEmpty();
  }

  @Test
  void headersThatDifferEachTimeDisplaceTheOldest() {
    var first = handshakes.parse("n1;life=a");
    for (int i = 0; i < 127; i++) {
      handshakes.parse("n1;life=" + i);
    }
    assertThat(handshakes.parse("n1;life=a")).isSameAs(first);
    handshakes.parse("n1;life=last");
    assertThat(handshakes.parse("n1;life=a")).isNotSameAs(first).isEqualTo(first);
  }
}

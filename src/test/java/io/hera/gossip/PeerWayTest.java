package io.hera.gossip;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PeerWayTest {
  private final PeerWay way = new PeerWay("b");

  @Test
  void aPeerIsAskedByTlsFirst() {
    assertThat(way.triesTls(0)).isTrue();
    assertThat(way.clearReason()).isEmpty();
  }

  @Test
  void afterAnAnswerInClearItIsAskedSoForHalfAMinute() {
    way.answeredInClear("answered 403", 1_000);
    assertThat(way.triesTls(1_000)).isFalse();
    assertThat(way.triesTls(30_999)).isFalse();
    assertThat(way.clearReason()).contains("answered 403");
    assertThat(way.triesTls(31_000)).isTrue();
    assertThat(way.clearReason()).contains("answered 403");
  }

  @Test
  void anAnswerByTlsEndsThat() {
    way.answeredInClear("answered 403", 1_000);
    way.answeredByTls();
    assertThat(way.triesTls(1_001)).isTrue();
    assertThat(way.clearReason()).isEmpty();
  }
}

package io.hera.registry;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Rule P2, total order, and the failures that it prevents. */
class P02TotalOrderTest extends ThreeNodes {
  private final Registration low = entry("s/1", "{\"n\":1}", NOW);
  private final Registration high = entry("s/1", "{\"n\":2}", NOW);

  @Test
  void theLaterVersionWinsInEitherOrderOfArrival() {
    give(a, "b", 0, NOW, low);
    give(a, "c", 0, NOW - 1, entry("s/1", "{\"n\":9}", NOW - 1));
    assertThat(a.get("s/1")).isEqualTo("{\"n\":1}");
  }

  @Test
  void atEqualVersionsTheLargerOriginWins() {
    give(a, "c", 0, NOW, low);
    give(a, "b", 0, NOW, high);
    assertThat(a.get("s/1")).isEqualTo("{\"n\":1}");
    TestNode other = TestNode.alone("a");
    give(other, "b", 0, NOW, high);
    give(other, "c", 0, NOW, low);
    assertThat(other.get("s/1")).isEqualTo("{\"n\":1}");
  }

  @Test
  void atEqualVersionsOfOneOriginTheLargerBytesWin() {
    give(a, "c", 0, NOW, low, high);
    give(b, "c", 0, NOW, high, low);
    assertThat(a.get("s/1")).isEqualTo("{\"n\":2}").isEqualTo(b.get("s/1"));
  }

  @Test
  void aTombstoneBeatsARegistrationAtTheSameVersion() {
    Tombstone gone = new Tombstone(TestNode.key("s/1"), NOW, 0);
    give(a, "c", 0, NOW, low, gone);
    give(b, "c", 0, NOW, gone, low);
    assertThat(a.get("s/1")).isNull();
    assertThat(b.get("s/1")).isNull();
  }
}

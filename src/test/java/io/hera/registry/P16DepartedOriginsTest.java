package io.hera.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.hera.testkit.TestLimits;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Rule P16: the entries of a node that left the cluster are exchanged as long as they live. */
class P16DepartedOriginsTest {
  private static final Set<String> ALL = Set.of("a", "b", "c");
  private static final Set<String> LEFT = Set.of("a", "b");

  private final TestNode a = node("a");
  private final TestNode b = node("b");
  private final TestNode c = node("c");

  private static TestNode node(String name) {
    return new TestNode(name, ALL, TestLimits.DEFAULT, new Clocks());
  }

  @BeforeEach
  void write() {
    c.put("s/1", "{}");
    b.pull(c);
  }

  private void remove() {
    a.configure(LEFT, TestLimits.DEFAULT);
    b.configure(LEFT, TestLimits.DEFAULT);
  }

  private Set<String> origins(TestNode node) {
    return node.registry().stats().origins().keySet();
  }

  @Test
  void aNodeThatMissedThemGetsThemFromAnother() {
    remove();
    a.pull(b);
    assertThat(a.get("s/1")).isEqualTo("{}");
    assertThat(a.version("c", "s/1")).isEqualTo(b.version("c", "s/1"));
  }

  @Test
  void aTombstoneThatOneNodeHasHidesThemOnAll() {
    c.delete("s/1");
    a.pull(c);
    remove();
    b.pull(a);
    assertThat(b.get("s/1")).isNull();
  }

  @Test
  void entriesOfANodeThatLeftExpire() {
    remove();
    a.pull(b);
    a.advance(302_000);
    b.advance(302_000);
    assertThat(a.view()).isEmpty();
    assertThat(b.view()).isEmpty();
  }

  @Test
  void anEmptyReplicaIsForgottenAfterTwoCycles() {
    remove();
    a.pull(b);
    a.advance(302_000);
    b.advance(302_000);
    assertThat(origins(a)).contains("c");
    for (int cycle = 0; cycle < 2; cycle++) {
      a.pull(b);
      assertThat(origins(a)).contains("c");
    }
    a.pull(b);
    assertThat(origins(a)).containsExactly("a", "b");
  }

  @Test
  void aReplicaWithATombstoneIsKeptAndExchanged() {
    c.delete("s/1");
    b.pull(c);
    remove();
    for (int cycle = 0; cycle < 10; cycle++) {
      b.pull(a);
    }
    assertThat(origins(b)).contains("c");
    assertThat(b.registry().digest("a").horizons()).containsOnlyKeys("a", "b", "c");
    Digest asked = new Digest(Map.of("a", 0L, "b", 0L));
    assertThat(b.registry().held(asked)).containsOnlyKeys("c");
  }

  @Test
  void anAnswerNamesTheOriginsThatTheAskerDidNot() {
    Digest asked = new Digest(Map.of("a", 0L));
    assertThat(b.registry().held(asked)).isEqualTo(Map.of("c", b.horizon("c")));
    assertThat(b.registry().held(new Digest(Map.of("a", 0L, "c", 0L)))).isEmpty();
    b.put("s/2", "{}");
    assertThat(b.registry().held(asked)).containsOnlyKeys("b", "c");
  }

  @Test
  void aNodeOf2012IsAnsweredForMembersOnly() {
    remove();
    Digest asked = new Digest(Map.of("a", 0L, "c", 0L));
    assertThat(b.registry().delta(Asker.UNNAMED, asked, Dialect.V1, 1 << 20).origins())
        .extracting(OriginDelta::origin)
        .containsExactly("a");
    assertThat(b.registry().delta(Asker.UNNAMED, asked, Dialect.V2, 1 << 20).origins())
        .extracting(OriginDelta::origin)
        .containsExactly("c");
  }

  @Test
  void aNodeThatComesBackGoesOn() {
    remove();
    a.pull(b);
    a.configure(ALL, TestLimits.DEFAULT);
    c.put("s/2", "{}");
    a.pull(c);
    assertThat(a.view()).containsOnlyKeys("s/1", "s/2");
  }
}

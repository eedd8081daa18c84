package io.hera.registry;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Rule P14: what a peer says of restored entries is believed no further than the peer can know it. */
class P14BeliefTest extends RestartedNodes {
  /** The node b has written s/1. */
  @BeforeEach
  void restoreOneEntryOfB() {
    give(a, "b", 0, NOW, entry("s/1", "{}", NOW));
    restart(a, a.save());
  }

  private void isAsked(long from, OriginDelta answered) {
    take(a, "c", Digest.of("b", from), new Delta(List.of(answered)));
    a.purge();
  }

  private static OriginDelta withoutEntries(long from, boolean reset) {
    return new OriginDelta("b", from, NOW + 20, reset, List.of());
  }

  /** Asked from above 0, and answered from above the digest. */
  @ParameterizedTest
  @CsvSource({"10, 10", "0, 10"})
  void anAnswerThatDoesNotBeginAtZeroContradictsNothing(long asked, long from) {
    isAsked(asked == 0 ? 0 : NOW + asked, withoutEntries(NOW + from, false));
    assertThat(a.view()).containsOnlyKeys("s/1");
    isAsked(0, withoutEntries(0, false));
    assertThat(a.view()).isEmpty();
  }

  @Test
  void aResetBeginsAtZeroWhateverWasAskedFor() {
    isAsked(NOW + 10, withoutEntries(0, true));
    assertThat(a.view()).isEmpty();
  }

  /**
   * The node b comes back with a snapshot from before s/2. The node c has run all the time, and has
   * everything of b that b knows, but from b's snapshot.
   */
  @Test
  void aPeerThatHasTakenRestoredEntriesContradictsNothing() {
    b.put("s/1", "{}");
    List<OriginDelta> savedB = b.save();
    b.put("s/2", "{}");
    a.pull(b);
    List<OriginDelta> savedA = a.save();
    List.of(a, b, c).forEach(node -> node.clocks.pass(5_000));
    restart(b, savedB);
    b.put("s/3", "{}");
    c.pull(b);
    assertThat(restored(c)).isOne();
    restart(a, savedA);
    give(a, "b", 0, NOW, entry("s/1", "{}", NOW));
    assertThat(restored(a)).as("but for s/1, which a third node has confirmed").isOne();
    a.pull(c);
    a.purge();
    assertThat(a.view()).containsOnlyKeys("s/1", "s/2", "s/3");
  }

  // The self-check.

  private static void giveAll(TestNode node, Registration... entries) {
    OriginDelta part = new OriginDelta("z", 0, NOW + 10, false, List.of(entries));
    node.registry().merge(new Delta(List.of(part)), Set.of("z"), Set.of("z"));
  }

  private static Registration restoredEntry(String path, long version) {
    byte[] document = "{}".getBytes(StandardCharsets.UTF_8);
    return new Registration(TestNode.key(path), document, version, 0, LIVENESS, true);
  }

  private static Comparison compare(TestNode node, TestNode peer) {
    Checksums theirs = peer.registry().checksums();
    return node.registry().checksums().compare(theirs.of(Digest.of("z", NOW + 10)), theirs.view());
  }

  /** The node b shows an entry that c has seen end. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void restoredEntriesAreNotComparedWithThoseOfAPeer(boolean restored) {
    Registration shared = entry("t/1", "{}", NOW);
    giveAll(b, shared, restored ? restoredEntry("t/2", NOW + 1) : entry("t/2", "{}", NOW + 1));
    giveAll(c, shared);
    Comparison found = compare(b, c);
    if (restored) {
      assertThat(found.differing()).isEmpty();
      assertThat(found.view()).isEqualTo(Comparison.View.NOT_COMPARED);
    } else {
      assertThat(found.differing()).containsExactly("z");
      assertThat(found.view()).isEqualTo(Comparison.View.DIFFERS);
    }
  }
}

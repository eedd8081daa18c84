package io.hera.registry;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Rule P14: which restored entries have ended, because a peer does not name them. */
class P14AbsenceTest extends RestartedNodes {
  @Test
  void entriesThatHaveEndedMeanwhileGoWithTheFirstWholePull() {
    putEach(b, 10);
    a.pull(b);
    List<OriginDelta> saved = a.save();
    for (int i = 0; i < 9; i++) {
      b.delete("s/" + i);
    }
    b.advance(FORGOTTEN);
    b.put("s/new", "{}");
    a.clocks.pass(FORGOTTEN);
    restart(a, saved);
    assertThat(a.view()).hasSize(10);
    b.pageBytesMax = 1;
    a.pull(b);
    a.purge();
    assertThat(a.view()).containsOnlyKeys("s/new");
    assertThat(restored(a)).isZero();
    assertThat(a.kinds).contains(Change.Kind.ABSENT).doesNotContain(Change.Kind.EXPIRED);
  }

  /** Between two nodes that know drains there may be one that does not (P18). */
  @Test
  void aDrainDoesNotEndByItsAbsence() {
    b.put("s/1", "{}");
    b.drain("t");
    a.pull(b);
    List<OriginDelta> saved = a.save();
    b.delete("s/1");
    b.advance(FORGOTTEN);
    b.put("s/new", "{}");
    a.clocks.pass(FORGOTTEN);
    a.restart(saved);
    a.registry().recovered();
    a.carrier = (asker, asked, answerer) ->
        answerer.registry().delta(Asker.member(asker.name), asked, Dialect.V2, 1 << 20);
    a.pull(b);
    a.purge();
    a.registry().synchronised();
    assertThat(a.view()).containsOnlyKeys("s/new");
    assertThat(a.drains()).containsExactly("t");
  }

  @Test
  void anOwnEntryThatAPeerHasSeenEndGoesToo() {
    a.put("s/1", "{}");
    a.put("s/2", "{}");
    List<OriginDelta> saved = a.save();
    a.delete("s/1");
    a.put("s/3", "{}");
    b.pull(a);
    a.restart(saved);
    assertThat(a.view()).containsOnlyKeys("s/1", "s/2");
    a.takeBack(b);
    begin(a);
    assertThat(a.view()).containsOnlyKeys("s/2", "s/3");
  }

  @Test
  void entriesOfAnOriginThatIsNotAMemberGoToo() {
    give(a, "z", 0, NOW, entry("s/1", "{}", NOW), entry("s/2", "{}", NOW));
    give(b, "z", 0, NOW, entry("s/1", "{}", NOW));
    give(a, "y", 0, NOW, entry("s/3", "{}", NOW));
    restart(a, a.save());
    assertThat(a.registry().digest("b").horizons()).containsEntry("z", 0L).containsEntry("y", 0L);
    a.pull(b);
    a.purge();
    assertThat(a.view()).as("b does not know y").containsOnlyKeys("s/1", "s/3");
    assertThat(restored(a)).isOne();
    a.advance(2 * LIVENESS);
    for (int i = 0; i < 10; i++) {
      a.pull(b);
    }
    assertThat(a.registry().stats().origins()).doesNotContainKeys("y");
  }

  // Peers that contradict nothing.

  @Test
  void aPeerThatHasRestoredEntriesItselfContradictsNothing() {
    b.put("s/1", "{}");
    List<OriginDelta> savedB = b.save();
    b.put("s/2", "{}");
    a.pull(b);
    List<OriginDelta> savedA = a.save();
    restart(b, savedB);
    restart(a, savedA);
    a.pull(b);
    a.purge();
    assertThat(a.view()).containsOnlyKeys("s/1", "s/2");
  }

  /** It has no disk, and its peer was down too. */
  @Test
  void anOriginThatHasLostItsMemoryContradictsNothing() {
    putEach(b, 3);
    a.pull(b);
    List<OriginDelta> saved = a.save();
    List.of(a, b).forEach(node -> node.clocks.pass(5_000));
    a.restart(saved);
    b.wipe();
    b.takeBack(a);
    begin(a);
    begin(b);
    assertThat(b.view()).as("what the snapshot of a has of it").hasSize(3);
    b.put("s/new", "{}");
    a.pull(b);
    a.purge();
    assertThat(a.view()).containsKeys("s/0", "s/1", "s/2");
  }

  @Test
  void aPeerContradictsOnlyEntriesOfItsOwnLife() {
    putEach(b, 3);
    a.pull(b);
    restart(a, a.save());
    Digest asked = a.registry().digest("c");
    Delta none = new Delta(List.of(new OriginDelta("b", 0, NOW + 1_000, false, List.of())));
    take(a, "c", NOW + 1, asked, none);
    a.purge();
    assertThat(a.view()).containsOnlyKeys("s/0", "s/1");
  }

  @Test
  void aPeerWhoseLifeIsUnknownContradictsNothing() {
    b.put("s/1", "{}");
    a.pull(b);
    restart(a, a.save());
    Digest asked = a.registry().digest("c");
    Delta none = new Delta(List.of(new OriginDelta("b", 0, NOW + 1_000, false, List.of())));
    take(a, "c", 0, asked, none);
    a.purge();
    assertThat(a.view()).containsKey("s/1");
  }

  // Entries that a peer names.

  /** The clock of the node is a year behind, so P3 refuses them. */
  @Test
  void anEntryThatAPeerNamesAndThisClockRefusesHasNotEnded() {
    b.put("s/1", "{}");
    a.pull(b);
    List<OriginDelta> saved = a.save();
    List.of(a, c).forEach(node -> node.clocks.step(-365L * 86_400_000));
    restart(a, saved);
    a.registry().heard("c", c.clocks.millis());
    assertThat(a.view()).containsOnlyKeys("s/1");
    a.pull(b);
    a.purge();
    assertThat(b.view()).containsOnlyKeys("s/1");
    assertThat(a.view()).containsOnlyKeys("s/1");
  }

  @Test
  void anOwnEntryThatAPeerNamesAndThisClockRefusesHasNotEnded() {
    b.put("s/1", "{}");
    a.put("s/own", "{}");
    a.pull(b);
    b.pull(a);
    List<OriginDelta> saved = a.save();
    a.clocks.step(-365L * 86_400_000);
    a.restart(saved);
    a.takeBack(b);
    a.purge();
    assertThat(a.view()).as("after the recovery").containsOnlyKeys("s/1", "s/own");
    begin(a);
    Digest asked = a.registry().digest("b");
    take(a, "b", asked, ask(a, asked, b, 1 << 20));
    a.purge();
    assertThat(a.view()).as("after a pull").containsOnlyKeys("s/1", "s/own");
  }

  /** The peer has an older entry of a key of which the snapshot has a newer one: nothing is refused here. */
  @Test
  void anEntryThatHasEndedGoesAlsoIfThePeerNamesAnOlderOneOfAnotherKey() {
    a.put("s/ended", "{}");
    a.advance(LIVENESS / 2);
    b.advance(LIVENESS / 2);
    a.put("s/kept", "{}");
    b.pull(a);
    a.put("s/kept", "{}");
    List<OriginDelta> saved = a.save();
    b.advance(LIVENESS / 2 + 1);
    a.clocks.pass(LIVENESS / 2 + 1);
    a.restart(saved);
    assertThat(a.view()).containsOnlyKeys("s/ended", "s/kept");
    a.takeBack(b);
    begin(a);
    a.purge();
    assertThat(a.view()).containsOnlyKeys("s/kept");
  }

  // The own origin, which a node asks for again when its clock has jumped.

  /** One peer has restored it, and another one has seen it end. */
  @Test
  void anOwnEntryThatHasEndedDoesNotComeBack() {
    a.put("s/1", "{}");
    b.pull(a);
    restart(b, b.save());
    a.wipe();
    a.takeBack(b);
    begin(a);
    assertThat(a.view()).containsOnlyKeys("s/1");
    Delta none = new Delta(List.of(new OriginDelta("a", 0, NOW + 1_000, false, List.of())));
    take(a, "c", Digest.of("a", 0), none);
    a.purge();
    assertThat(a.view()).isEmpty();
    a.takeBack(b);
    assertThat(b.view()).containsOnlyKeys("s/1");
    assertThat(a.view()).isEmpty();
  }

  /** The snapshot of the peer is from before the entry ended. */
  @Test
  void anOwnEntryThatTheOwnSnapshotHasNoMoreDoesNotComeBack() {
    a.put("s/1", "{}");
    a.entries("a");
    a.put("s/2", "{}");
    b.pull(a);
    List<OriginDelta> savedB = b.save();
    a.delete("s/1");
    a.advance(FORGOTTEN);
    a.put("s/3", "{}");
    List<OriginDelta> savedA = a.save();
    b.clocks.pass(FORGOTTEN);
    restart(b, savedB);
    a.restart(savedA);
    a.takeBack(b);
    begin(a);
    assertThat(b.view()).containsOnlyKeys("s/1", "s/2");
    assertThat(a.view()).containsOnlyKeys("s/3");
  }

  /** It was written after the last snapshot of its node, and before that of the peer. */
  @Test
  void anOwnEntryThatOnlyTheSnapshotOfAPeerHasComesBack() {
    a.put("s/1", "{}");
    List<OriginDelta> savedA = a.save();
    a.put("s/2", "{}");
    b.pull(a);
    restart(b, b.save());
    a.restart(savedA);
    a.takeBack(b);
    begin(a);
    assertThat(a.view()).containsOnlyKeys("s/1", "s/2");
    assertThat(restored(a)).isEqualTo(2);
  }

  // Ties longer than a slice of the purge.

  /** The only restored entry is above the tie, and above the part that c has. */
  @Test
  void thePurgeEndsAfterATieWithoutARestoredEntry() {
    for (int i = 0; i < 2_000; i++) {
      b.put("s/" + i, "{}");
    }
    List<Entry> tie = b.entries("b");
    a.pull(b);
    b.put("s/late", "{}");
    a.pull(b);
    restart(a, a.save());
    Digest asked = a.registry().digest("c");
    take(a, "c", asked, new Delta(List.of(new OriginDelta("b", 0, NOW, false, tie))));
    assertThat(restored(a)).isOne();
    assertThat(purgesToTheEnd()).isTrue();
    assertThat(a.view()).containsKey("s/late");
  }

  @Test
  void theLastEntryOfATieIsDroppedToo() {
    for (int i = 0; i < 1_500; i++) {
      b.put("s/" + i, "{}");
    }
    b.put("s/last", "{}");
    List<Entry> tie = new ArrayList<>(b.entries("b"));
    a.pull(b);
    restart(a, a.save());
    assertThat(tie.removeIf(entry -> entry.key().equals(TestNode.key("s/last"))))
        .isTrue();
    Digest asked = a.registry().digest("c");
    take(a, "c", asked, new Delta(List.of(new OriginDelta("b", 0, NOW, false, tie))));
    assertThat(purgesToTheEnd()).isTrue();
    assertThat(a.view()).hasSize(1_500).doesNotContainKey("s/last");
  }

  private boolean purgesToTheEnd() {
    boolean more = true;
    for (int slices = 0; more && slices < 1_000; slices++) {
      more = a.registry().purge(1_000);
    }
    return !more;
  }

  // Nodes that have seen an entry end, and one that was cut off when it started.

  private void restartWithAnEntryThatCHasSeenExpire() {
    a.put("s/dead", "{}");
    List<OriginDelta> saved = a.save();
    c.pull(a);
    a.advance(10);
    a.put("s/y", "{}", 2_000);
    c.pull(a);
    List.of(a, c).forEach(node -> node.advance(2 * LIVENESS));
    assertThat(c.view()).isEmpty();
    restart(a, saved);
    c.pull(a);
  }

  @Test
  void aNodeDoesNotTakeBackARestoredEntryThatItHasSeenExpire() {
    restartWithAnEntryThatCHasSeenExpire();
    assertThat(c.view()).isEmpty();
  }

  @Test
  void theNodeThatHasSeenItExpireContradictsItAfterAResetToo() {
    restartWithAnEntryThatCHasSeenExpire();
    a.takeBack(c);
    a.pull(c);
    a.purge();
    assertThat(a.view()).isEmpty();
  }
}

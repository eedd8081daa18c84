package io.hera.registry;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Rule P14: which exchanges with a peer say that restored entries have ended. */
class P14ExchangeTest extends RestartedNodes {
  /** A renewal has moved an entry from the first page to the last. */
  @Test
  void anAnswerThatGoesOnSaysNothingOfTheEntriesThatItLacks() {
    putEach(b, 3);
    a.pull(b);
    List<OriginDelta> saved = a.save();
    b.renew("s/0");
    restart(a, saved);
    Digest asked = a.registry().digest("b");
    Delta first = ask(a, asked, b, 1);
    assertThat(first.more()).isTrue();
    take(a, "b", asked, first);
    a.purge();
    assertThat(a.view()).hasSize(3);
    a.pull(b);
    a.purge();
    assertThat(a.view()).hasSize(3);
    assertThat(restored(a)).isZero();
  }

  @Test
  void eachPeerIsAskedForEverythingOnceAsLongAsEntriesAreRestored() {
    b.put("s/1", "{}");
    a.pull(b);
    restart(a, a.save());
    give(a, "b", 0, NOW + 50, entry("s/9", "{}", NOW + 50));
    assertThat(a.registry().digest("c").horizons()).containsEntry("b", 0L);
    assertThat(a.registry().digest("c").horizons()).as("no answer yet").containsEntry("b", 0L);
    a.pull(c);
    assertThat(a.registry().digest("c").horizons()).containsEntry("b", NOW + 50);
    assertThat(a.registry().digest("b").horizons()).containsEntry("b", 0L);
  }

  @Test
  void anAnswerSaysNothingOfEntriesBelowThoseThatWereAskedFor() {
    b.put("s/1", "{}");
    a.pull(b);
    restart(a, a.save());
    Delta none = new Delta(List.of(new OriginDelta("b", 0, NOW + 1_000, false, List.of())));
    take(a, "c", Digest.of("b", NOW), none);
    a.purge();
    assertThat(a.view()).containsKey("s/1");
  }

  @Test
  void anAnswerSaysNothingOfEntriesBelowItsBegin() {
    b.put("s/1", "{}");
    a.pull(b);
    restart(a, a.save());
    Delta none = new Delta(List.of(new OriginDelta("b", NOW, NOW + 1_000, false, List.of())));
    take(a, "c", Digest.of("b", 0), none);
    a.purge();
    assertThat(a.view()).containsKey("s/1");
  }

  @Test
  void aPullThatWasInterruptedIsMadeUpFor() {
    putEach(b, 4);
    a.pull(b);
    List<OriginDelta> saved = a.save();
    b.delete("s/1");
    b.delete("s/2");
    b.advance(FORGOTTEN);
    a.clocks.pass(FORGOTTEN);
    putEach(b, 1);
    b.put("s/3", "{\"n\":3}");
    restart(a, saved);
    Digest asked = a.registry().digest("b");
    Delta first = ask(a, asked, b, 1);
    assertThat(first.more()).isTrue();
    take(a, "b", asked, first);
    a.pull(b);
    a.pull(b);
    a.purge();
    assertThat(a.view()).isEqualTo(b.view()).hasSize(2);
  }

  /** Meanwhile another peer, which has restored its entries too, moves the horizon. */
  @Test
  void aPeerWhoseFirstAnswerWasLostIsAskedForEverythingAgain() {
    c.put("s/1", "{}");
    c.put("t/1", "{}");
    a.pull(c);
    List<OriginDelta> savedA = a.save();
    List<OriginDelta> savedC = c.save();
    c.delete("s/1");
    b.pull(c);
    List.of(b, c).forEach(node -> node.advance(FORGOTTEN));
    a.clocks.pass(FORGOTTEN);
    c.put("t/1", "{}");
    b.pull(c);
    assertThat(b.view()).containsOnlyKeys("t/1");
    a.restart(savedA);
    c.restart(savedC);
    begin(a);
    begin(c);
    assertThat(a.registry().digest("b").horizons()).containsEntry("c", 0L);
    a.pull(c);
    a.pull(b);
    a.purge();
    assertThat(a.view()).containsOnlyKeys("t/1");
  }

  /** A request of one origin, which waits for its next entry, is answered within a pull of all. */
  @Test
  void theAnswerToAHangingPullDoesNotEndThePullBesideIt() {
    putEach(b, 3);
    a.pull(b);
    List<OriginDelta> saved = a.save();
    b.advance(1_000);
    b.renew("s/0");
    b.entries("b");
    restart(a, saved);
    Digest asked = a.registry().digest("b");
    Delta first = ask(a, asked, b, 1);
    assertThat(first.more()).isTrue();
    take(a, "b", asked, first);
    long to = first.origins().get(0).to();
    take(a, "b", Digest.of("b", to), new Delta(List.of()));
    a.purge();
    assertThat(a.view()).as("renewed, and named on the last page").containsKey("s/0");
    assertThat(a.kinds).doesNotContain(Change.Kind.ABSENT);
  }

  /** The first peer has restored its entries itself, and so says nothing. */
  @Test
  void theSecondPeerIsAskedFromZeroOnAllPages() {
    putEach(c, 6);
    a.pull(c);
    List<OriginDelta> savedA = a.save();
    List<OriginDelta> savedC = c.save();
    List.of(a, b, c).forEach(node -> node.clocks.pass(FORGOTTEN));
    a.restart(savedA);
    c.restart(savedC);
    begin(a);
    begin(c);
    for (int i = 0; i < 6; i++) {
      if (i != 4) {
        give(b, "c", 0, NOW + i, entry("s/" + i, "{\"n\":" + i + "}", NOW + i));
      }
    }
    a.pull(c);
    assertThat(a.view()).hasSize(6);
    b.pageBytesMax = 1;
    a.pull(b);
    a.purge();
    assertThat(a.view()).hasSize(5).doesNotContainKey("s/4");
  }

  /** One pull of one peer, page by page. */
  private final class Pull {
    private final TestNode peer;
    private Digest asked;
    private boolean more = true;

    Pull(TestNode peer) {
      this.peer = peer;
      this.asked = a.registry().digest(peer.name);
    }

    void page() {
      if (more) {
        Delta answer = ask(a, asked, peer, 1);
        take(a, peer.name, asked, answer);
        more = answer.more();
        asked = a.registry().nextOfPull(peer.name);
      }
    }
  }

  @Test
  void pullsOfTwoPeersPageByPageInTurnSayWhichEntriesHaveEnded() {
    long before = 0;
    for (int i = 0; i < 12; i++) {
      Registration one = entry("s/" + i, "{\"n\":" + i + "}", NOW + i);
      give(a, "z", before, NOW + i, one);
      if (i % 2 == 0) {
        give(b, "z", Math.max(0, before - 1), NOW + i, one);
        give(c, "z", Math.max(0, before - 1), NOW + i, one);
      }
      before = NOW + i;
    }
    give(b, "z", NOW + 10, NOW + 12);
    give(c, "z", NOW + 10, NOW + 12);
    restart(a, a.save());
    assertThat(a.view()).hasSize(12);
    Pull ofB = new Pull(b);
    Pull ofC = new Pull(c);
    while (ofB.more || ofC.more) {
      ofB.page();
      ofC.page();
    }
    a.purge();
    assertThat(a.view()).isEqualTo(b.view()).hasSize(6);
  }
}

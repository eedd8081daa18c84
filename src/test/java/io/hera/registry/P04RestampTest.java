package io.hera.registry;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Tests that new versions are given in slices, and that nothing is lost between two of them. */
class P04RestampTest extends ThreeNodes {
  private static final int ENTRIES = 3 * Registry.TURN_SLOTS_MAX;
  private static final long YEAR = 365L * 86_400_000;

  private final View view =
      new View(TestNode::content, change -> {}, TestNode.noSilences(), () -> 0);
  private final Slots slots = new Slots(view, LIVENESS);
  private final Replica own = new Replica("a");
  private final Replica other = new Replica("b");
  private final HybridClock clock = new HybridClock();
  private final Restamp restamp = new Restamp(own, slots, clock);

  private Slot register(Replica replica, String path, long version) {
    Slot slot = slots.open(TestNode.key(path), replica);
    slots.register(slot, new byte[] {1}, version, Slots.TtlSource.LIVENESS, LIVENESS, 0);
    return slot;
  }

  private static long above(TestNode node, String origin, long version) {
    return new Inspection(node.registry())
        .entries(origin).stream().filter(entry -> entry.version() > version).count();
  }

  @Test
  void aTurnRestampsABoundedNumberOfEntries() {
    a.clocks.step(YEAR);
    IntStream.range(0, ENTRIES).forEach(i -> a.put("s/" + i, "{}"));
    a.clocks.step(-YEAR);
    for (int turn = 1; turn <= 3; turn++) {
      a.get("s/1");
      assertThat(above(a, "a", NOW + SKEW)).isEqualTo(ENTRIES - turn * Registry.TURN_SLOTS_MAX);
    }
    assertThat(a.service("s")).hasSize(ENTRIES);
    b.pull(a);
    assertThat(b.view()).isEqualTo(a.view());
  }

  @Test
  void aPurgeAsksForAnotherTurnUntilAllAreRestamped() {
    a.clocks.step(YEAR);
    IntStream.range(0, ENTRIES).forEach(i -> a.put("s/" + i, "{}"));
    a.clocks.step(-YEAR);
    int turns = 1;
    while (a.registry().purge(1_000)) {
      turns++;
    }
    assertThat(turns).isBetween(3, 5);
    assertThat(above(a, "a", NOW + SKEW)).isZero();
  }

  @Test
  void aTurnDropsABoundedNumberOfEntriesFromTheFuture() {
    a.clocks.step(YEAR);
    give(
        a,
        "b",
        0,
        NOW + YEAR,
        IntStream.range(0, ENTRIES)
            .mapToObj(i -> entry("s/" + i, "{}", NOW + YEAR - ENTRIES + i))
            .toArray(Entry[]::new));
    a.clocks.step(-YEAR);
    assertThat(a.registry().purge(1_000)).isTrue();
    assertThat(above(a, "b", NOW + SKEW)).isBetween(1L, ENTRIES - 1_000L);
    while (a.registry().purge(1_000)) {
      // More are to be dropped.
    }
    assertThat(a.view()).isEmpty();
  }

  @Test
  void aHiddenEntryIsDroppedAndAWinnerStaysAboveTheEntryThatItHides() {
    register(own, "s/hidden", 5);
    register(other, "s/hidden", 7);
    register(other, "s/wins", 20);
    Slot wins = register(own, "s/wins", 21);
    clock.raise(25);
    restamp.all();
    restamp.slice(10);
    assertThat(restamp.isPending()).isFalse();
    assertThat(own.size()).isOne();
    assertThat(wins.version).isGreaterThan(25);
  }

  /** Entries are found by their versions, so a write between two slices does no harm. */
  @Test
  void writesBetweenTwoSlicesAreKept() {
    List<Slot> before =
        IntStream.range(0, 10).mapToObj(i -> register(own, "s/" + i, 100 + i)).toList();
    clock.raise(109);
    clock.reset(50);
    restamp.reset(50);
    restamp.slice(3);
    long written = clock.tick(50, 0, 1, 0);
    register(own, "s/9", written);
    register(own, "s/new", written);
    slots.drop(before.get(8));
    restamp.slice(100);
    assertThat(own.size()).isEqualTo(10);
    assertThat(own.newest()).isNotNull();
    assertThat(before.stream().filter(Slot::linked).map(slot -> slot.version))
        .allMatch(version -> version > 50 && version <= clock.last());
    long last = 0;
    for (Slot at = own.oldest(); at != null; at = at.newer) {
      assertThat(at.version).isGreaterThanOrEqualTo(last);
      last = at.version;
    }
  }

  @Test
  void anEntryThatARestampOfAllHasReachedIsNotRestampedAgain() {
    IntStream.range(0, 10).forEach(i -> register(own, "s/" + i, 100 + i));
    clock.raise(109);
    restamp.all();
    restamp.slice(4);
    assertThat(above(109)).isEqualTo(4);
    restamp.slice(6);
    assertThat(above(109)).isEqualTo(10);
    restamp.slice(1);
    assertThat(restamp.isPending()).isFalse();
  }

  /** New versions of a clock that is put back are below the end of a restamp that waits: it would go round and round. */
  @Test
  void aRestampThatWaitsEndsWhenTheClockIsPutBack() {
    IntStream.range(0, 10).forEach(i -> register(own, "s/" + i, 100 + i));
    clock.raise(109);
    restamp.all();
    restamp.reset(50);
    restamp.slice(20);
    assertThat(restamp.isPending()).isFalse();
    assertThat(own.size()).isEqualTo(10);
    assertThat(own.after(clock.last())).isNull();
  }

  private int above(long version) {
    int count = 0;
    for (Slot at = own.after(version); at != null; at = at.newer) {
      count++;
    }
    return count;
  }
}

package io.hera.registry;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests the version order of a replica, and its horizon. */
class ReplicaTest {
  private final Replica replica = new Replica("a");
  private final Service service = new Service("s");

  private Slot slot(int id, long version) {
    Slot slot = new Slot(service, "i" + id, replica);
    slot.state = Slot.State.REGISTERED;
    slot.version = version;
    return slot;
  }

  /** Links as many slots, the version of each above that of the one before. */
  private List<Slot> linked(int count) {
    List<Slot> slots = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      slots.add(slot(i, i));
      replica.link(slots.get(i));
    }
    return slots;
  }

  private List<Slot> forwards() {
    List<Slot> slots = new ArrayList<>();
    for (Slot at = replica.oldest(); at != null; at = at.newer) {
      slots.add(at);
    }
    return slots;
  }

  private List<Slot> backwards() {
    List<Slot> slots = new ArrayList<>();
    for (Slot at = replica.newest(); at != null; at = at.older) {
      slots.add(0, at);
    }
    return slots;
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void theOrderIsThatOfASortedListAfterRandomRenewals(long seed) {
    Random random = new Random(seed);
    List<Slot> model = new ArrayList<>();
    for (int i = 0; i < 8_000; i++) {
      Slot slot = slot(i, i / 3);
      model.add(slot);
      replica.link(slot);
    }
    long version = 8_000;
    for (int i = 0; i < 20_000; i++) {
      Slot slot = model.get(random.nextInt(random.nextBoolean() ? 100 : model.size()));
      replica.unlink(slot);
      slot.version = random.nextInt(10) == 0 ? random.nextInt((int) version) : version;
      version += random.nextInt(2);
      replica.link(slot);
    }
    assertThat(forwards()).isEqualTo(backwards()).containsExactlyInAnyOrderElementsOf(model);
    assertThat(forwards()).isSortedAccordingTo(Comparator.comparingLong(slot -> slot.version));
    assertThat(replica.size()).isEqualTo(model.size());
    for (int i = 0; i < 200; i++) {
      checkAfter(random.nextInt((int) version + 10) - 5);
    }
  }

  private void checkAfter(long version) {
    Slot expected =
        forwards().stream().filter(slot -> slot.version > version).findFirst().orElse(null);
    assertThat(replica.after(version)).isSameAs(expected);
  }

  @Test
  void renewingEveryMarkedSlotLeavesTheOthersMarked() {
    List<Slot> slots = linked(10_000);
    long version = 10_000;
    for (Slot slot : slots) {
      if (slot.marked) {
        replica.unlink(slot);
        slot.version = version++;
        replica.link(slot);
      }
    }
    int gap = 0;
    for (Slot slot : forwards()) {
      gap = slot.marked ? 0 : gap + 1;
      assertThat(gap).isLessThan(2_048);
    }
  }

  /** Instances that are renewed in turn: each renewal is one of the oldest slot. */
  @Test
  void theOldestSlotInheritsNoMark() {
    List<Slot> slots = linked(10_000);
    long version = 10_000;
    int marked = 0;
    for (Slot slot : slots) {
      marked += slot.marked ? 1 : 0;
      replica.unlink(slot);
      slot.version = version++;
      replica.link(slot);
    }
    assertThat(marked).isLessThan(20);
  }

  @Test
  void anEmptiedReplicaHasNoSlotsAndNoMarks() {
    List<Slot> slots = linked(3_000);
    slots.forEach(replica::unlink);
    assertThat(replica.oldest()).isNull();
    assertThat(replica.newest()).isNull();
    assertThat(replica.after(0)).isNull();
    assertThat(slots).noneMatch(slot -> slot.marked);
  }
}

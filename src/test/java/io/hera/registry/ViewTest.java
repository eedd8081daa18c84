package io.hera.registry;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests View, Service and Slots together, because they change together. */
class ViewTest {
  private static final Key KEY = new Key("s", "1");

  private final List<String> changes = new ArrayList<>();
  private final View view = new View(
      TestNode::content,
      change -> {
        assertThat(Arrays.equals(change.before(), change.after())).isFalse();
        changes.add("%s:%s>%s %s by %s"
            .formatted(
                change.key().id(),
                text(change.before()),
                text(change.after()),
                change.kind(),
                change.origin()));
      },
      TestNode.noSilences(),
      () -> 0);
  private final Slots slots = new Slots(view, 300_000);
  private final Replica a = new Replica("a");
  private final Replica b = new Replica("b");

  private static String text(byte[] document) {
    return document == null ? "-" : new String(document, UTF_8);
  }

  private void register(Key key, Replica replica, String document, long version) {
    register(slots.open(key, replica), document, version);
  }

  private void register(Slot slot, String document, long version) {
    byte[] bytes = document.getBytes(UTF_8);
    slots.register(slot, bytes, version, Slots.TtlSource.LIVENESS, 300_000, 0);
  }

  @Test
  void theListenerIsNotifiedOfVisibleChangesOnly() {
    register(KEY, a, "x", 5);
    register(KEY, a, "x", 6);
    register(KEY, b, "y", 4);
    register(KEY, b, "x", 7);
    register(KEY, b, "y", 8);
    register(KEY, b, "x", 9);
    slots.drop(slots.open(KEY, b));
    slots.remove(slots.open(KEY, a), 10, 1, 0);
    slots.drop(slots.open(KEY, a));
    assertThat(changes)
        .containsExactly(
            "1:->x REGISTERED by a",
            "1:x>y UPDATED by b",
            "1:y>x UPDATED by b",
            "1:x>- DEREGISTERED by a");
    assertThat(view.service("s")).isNull();
  }

  @Test
  void anExpiryIsDistinguishedFromADeregistration() {
    register(KEY, a, "x", 5);
    slots.drop(slots.open(KEY, a));
    register(KEY, a, "y", 6);
    slots.expire(slots.open(KEY, a), 6, 1_000, 0);
    register(KEY, b, "z", 7);
    slots.remove(slots.open(KEY, b), 8, 1_000, 0);
    register(KEY, b, "z", 9);
    slots.remove(slots.open(KEY, a), 10, 1_000, 0);
    assertThat(changes)
        .containsExactly(
            "1:->x REGISTERED by a",
            "1:x>- EXPIRED by a",
            "1:->y REGISTERED by a",
            "1:y>- EXPIRED by a",
            "1:->z REGISTERED by b",
            "1:z>- DEREGISTERED by b",
            "1:->z REGISTERED by b",
            "1:z>- DEREGISTERED by a");
  }

  /** Until a peer has asked, a key may be written twice at one version (P1). */
  @Test
  void aDeregistrationAtTheVersionOfItsRegistrationIsNoExpiry() {
    register(KEY, a, "x", 5);
    slots.remove(slots.open(KEY, a), 5, 1_000, 0);
    assertThat(changes).containsExactly("1:->x REGISTERED by a", "1:x>- DEREGISTERED by a");
  }

  /** A peer holds that version, so the origin has not written it again. */
  @Test
  void aTombstoneOfAnotherNodeAtTheVersionOfARegistrationIsAnExpiry() {
    register(KEY, a, "x", 5);
    slots.receiveTombstone(slots.open(KEY, a), 5, 1_000, 0);
    register(KEY, a, "y", 6);
    slots.receiveTombstone(slots.open(KEY, a), 7, 1_000, 0);
    assertThat(changes)
        .containsExactly(
            "1:->x REGISTERED by a",
            "1:x>- EXPIRED by a",
            "1:->y REGISTERED by a",
            "1:y>- DEREGISTERED by a");
  }

  @Test
  void idsAreInByteOrderAfterEachChange() {
    for (String id : List.of("b", "a", "\uffee", "\ud83d\ude00", "B")) {
      register(new Key("s", id), a, id, 1);
    }
    assertThat(ids()).containsExactly("B", "a", "b", "\uffee", "\ud83d\ude00");
    slots.remove(slots.open(new Key("s", "a"), b), 2, 1, 0);
    assertThat(ids()).doesNotContain("a");
    slots.drop(slots.open(new Key("s", "a"), b));
    assertThat(ids()).contains("a");
  }

  private List<String> ids() {
    List<String> ids = new ArrayList<>();
    view.forEachInstance("s", (id, document) -> ids.add(id));
    return ids;
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void winnersAndCountsEqualThoseOfANaiveModel(long seed) {
    Random random = new Random(seed);
    List<Replica> replicas = List.of(a, b, new Replica("c"), new Replica("d"));
    Map<Key, Map<Replica, Slot>> model = new TreeMap<>(Comparator.comparing(Key::toString));
    for (int i = 1; i < 3_000; i++) {
      Key key = new Key("s" + random.nextInt(3), "i" + random.nextInt(4));
      Replica replica = replicas.get(random.nextInt(replicas.size()));
      Slot slot = slots.open(key, replica);
      Map<Replica, Slot> entries = model.computeIfAbsent(
          key, any -> new TreeMap<>(Comparator.comparing(other -> other.origin)));
      int version = 1 + random.nextInt(6);
      switch (random.nextInt(3)) {
        case 0 -> register(slot, "d" + random.nextInt(3), version);
        case 1 -> slots.remove(slot, version, 1, 0);
        default -> slots.drop(slot);
      }
      entries.put(replica, slot);
      entries.values().removeIf(entry -> !entry.linked());
      check(model);
    }
  }

  private void check(Map<Key, Map<Replica, Slot>> model) {
    Map<String, Integer> counts = new TreeMap<>();
    long tombstones = 0;
    long bytes = 0;
    for (Map.Entry<Key, Map<Replica, Slot>> entries : model.entrySet()) {
      Slot winner = entries.getValue().values().stream()
          .max(Comparator.<Slot>comparingLong(slot -> slot.version)
              .thenComparing(slot -> slot.replica.origin))
          .orElse(null);
      assertThat(view.winner(entries.getKey())).isSameAs(winner);
      if (winner != null && winner.registered()) {
        counts.merge(entries.getKey().service(), 1, Integer::sum);
      }
      tombstones += entries.getValue().values().stream()
          .filter(slot -> !slot.registered())
          .count();
      bytes += bytes(entries.getValue().values());
    }
    assertThat(view.instanceCounts()).isEqualTo(counts);
    assertThat(view.serviceCount()).isEqualTo(counts.size());
    assertThat(view.instanceCount())
        .isEqualTo(counts.values().stream().mapToInt(Integer::intValue).sum());
    assertThat(slots.tombstones()).isEqualTo(tombstones);
    assertThat(slots.bytes()).isEqualTo(bytes);
  }

  /** Returns the bytes of the ids, and of each array once, however many entries share it. */
  private static long bytes(Collection<Slot> slots) {
    Set<byte[]> documents = Collections.newSetFromMap(new IdentityHashMap<>());
    slots.forEach(slot -> documents.add(slot.document));
    return slots.stream().mapToLong(slot -> slot.id.length()).sum()
        + documents.stream().mapToLong(document -> document.length).sum();
  }

  @Test
  void theContentIsAlwaysTheSumOverTheInstances() {
    Random random = new Random(2);
    List<Replica> replicas = List.of(a, b, new Replica("c"));
    for (int version = 1; version < 5_000; version++) {
      Key key = new Key("s" + random.nextInt(3), "i" + random.nextInt(5));
      Slot slot = slots.open(key, replicas.get(random.nextInt(3)));
      switch (random.nextInt(4)) {
        case 0 -> slots.remove(slot, version, 1, 0);
        case 1 -> slots.drop(slot);
        default -> register(slot, "d" + random.nextInt(3), version);
      }
      assertThat(view.content()).isEqualTo(sum());
    }
  }

  private ContentVersion sum() {
    ContentVersion all = ContentVersion.NONE;
    for (String service : List.of("s0", "s1", "s2")) {
      List<ContentVersion> parts = new ArrayList<>();
      view.forEachInstance(
          service, (id, document) -> parts.add(TestNode.content(service, id, document)));
      ContentVersion sum = parts.stream().reduce(ContentVersion.NONE, ContentVersion::plus);
      assertThat(view.content(service)).isEqualTo(sum);
      all = all.plus(sum);
    }
    return all;
  }
}

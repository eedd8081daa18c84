package io.hera.registry;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Rule P14 in random walks: counts of restored entries, versions across restarts, restamps. */
class P14WalkTest extends RestartedNodes {
  // Counts.

  @Test
  void theCountsOfRestoredEntriesAreTrueAtEachStep() {
    for (long seed = 0; seed < 100; seed++) {
      Walk walk = new Walk(new Random(seed));
      for (int step = 0; step < 150; step++) {
        walk.step();
        for (TestNode node : walk.nodes) {
          assertCounts(node, seed, step);
        }
      }
    }
  }

  /** Three nodes, and their last snapshots. */
  private record Walk(Random random, List<TestNode> nodes, Map<TestNode, List<OriginDelta>> saved) {
    Walk(Random random) {
      this(random, Stream.of("a", "b", "c").map(TestNode::alone).toList(), new HashMap<>());
    }

    void step() {
      TestNode node = nodes.get(random.nextInt(3));
      TestNode other = nodes.get(random.nextInt(3));
      String path = "s/" + random.nextInt(6);
      switch (random.nextInt(10)) {
        case 0, 1 ->
          node.put(path, "{\"n\":" + random.nextInt(3) + "}", random.nextInt(3) * 20_000L);
        case 2 -> node.renew(path);
        case 3 -> node.delete(path);
        case 4, 5 -> pull(node, other);
        case 6 -> saved.put(node, node.save());
        case 7 -> restart(node);
        case 8 -> nodes.forEach(each -> each.advance(random.nextInt(100) * 1_000L));
        default -> node.clocks.step(random.nextInt(20_000) - 10_000);
      }
    }

    private void pull(TestNode node, TestNode other) {
      if (node != other) {
        node.pageBytesMax = random.nextBoolean() ? 1 : 1 << 20;
        node.pull(other);
      }
    }

    private void restart(TestNode node) {
      node.restart(saved.getOrDefault(node, List.of()));
      for (TestNode peer : nodes) {
        if (peer != node && random.nextBoolean()) {
          node.takeBack(peer);
        }
      }
      begin(node);
    }
  }

  private static void assertCounts(TestNode node, long seed, int step) {
    int shown = 0;
    for (Replica replica : node.registry().membership.replicas()) {
      int found = 0;
      long before = 0;
      for (Slot at = replica.oldest(); at != null; at = at.newer) {
        assertThat(at.version).isGreaterThanOrEqualTo(before);
        before = at.version;
        if (at.restored) {
          assertThat(at.registered()).isTrue();
          found++;
          shown += at.service.winner(at.id) == at ? 1 : 0;
        }
      }
      assertThat(replica.restored())
          .as("%s, seed %d, step %d", node, seed, step)
          .isEqualTo(found);
    }
    View view = node.registry().view();
    assertThat(view.restoredCount())
        .as("%s, seed %d, step %d", node, seed, step)
        .isEqualTo(shown);
    assertThat(view.restoredCount("s")).isEqualTo(shown);
  }

  /** One entry each expires, is deleted, replaced, renewed or hidden, and is absent from answers. */
  @Test
  void theCountsOfRestoredEntriesComeBackToZero() {
    for (String path : List.of("s/exp", "s/del", "s/put", "s/renew", "s/hid", "s/abs")) {
      b.put(path, "{}");
      b.entries("b");
    }
    a.pull(b);
    a.put("o/1", "{}");
    restart(a, a.save());
    assertThat(restored(a)).isEqualTo(7);
    a.delete("s/del");
    a.put("s/put", "{\"x\":1}");
    a.renew("s/renew");
    give(a, "c", 0, NOW + 500, entry("s/hid", "{}", NOW + 500));
    a.delete("o/1");
    a.advance(2 * LIVENESS);
    assertThat(restored(a)).isZero();
    assertThat(a.registry().view().restoredCount("s")).isZero();
    assertThat(a.registry().view().restoredCount("o")).isZero();
    for (Replica replica : a.registry().membership.replicas()) {
      assertThat(replica.restored()).as(replica.origin).isZero();
    }
    assertThat(a.view()).isEmpty();
  }

  // Versions.

  @Test
  void noTwoSnapshotsHaveDifferentEntriesOfOneVersion() {
    for (long seed = 0; seed < 200; seed++) {
      Random random = new Random(seed);
      TestNode node = TestNode.alone("a");
      Map<Statement, String> known = new HashMap<>();
      List<OriginDelta> saved = List.of();
      for (int step = 0; step < 100; step++) {
        switch (random.nextInt(5)) {
          case 0 -> {
            saved = node.save();
            assertNoneDiffers(saved, known, seed);
          }
          case 1 -> {
            restart(node, saved);
          }
          case 2 -> node.clocks.step(random.nextInt(20_000) - 10_000);
          default ->
            node.put("s/" + random.nextInt(4), "{\"n\":" + random.nextInt(1_000_000) + "}");
        }
      }
    }
  }

  private record Statement(Key key, long version) {}

  private static void assertNoneDiffers(
      List<OriginDelta> saved, Map<Statement, String> known, long seed) {
    for (OriginDelta part : saved) {
      for (Entry entry : part.entries()) {
        String document =
            entry instanceof Registration one ? new String(one.document(), UTF_8) : "gone";
        String before = known.putIfAbsent(new Statement(entry.key(), entry.version()), document);
        if (before != null) {
          assertThat(document).as("seed %d", seed).isEqualTo(before);
        }
      }
    }
  }

  // Restamps (P4, P8).

  /** In slices of one or two entries, while clients renew and delete. */
  @Test
  void aRestampAmongRestoredEntriesEndsAndLeavesOutNoOrdinaryOne() {
    for (long seed = 0; seed < 400; seed++) {
      Random random = new Random(seed);
      TestNode node = TestNode.alone("a");
      restartWithSomeConfirmed(node, random);
      node.registry().turnSlotsMax = 1 + random.nextInt(2);
      node.put("t/1", "{}");
      boolean clockGoesBack = random.nextBoolean();
      if (clockGoesBack) {
        node.clocks.step(-SKEW - 5_000);
      } else {
        give(node, "a", 0, NOW + 5_000, entry("t/2", "{}", NOW + 5_000));
      }
      restamp(node, random, seed);
      if (clockGoesBack) {
        assertThat(ordinaryAboveLast(node)).as("seed %d", seed).isEmpty();
      }
      node.advance(3 * LIVENESS);
      assertThat(node.view()).as("seed %d", seed).isEmpty();
      assertThat(node.registry().membership.own().restored()).isZero();
    }
  }

  private static void restartWithSomeConfirmed(TestNode node, Random random) {
    for (int i = 0; i < 30; i++) {
      node.put("s/" + i, "{}");
      if (random.nextBoolean()) {
        node.entries("a");
      }
    }
    restart(node, node.save());
    Replica own = node.registry().membership.own();
    for (int i = 0; i < 30; i++) {
      if (random.nextInt(3) == 0) {
        Slot slot = requireNonNull(node.registry().view.slot(TestNode.key("s/" + i), own));
        give(node, "a", 0, NOW + i, entry("s/" + i, "{}", slot.version));
      }
    }
  }

  private static void restamp(TestNode node, Random random, long seed) {
    node.registry().snapshots();
    int turns = 0;
    while (node.registry().own.restamping() && turns < 3_000) {
      turns++;
      switch (random.nextInt(6)) {
        case 0 -> node.renew("s/" + random.nextInt(30));
        case 1 -> node.delete("s/" + random.nextInt(30));
        default -> node.registry().snapshots();
      }
    }
    assertThat(turns).as("seed %d", seed).isLessThan(3_000);
  }

  private static List<String> ordinaryAboveLast(TestNode node) {
    long last = node.registry().last();
    return Stream.iterate(
            node.registry().membership.own().oldest(), slot -> slot != null, slot -> slot.newer)
        .filter(slot -> !slot.restored && slot.version > last)
        .map(slot -> slot.id)
        .toList();
  }
}

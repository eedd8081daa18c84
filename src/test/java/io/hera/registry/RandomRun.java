package io.hera.registry;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Three registries, random writes, random exchanges of small pages, and what must be true of them. The instances 0–2 have
 * one node each that they always write to; the others move about.
 */
final class RandomRun {
  private static final int SETTLED = 3;
  private static final long TTL_MAX_MILLIS = 20_000;
  private static final RegistryLimits BOUNDS =
      new RegistryLimits(TTL_MAX_MILLIS, 1_000, TTL_MAX_MILLIS, 60_000, 100, 1_000, 1 << 20, 1_000);

  /** What a client did last: when it is over, by the clock of the world. */
  private record Write(TestNode node, String document, long endMillis) {}

  private record Shown(String document, long version) {}

  /** What is known of one node in its present life. */
  private static final class Watch {
    /** Document → newest version of it that came by. Every put has a document of its own. */
    final Map<String, Long> versions = new HashMap<>();
    /** Path → newest version that was shown. */
    final Map<String, Shown> shown = new HashMap<>();
    /** Keys written since the last answer that claimed everything. */
    final Map<Key, Long> unclaimed = new HashMap<>();

    long claimed;
  }

  private final long seed;
  private final Random random;
  private final List<TestNode> nodes;
  private final Map<TestNode, Watch> watches = new HashMap<>();
  private final Map<String, Write> last = new TreeMap<>();
  private final Map<String, Long> endOfLife = new HashMap<>();
  /** When each version of each document was made, by the clock of the world; those that were written anew are not here. */
  private final Map<Shown, Long> written = new HashMap<>();

  private long nowMillis;
  private int writes;
  private boolean tame = true;
  private boolean lossless;

  RandomRun(long seed) {
    this.seed = seed;
    random = new Random(seed * 0x9E3779B97F4A7C15L);
    nodes = Stream.of("a", "b", "c")
        .map(name -> new TestNode(name, Set.of("a", "b", "c"), BOUNDS, new Clocks()))
        .toList();
    for (TestNode node : nodes) {
      node.pageBytesMax = random.nextBoolean() ? 300 : 1 << 20;
      node.carrier = this::exchange;
      node.clocks.step(random.nextInt(10_000) - 5_000);
      watches.put(node, new Watch());
    }
  }

  void step() {
    int id = random.nextInt(2 * SETTLED);
    TestNode node = id < SETTLED ? nodes.get(id) : any();
    switch (random.nextInt(16)) {
      case 0, 1, 2, 3 ->
        put(node, "s/" + id, random.nextInt(3) == 0 ? 1_000 + random.nextInt(19_000) : 0);
      case 4 -> renew(node, "s/" + id);
      case 5 -> delete(node, "s/" + id);
      case 6, 7, 8, 9, 10, 11 -> any().pull(any());
      case 12, 13 -> advance(random.nextInt(400));
      case 14 -> advance(random.nextInt(4_000));
      default -> {
        if (random.nextInt(4) == 0) {
          restart(node);
        } else {
          node.clocks.step(random.nextInt(2_000) - 1_000);
        }
      }
    }
  }

  /** What the protocol promises to recover from, though not to hide. */
  void mishap() {
    tame = false;
    TestNode node = any();
    switch (random.nextInt(40)) {
      case 0 -> wipe(node);
      case 1 -> {
        node.wipe();
        node.pull(any());
        node.registry().recovered();
      }
      case 2 -> node.clocks.step(random.nextInt(240_000) - 120_000);
      case 3 -> node.clocks.step((random.nextBoolean() ? 1 : -1) * 365L * 86_400_000);
      case 4, 5 -> setRight(node);
      case 6 -> pause(node, random.nextInt(30_000));
      default -> {
        // All is well.
      }
    }
  }

  private void put(TestNode node, String path, long ttl) {
    String document = "{\"n\":" + ++writes + "}";
    assertThat(node.put(path, document, ttl)).isEqualTo(Outcome.DONE);
    assertThat(node.get(path)).as("seed %d, S6", seed).isEqualTo(document);
    wrote(node, path, document);
  }

  private void renew(TestNode node, String path) {
    String document = node.get(path);
    if (node.renew(path) == Outcome.DONE && document != null) {
      wrote(node, path, document);
    }
  }

  private void wrote(TestNode node, String path, String document) {
    InstanceView found = node.registry().instance(TestNode.key(path));
    assertThat(found).isNotNull();
    long end = nowMillis + found.expiresInMillis();
    last.put(path, new Write(node, document, end));
    endOfLife.merge(document, end, Math::max);
    written.put(new Shown(document, node.version(node.name, path)), nowMillis);
    watches.get(node).unclaimed.put(TestNode.key(path), end);
    watches.get(node).versions.remove(document);
  }

  private void delete(TestNode node, String path) {
    assertThat(node.delete(path)).isEqualTo(Outcome.DONE);
    assertThat(node.get(path)).isNull();
    last.remove(path);
    watches.get(node).unclaimed.remove(TestNode.key(path));
  }

  /** A restart as it should be: all peers are there. */
  private void restart(TestNode node) {
    node.wipe();
    lossless = true;
    nodes.stream().filter(peer -> peer != node).forEach(node::pull);
    lossless = false;
    node.registry().recovered();
    forget(node);
  }

  private void wipe(TestNode node) {
    node.wipe();
    node.registry().recovered();
    forget(node);
  }

  private void forget(TestNode node) {
    watches.put(node, new Watch());
    last.values().removeIf(write -> write.node() == node);
  }

  private void advance(long millis) {
    nowMillis += millis;
    nodes.forEach(node -> node.advance(millis));
  }

  private void pause(TestNode paused, long millis) {
    nowMillis += millis;
    nodes.forEach(node -> {
      if (node == paused) {
        node.pause(millis);
      } else {
        node.advance(millis);
      }
    });
  }

  private void setRight(TestNode node) {
    node.clocks.step(Clocks.EPOCH + nowMillis - node.clocks.millis());
  }

  private TestNode any() {
    return nodes.get(random.nextInt(nodes.size()));
  }

  private Delta exchange(TestNode asker, Digest asked, TestNode answerer) {
    Delta delta = answerer.registry().delta(asked, Dialect.V2, answerer.pageBytesMax);
    for (OriginDelta part : delta.origins()) {
      checkExact(part, answerer);
      if (part.origin().equals(answerer.name)) {
        checkSealed(part, answerer);
      }
    }
    if (!lossless && random.nextInt(8) == 0) {
      return new Delta(List.of());
    }
    delta.origins().forEach(part -> {
      learn(asker, part);
      learn(answerer, part);
    });
    return delta;
  }

  private void learn(TestNode node, OriginDelta part) {
    for (Entry entry : part.entries()) {
      if (entry instanceof Registration registration) {
        watches.get(node).versions.merge(text(registration), entry.version(), Math::max);
      }
    }
  }

  /** S2. */
  private void checkExact(OriginDelta part, TestNode answerer) {
    List<Entry> within = answerer.entries(part.origin()).stream()
        .filter(entry -> entry.version() > part.from() && entry.version() <= part.to())
        .toList();
    assertThat(part.entries()).as("seed %d, S2: %s", seed, part).isEqualTo(within);
  }

  /** S3: all that was written since everything was claimed is above that claim. */
  private void checkSealed(OriginDelta part, TestNode answerer) {
    Watch watch = watches.get(answerer);
    if (part.from() > watch.claimed || part.to() != answerer.horizon(answerer.name)) {
      return;
    }
    if (tame) {
      watch.unclaimed.values().removeIf(end -> end <= nowMillis);
      assertThat(part.entries().stream().map(Entry::key))
          .as("seed %d, S3: %s after %d", seed, answerer, watch.claimed)
          .containsAll(watch.unclaimed.keySet());
    }
    watch.claimed = part.to();
    watch.unclaimed.clear();
  }

  /** S5, for all nodes; and its lower bound where nobody else can have written. */
  void checkDocuments() {
    for (TestNode node : nodes) {
      node.view()
          .forEach((path, document) -> assertThat(endOfLife.get(document) + 1_000)
              .as("seed %d, S5: %s shows %s of %s", seed, node, document, path)
              .isGreaterThanOrEqualTo(nowMillis));
    }
    for (int id = 0; id < SETTLED; id++) {
      Write write = last.get("s/" + id);
      if (write != null && nowMillis < write.endMillis()) {
        assertThat(write.node().get("s/" + id))
            .as("seed %d, S5: %s", seed, write)
            .isEqualTo(write.document());
      }
    }
  }

  /**
   * S4, as far as versions came by. By clocks that differ, a write that nobody here had seen may have a version below one
   * that was made before it; it may show once that one has ended.
   */
  void checkOrder() {
    for (TestNode node : nodes) {
      Watch watch = watches.get(node);
      node.view().forEach((path, document) -> {
        Long version = watch.versions.get(document);
        if (version != null) {
          Shown before = watch.shown.put(path, new Shown(document, version));
          assertThat(before == null
                  || version >= before.version()
                  || document.equals(before.document())
                  || writtenAt(document, version) > writtenAt(before.document(), before.version()))
              .as("seed %d, S4: %s shows %s of %s after %s", seed, node, document, path, before)
              .isTrue();
        }
      });
    }
  }

  private long writtenAt(String document, long version) {
    return written.getOrDefault(new Shown(document, version), Long.MIN_VALUE);
  }

  /** S1: of what an origin says at or below a horizon, nothing is missing there and nothing older is left. */
  void checkHorizons() {
    for (TestNode node : nodes) {
      for (TestNode origin : nodes) {
        Map<Key, Entry> held = new HashMap<>();
        node.entries(origin.name).forEach(entry -> held.put(entry.key(), entry));
        origin.entries(origin.name).stream()
            .filter(entry -> entry.version() <= node.horizon(origin.name))
            .forEach(entry -> assertThat(keeps(held.get(entry.key()), entry))
                .as(
                    "seed %d, S1: %s has %s, %s says %s",
                    seed, node, held.get(entry.key()), origin, entry)
                .isTrue());
      }
    }
  }

  private static boolean keeps(@Nullable Entry held, Entry promised) {
    if (promised instanceof Tombstone) {
      return held == null || held instanceof Tombstone || held.version() > promised.version();
    }
    return held != null && held.version() == promised.version();
  }

  void heal() {
    lossless = true;
    for (int round = 0; round < 4; round++) {
      nodes.forEach(node -> nodes.forEach(node::pull));
    }
  }

  /** L2, and what the settled clients wrote last. */
  void checkEqual() {
    Map<String, String> view = living(nodes.get(0));
    for (TestNode node : nodes) {
      assertThat(living(node)).as("seed %d, L2: %s", seed, node).isEqualTo(view);
    }
    for (int id = 0; id < SETTLED; id++) {
      Write write = last.get("s/" + id);
      if (write != null && nowMillis < write.endMillis()) {
        assertThat(view).as("seed %d", seed).containsEntry("s/" + id, write.document());
      }
    }
  }

  /** Without what is over but not purged yet. */
  private Map<String, String> living(TestNode node) {
    Set<String> alive = nodes.stream()
        .flatMap(origin -> node.entries(origin.name).stream())
        .filter(Registration.class::isInstance)
        .map(entry -> text((Registration) entry))
        .collect(Collectors.toSet());
    Map<String, String> view = node.view();
    view.values().retainAll(alive);
    return view;
  }

  private static String text(Registration registration) {
    return new String(registration.document(), StandardCharsets.UTF_8);
  }

  /** L3: the clocks are put right, some clients go on for longer than any ttl, all else dies. */
  void checkThatLifeGoesOn() {
    lossless = true;
    nodes.forEach(this::setRight);
    Map<String, String> living = new TreeMap<>();
    for (long spent = 0; spent < 4 * TTL_MAX_MILLIS; spent += 2_000) {
      for (int id = 0; id < SETTLED; id++) {
        put(nodes.get(id), "s/" + id, TTL_MAX_MILLIS / 2);
        living.put("s/" + id, "{\"n\":" + writes + "}");
      }
      advance(2_000);
      heal();
    }
    for (TestNode node : nodes) {
      assertThat(node.view()).as("seed %d, L3: %s", seed, node).isEqualTo(living);
    }
  }
}

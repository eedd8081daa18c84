package io.hera.torture;

import io.hera.testkit.Eventually;
import io.hera.testkit.Http;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A node whose {@code limits.instances} is below what its peers hold, in a cluster of its own, where
 * clients renew everything often: nothing expires while a node restarts.
 *
 * <p>It refuses new instances, and neither forgets nor refuses to renew those that it knows (S7). Gossip to
 * it stays below twice the normal bytes (P5). When the cap is raised, it becomes equal to the others.
 */
final class CappedNode {
  private static final int LIVENESS_SECONDS = 20;
  private static final long RENEWAL_MILLIS = 2_000;
  private static final int CAPPED = 2;
  private static final String CAP = "limits: {instances: 100}\n";
  /** Instances at each node; those of the capped one are below the cap. */
  private static final List<Integer> INSTANCES = List.of(600, 600, 40);

  private static final int NEWCOMERS = 50;
  /** After it, a frozen origin is asked for as rarely as ever: 1 + 2 + 4 pulls of half a second. */
  private static final long SETTLED_MILLIS = 5_000;

  private final World world;
  private final Pace pace;
  private final Queue<String> refusals = new ConcurrentLinkedQueue<>();
  /** Node → when its clients last sent renewals that it accepted; each node has one thread. */
  private final AtomicLongArray acceptedAt = new AtomicLongArray(INSTANCES.size());

  private final List<String> violations = new ArrayList<>();
  /** The instances that the capped node must go on showing. */
  private Set<String> known = Set.of();

  private volatile int newcomers;

  private CappedNode(World world, Pace pace) {
    this.world = world;
    this.pace = pace;
  }

  /** Runs all of it; returns the violations. */
  static List<String> run(Pace pace, Path folder) {
    try (World world = new World(INSTANCES.size(), folder, LIVENESS_SECONDS, Optional.empty())) {
      CappedNode torture = new CappedNode(world, pace);
      torture.torture();
      return List.copyOf(torture.violations);
    }
  }

  private void torture() {
    IntStream.range(0, world.nodes()).forEach(world::start);
    IntStream.range(0, world.nodes()).forEach(world::awaitReady);
    try (Loops loops = new Loops()) {
      for (int i = 0; i < world.nodes(); i++) {
        int node = i;
        loops.start("renewals-" + i, RENEWAL_MILLIS, () -> renew(node));
      }
      awaitEqual();
      long normal = window("no cap", Long.MAX_VALUE);
      known = shown(CAPPED);
      lowerTheCap();
      window("capped while running", 2 * normal);
      known = Set.of();
      restartUnderTheCap();
      window("started under the cap", 2 * normal);
      raiseTheCap();
    }
    refusals.forEach(refusal -> violations.add("S7 a renewal was refused: " + refusal));
  }

  private void lowerTheCap() {
    world.configure(CAPPED, CAP);
    world.reload(CAPPED);
    DriverClock.pause(SETTLED_MILLIS / 5);
    newcomers = NEWCOMERS;
    awaitFrozen(true);
  }

  private void restartUnderTheCap() {
    world.kill(CAPPED);
    world.start(CAPPED);
    world.awaitReady(CAPPED);
    awaitFrozen(true);
  }

  private void raiseTheCap() {
    world.configure(CAPPED, "");
    world.reload(CAPPED);
    long from = DriverClock.now();
    awaitEqual();
    awaitFrozen(false);
    long took = DriverClock.now() - from;
    System.out.println("equal " + took + " ms after the cap was raised");
    if (took > Driver.EQUAL_MILLIS) {
      violations.add("P5 not equal after the cap was raised, but " + took + " ms later");
    }
  }

  /** Registers or renews the instances of a node's clients. */
  private void renew(int node) {
    int count = INSTANCES.get(node) + (node == CAPPED ? 0 : newcomers);
    String batch = IntStream.range(0, count)
        .mapToObj(i -> "\"n%d-%d\":{\"host\":\"10.0.%d.%d\",\"port\":%d,\"zone\":\"ams\"}"
            .formatted(node, i, node, i % 250, 1_000 + i))
        .collect(Collectors.joining(",", "{\"web\":{", "}}"));
    long sentAt = DriverClock.now();
    String answer = Http.sendAsync("POST", world.port(node), "/_batch", batch)
        .handle((response, failure) ->
            failure == null && response.statusCode() == 200 ? response.body() : "")
        .join();
    if (answer.equals("{\"errors\":{}}")) {
      acceptedAt.set(node, sentAt);
    } else if (!answer.isEmpty()) {
      refused(node, sentAt, answer.substring(0, Math.min(300, answer.length())));
    }
  }

  /** After a liveness without a renewal, a node that was slow to restart has new instances before it. */
  private void refused(int node, long sentAt, String answer) {
    long since = sentAt - acceptedAt.get(node);
    if (since < 1_000L * LIVENESS_SECONDS) {
      refusals.add("at n" + node + ", " + since + " ms after the last one: " + answer);
    } else {
      System.out.println("excused: refused at n" + node + " after " + since + " ms");
    }
  }

  /** Counts the bytes of gossip that reach the capped node in a window. */
  private long window(String state, long allowed) {
    watch(SETTLED_MILLIS);
    long before = bytes();
    watch(pace.window());
    long counted = bytes() - before;
    System.out.println(state + ": " + counted * 1_000 / pace.window() + " bytes/s of gossip");
    if (counted > allowed) {
      violations.add("P5 %s: %d bytes of gossip, %d allowed".formatted(state, counted, allowed));
    }
    return counted;
  }

  private void watch(long millis) {
    long end = DriverClock.now() + millis;
    while (DriverClock.now() < end) {
      DriverClock.pause(200);
      if (!shown(CAPPED).containsAll(known)) {
        violations.add("S7 the capped node has lost instances that it knew");
      }
    }
  }

  private long bytes() {
    return world.links().stream()
        .filter(link -> link.touches(CAPPED))
        .mapToLong(link ->
            link.from() == CAPPED ? link.proxy().bytesToAsker() : link.proxy().bytesToTarget())
        .sum();
  }

  private Set<String> shown(int node) {
    return new JsonObject(Http.get(world.port(node), "/web")).fieldNames();
  }

  private void awaitEqual() {
    int all = INSTANCES.stream().mapToInt(Integer::intValue).sum() + 2 * newcomers;
    Eventually.holds(
        () -> IntStream.range(0, world.nodes()).allMatch(node -> shown(node).size() == all));
  }

  private void awaitFrozen(boolean frozen) {
    Eventually.holds(() -> new JsonObject(Http.get(world.port(CAPPED), "/_status"))
            .getJsonObject("frozen")
            .isEmpty()
        != frozen);
  }
}

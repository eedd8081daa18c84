package io.hera.sim;

import io.hera.registry.Asker;
import io.hera.registry.Delta;
import io.hera.registry.Dialect;
import io.hera.registry.Digest;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * A second process under the name of a node, on another machine: the address of the name leads to the first one. Its clients
 * register the instance of that node. No check looks at it, so a peer that merges its writes shows documents that were never
 * written (S6).
 */
final class Twin {
  private static final long PUT_MILLIS = 1_000;
  /** A copied machine finds out by then what time it is. */
  private static final long CLOCK_SET_MILLIS = 500;
  /** For how long the copied machine did not run: more than a node takes for a step of its clock (P9). */
  static final long ASLEEP_MILLIS = 20_000;

  private final World world;
  private final SimNode original;
  private final SimNode process;
  private final long startedMillis;

  /** Starts a process that runs for a time. */
  Twin(World world, SimNode original, Kind kind, long millis) {
    this.world = world;
    this.original = original;
    this.startedMillis = world.timeline.now();
    this.process = kind == Kind.COPY ? SimNode.copyOf(original) : SimNode.besides(original);
    if (kind == Kind.COPY) {
      process.clock.step(-ASLEEP_MILLIS);
      world.timeline.at(world.timeline.now() + CLOCK_SET_MILLIS, process.clock::correct);
    }
    process.start();
    if (kind == Kind.COPY) {
      process.remember(memory());
    }
    for (long at = PUT_MILLIS; at < millis; at += PUT_MILLIS) {
      world.timeline.at(world.timeline.now() + at, this::put);
    }
    world.timeline.at(world.timeline.now() + millis, this::ends);
  }

  /** What the second process is. */
  enum Kind {
    /** A process without memory, which another one starts by mistake. */
    SECOND,
    /** A copy of the machine, with the memory and the life of the process. */
    COPY;

    static Kind of(String label) {
      return valueOf(label.toUpperCase(Locale.ROOT));
    }
  }

  private void ends() {
    if (process.up()) {
      world.observer.twinEnds(process.name, world.timeline.now() - startedMillis);
    }
    stop();
  }

  void stop() {
    process.crash();
  }

  private Delta memory() {
    Map<String, Long> horizons = new HashMap<>();
    original.inspection.origins().forEach(origin -> horizons.put(origin, 0L));
    return original.registry.delta(
        Asker.UNNAMED, new Digest(horizons), Dialect.V2_DRAINS, Integer.MAX_VALUE);
  }

  private void put() {
    if (process.running()) {
      String path = "s/" + world.names().indexOf(original.name);
      process.put(path, "{\"k\": \"%s\", \"twin\": true}".formatted(path), 0);
    }
  }
}

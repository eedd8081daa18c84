package io.hera.torture;

import java.util.function.BiPredicate;

/** Faults of links: each kind on about half of them, and nodes that are cut off. */
final class LinkFaults {
  private static final long LATE_MILLIS = 3_000;

  private final Driver driver;
  private final World world;

  LinkFaults(Driver driver) {
    this.driver = driver;
    this.world = driver.world();
  }

  void each() {
    for (Fault fault : Fault.values()) {
      driver.begins(fault.name());
      for (World.Link link : world.links()) {
        world.set(link, driver.random().nextBoolean() ? fault : Fault.NONE);
      }
      DriverClock.pause(driver.pace().fault() / 4);
      driver.healed(fault.name());
    }
  }

  /** Cuts one node off from all others, in both directions. */
  void partition() {
    cutOff("PARTITION", World.Link::touches);
  }

  /** Cuts one node off from all others, so that it can still be asked. */
  void oneWay() {
    cutOff("ONE WAY", (link, alone) -> link.from() == alone);
  }

  private void cutOff(String fault, BiPredicate<World.Link, Integer> cut) {
    driver.begins(fault);
    int alone = driver.anyNode();
    for (World.Link link : world.links()) {
      if (cut.test(link, alone)) {
        world.set(link, driver.random().nextBoolean() ? Fault.BLACK_HOLE : Fault.REFUSE);
      }
    }
    long pause = driver.pace().fault();
    DriverClock.pause(pause / 2 + driver.random().nextLong(2 * pause));
    driver.healed(fault);
  }

  /** Starts a node before its network works: it gets its entries back when it reaches its peers (P7). */
  void lateNetwork() {
    driver.begins("LATE NETWORK");
    int node = driver.anyNode();
    world.kill(node);
    world.links().stream()
        .filter(link -> link.touches(node))
        .forEach(link -> world.set(link, Fault.BLACK_HOLE));
    world.start(node);
    DriverClock.pause(LATE_MILLIS);
    world.heal();
    world.awaitReady(node);
    driver.healed("LATE NETWORK");
  }
}

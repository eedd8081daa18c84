package io.hera.torture;

import java.util.List;
import java.util.stream.IntStream;

/** Processes that are killed, restarted or stopped. */
final class ProcessFaults {
  private static final long WRITES_MILLIS = 1_000;

  private final Driver driver;
  private final World world;

  ProcessFaults(Driver driver) {
    this.driver = driver;
    this.world = driver.world();
  }

  /** Kills a node once, and then another one before it is ready again. */
  void kill() {
    kill(1);
    kill(3);
  }

  private void kill(int times) {
    int node = driver.anyNode();
    for (int i = 0; i < times; i++) {
      driver.begins("KILL");
      world.kill(node);
      world.start(node);
      DriverClock.pause(300);
    }
    world.awaitReady(node);
    driver.healed("KILL");
  }

  /**
   * Kills and restarts two nodes at once, and the third when they are ready: what it held is there
   * all the time, first from itself and then from them.
   */
  void killTwoThenTheThird() {
    driver.begins("KILL TWO");
    int third = driver.anyNode();
    killAndStart(
        IntStream.range(0, world.nodes()).filter(node -> node != third).boxed().toList());
    killAndStart(List.of(third));
    driver.healed("KILL TWO");
  }

  /** Kills and restarts all nodes at once: clients register again. */
  void killAll() {
    driver.begins("KILL ALL");
    killAndStart(IntStream.range(0, world.nodes()).boxed().toList());
    DriverClock.pause(WRITES_MILLIS);
    driver.healed("KILL ALL");
  }

  private void killAndStart(List<Integer> nodes) {
    nodes.forEach(world::kill);
    nodes.forEach(world::start);
    world.awaitReady(nodes);
  }

  /** Restarts each node in turn, by SIGTERM. */
  void rollingRestart() {
    driver.begins("ROLLING RESTART");
    for (int node = 0; node < world.nodes(); node++) {
      world.terminate(node);
      world.start(node);
      world.awaitReady(node);
    }
    driver.healed("ROLLING RESTART");
  }

  /** Stops a node, so that what it holds of others may end meanwhile. */
  void stop() {
    driver.begins("STOP");
    int node = driver.anyNode();
    world.stop(node);
    long pause = driver.pace().fault();
    DriverClock.pause(pause + driver.random().nextLong(3 * pause));
    world.goOn(node);
    driver.healed("STOP");
  }
}

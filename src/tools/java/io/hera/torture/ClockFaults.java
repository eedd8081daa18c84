package io.hera.torture;

import io.hera.testkit.Eventually;
import io.hera.testkit.Http;
import io.hera.torture.WallClocks.Wall;
import io.vertx.core.json.JsonObject;

/**
 * One wall clock of three is wrong, from the start of its process on or from a step on, and is
 * stepped back while the process runs. The minority is harmless (P15): nothing is excused, and
 * reads are as fresh meanwhile as without any fault.
 */
final class ClockFaults {
  private static final long CLOCK_ERROR_MAX_MILLIS = 5_000;

  private final Driver driver;
  private final World world;

  ClockFaults(Driver driver) {
    this.driver = driver;
    this.world = driver.world();
  }

  void each() {
    if (world.canHaveWrongClocks()) {
      for (Wall wall : driver.pace().wrongClocks()) {
        started(wall);
        stepped(wall);
      }
    }
  }

  /** Injects other faults while one clock is wrong, that of a node which may be restarted meanwhile. */
  void during(Runnable faults) {
    if (!world.canHaveWrongClocks()) {
      faults.run();
      return;
    }
    Wall wall = Wall.WRONG.get(driver.random().nextInt(Wall.WRONG.size()));
    driver.begins("OTHERS WHILE " + wall);
    int node = driver.anyNode();
    world.set(node, wall);
    awaitCorrection(node, wall);
    faults.run();
    awaitCorrection(node, wall);
    world.set(node, Wall.CORRECT);
    awaitCorrection(node, Wall.CORRECT);
    driver.healed(wall.name());
  }

  private void started(Wall wall) {
    String fault = "STARTED " + wall;
    driver.begins(fault);
    int node = driver.anyNode();
    world.kill(node);
    world.set(node, wall);
    world.start(node);
    world.awaitReady(node);
    wrongFor(node, wall);
    driver.healed(fault);
  }

  private void stepped(Wall wall) {
    String fault = "STEPPED " + wall;
    driver.begins(fault);
    int node = driver.anyNode();
    world.set(node, wall);
    wrongFor(node, wall);
    driver.healed(fault);
  }

  private void wrongFor(int node, Wall wall) {
    awaitCorrection(node, wall);
    driver.fair(wall.name(), driver.pace().wrongClock());
    world.set(node, Wall.CORRECT);
    awaitCorrection(node, Wall.CORRECT);
    DriverClock.pause(driver.pace().wrongClock() / 2);
  }

  /** Waits until the node knows by how much its wall clock is wrong. */
  private void awaitCorrection(int node, Wall wall) {
    Eventually.passes(() -> {
      long correction = new JsonObject(Http.get(world.port(node), "/_status"))
          .getJsonObject("clock")
          .getLong("correction_ms");
      if (Math.abs(correction + wall.offsetMillis()) > CLOCK_ERROR_MAX_MILLIS) {
        throw new AssertionError("n" + node + ": " + wall + ", corrected by " + correction);
      }
    });
  }
}

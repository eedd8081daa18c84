package io.hera.sim;

import io.hera.sim.Plan.Cluster;
import io.hera.sim.Plan.Weather;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;

/** The generator of plans: events of clients, and a few faults. Used once per seed. */
final class Planner {
  private static final long INTERVAL_MILLIS = 3_000;
  private static final long LIVENESS_MILLIS = 30_000;
  private static final long TTL_MAX_MILLIS = 40_000;
  private static final List<Fault> FAULTS = List.of(Fault.values());
  private static final long YEAR_MILLIS = 365L * 86_400_000;

  private final long seed;
  private final Random random;
  private final List<Event> events = new ArrayList<>();
  private final List<String> nodes;
  private final Cluster cluster;
  private final long endMillis;

  Planner(long seed) {
    this.seed = seed;
    this.random = new Random(seed * 0xD1342543DE82EF95L + 1);
    this.nodes = List.of("a", "b", "c", "d", "e").subList(0, 2 + random.nextInt(4));
    List<String> old = oneIn(5) ? List.of(nodes.get(nodes.size() - 1)) : List.of();
    this.cluster = new Cluster(
        nodes,
        nodes.size() > 2 ? old : List.of(),
        INTERVAL_MILLIS,
        LIVENESS_MILLIS,
        TTL_MAX_MILLIS,
        oneIn(2) ? 300 : 1 << 20,
        !oneIn(3),
        oneIn(6) ? 3 : 1_000,
        oneIn(3) ? 2_000 : 1);
    this.endMillis = 15_000L + random.nextInt(50_000);
  }

  Plan plan() {
    nodes.forEach(node -> at(0, "clock", node, random.nextInt(4_000) - 2_000));
    topology();
    for (long at = 500; at < endMillis; at += 1 + random.nextInt(1_500)) {
      client(at);
    }
    int troubles = random.nextInt(5);
    for (int i = 0; i < troubles; i++) {
      trouble(random.nextInt((int) endMillis));
    }
    events.removeIf(event -> event.atMillis() >= endMillis);
    events.sort(Comparator.comparingLong(Event::atMillis));
    return new Plan(seed, cluster, weather(), events, endMillis);
  }

  private Weather weather() {
    return oneIn(3)
        ? Weather.FAIR
        : new Weather(
            1,
            1 + random.nextInt(oneIn(2) ? 50 : 2_500),
            random.nextInt(200),
            random.nextInt(100),
            random.nextInt(50));
  }

  /** Cuts links, so that they form a full mesh, a ring, or two halves with a bridge. */
  private void topology() {
    int kind = random.nextInt(5);
    for (int one = 0; one < nodes.size() && nodes.size() > 3 && kind < 2; one++) {
      for (int other = 0; other < nodes.size(); other++) {
        int distance = Math.floorMod(one - other, nodes.size());
        boolean ring = distance <= 1 || distance == nodes.size() - 1;
        boolean bridge = one == 0 || other == 0 || (one < 3) == (other < 3);
        if (!(kind == 0 ? ring : bridge)) {
          at(0, "cut", nodes.get(one), nodes.get(other));
        }
      }
    }
  }

  /** Adds an event of a client. The instances with the lowest numbers stay at one node. */
  private void client(long at) {
    int id = random.nextInt(2 * nodes.size());
    String node = id < nodes.size() ? nodes.get(id) : any();
    String key = "s/" + id;
    switch (random.nextInt(8)) {
      case 0 -> at(at, "renew", node, key);
      case 1 -> at(at, "delete", node, key);
      default -> at(at, "put", node, key, oneIn(3) ? 1_000 + random.nextInt(39_000) : 0);
    }
  }

  private void trouble(long at) {
    switch (random.nextInt(12)) {
      case 0 -> cut(at);
      case 1 -> at(at, "crash", any(), random.nextInt(15_000));
      case 2 -> storm(at);
      case 3 -> at(at, "pause", any(), 500 + random.nextInt(40_000));
      case 4 -> at(at, "clock", any(), random.nextInt(240_000) - 120_000);
      case 5 -> yearAway(at);
      case 6 -> corrupt(at);
      case 7 -> lateNetwork(at);
      case 8 -> restartAll(at);
      case 9 -> forge(at);
      default -> bad(at);
    }
  }

  private void cut(long at) {
    String one = any();
    String other = any();
    if (oneIn(3)) {
      for (String node : nodes) {
        cut(at, one, node);
      }
    } else {
      cut(at, one, other);
    }
    if (oneIn(2)) {
      at(at + random.nextInt(30_000), "heal");
    }
  }

  private void cut(long at, String one, String other) {
    if (!one.equals(other)) {
      at(at, "cut", one, other);
      if (!oneIn(3)) {
        at(at, "cut", other, one);
      }
    }
  }

  private void storm(long at) {
    String node = any();
    for (int i = 0; i < 4; i++) {
      at(at + i * 1_500L + random.nextInt(1_000), "crash", node, 200 + random.nextInt(800));
    }
  }

  /** A machine boots, and its network works only seconds later. */
  private void lateNetwork(long at) {
    String node = any();
    int downMillis = 200 + random.nextInt(3_000);
    at(at, "crash", node, downMillis);
    at(at, "late", node, downMillis + random.nextInt(9_000));
  }

  /** All nodes are restarted within a second. */
  private void restartAll(long at) {
    for (String node : nodes) {
      at(at + random.nextInt(1_000), "crash", node, 200 + random.nextInt(1_500));
    }
  }

  private void yearAway(long at) {
    String node = any();
    long year = oneIn(2) ? YEAR_MILLIS : -YEAR_MILLIS;
    at(at, "clock", node, year);
    if (oneIn(2)) {
      at(at + random.nextInt(20_000), "clock", node, -year);
    }
  }

  private void corrupt(long at) {
    String node = any();
    String origin = any();
    if (!node.equals(origin)) {
      at(at, "corrupt", node, origin, random.nextInt(5_000));
    }
  }

  /** A stranger uses the name of one node at another one, several times, and claims a horizon within or beyond belief. */
  private void forge(long at) {
    String asked = any();
    String name = any();
    for (int i = 0; i < 5; i++) {
      at(at + i * 700L, "forge", asked, name, random.nextInt(80_000) - 10_000);
    }
  }

  private void bad(long at) {
    Fault fault = FAULTS.get(random.nextInt(FAULTS.size()));
    at(at, "bad", any(), fault.label(), 1_000 + random.nextInt(40_000));
  }

  private void at(long millis, String verb, Object... arguments) {
    events.add(Event.of(millis, verb, arguments));
  }

  private String any() {
    return nodes.get(random.nextInt(nodes.size()));
  }

  private boolean oneIn(int count) {
    return random.nextInt(count) == 0;
  }
}

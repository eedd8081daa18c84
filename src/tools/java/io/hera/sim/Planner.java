package io.hera.sim;

import io.hera.sim.Plan.Cluster;
import io.hera.sim.Plan.Weather;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;

/** The generator of plans: events of clients, and a few {@link Troubles}. Used once per seed. */
final class Planner {
  private static final long INTERVAL_MILLIS = 3_000;
  private static final long LIVENESS_MILLIS = 30_000;
  private static final long TTL_MAX_MILLIS = 40_000;
  private static final int TROUBLES_MAX = 4;

  private final long seed;
  private final List<Trouble> kinds;
  private final Random random;
  private final List<Event> events = new ArrayList<>();
  private final List<String> nodes;
  private final Cluster cluster;
  private final long endMillis;

  /** Plans with troubles of these kinds; each seed begins with another kind, in turn. */
  Planner(long seed, List<Trouble> kinds) {
    this.seed = seed;
    this.kinds = kinds;
    this.random = new Random(seed * 0xD1342543DE82EF95L + 1);
    this.nodes = List.of("a", "b", "c", "d", "e").subList(0, 2 + random.nextInt(4));
    List<String> old = oneIn(5) ? List.of(nodes.get(nodes.size() - 1)) : List.of();
    this.cluster = new Cluster(
        oneIn(2) ? "blue" : "",
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
    Plan.Foreign foreign = troubles();
    operator();
    events.removeIf(event -> event.atMillis() >= endMillis);
    events.sort(Comparator.comparingLong(Event::atMillis));
    return new Plan(seed, cluster, foreign, weather(), events, endMillis);
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

  /**
   * Adds commands on drains to every second plan (P18), by chance of its own: the other events stay the
   * same. Nodes of 2012 do not pass drains on.
   */
  private void operator() {
    Random chance = new Random(seed * 0xA0761D6478BD642FL + 3);
    if (chance.nextInt(2) == 0 || !cluster.old().isEmpty()) {
      return;
    }
    for (long at = 1_000L + chance.nextInt(10_000); at < endMillis; at += chance.nextInt(15_000)) {
      String node = nodes.get(chance.nextInt(nodes.size()));
      int id = chance.nextInt(2 * nodes.size());
      String selector = switch (chance.nextInt(6)) {
        case 0 -> "s";
        case 1 -> "*?match=k:s%2F" + id;
        case 2 -> "*?match=n:" + chance.nextInt(30);
        default -> "s/" + id;
      };
      if (chance.nextInt(2) == 0) {
        at(at, "undrain", node, selector);
      } else {
        at(
            at,
            "drain",
            node,
            selector,
            chance.nextInt(3) == 0 ? 1_000 + chance.nextInt(50_000) : 0);
      }
    }
  }

  /**
   * Adds none, or up to four; a plan of one kind has that kind at least once. Returns the other
   * cluster that they need.
   */
  private Plan.Foreign troubles() {
    Troubles troubles = new Troubles(random, cluster, endMillis, events);
    int count = random.nextInt(TROUBLES_MAX + 1);
    for (int i = 0; i < Math.max(count, kinds.size() == 1 ? 1 : 0); i++) {
      int kind = i == 0 ? Math.floorMod(seed, kinds.size()) : random.nextInt(kinds.size());
      troubles.add(kinds.get(kind), random.nextInt((int) endMillis));
    }
    return troubles.foreign();
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

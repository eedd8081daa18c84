package io.hera.sim;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** The generator of the events of a {@link Trouble}. Owned by {@link Planner}. */
final class Troubles {
  private static final List<Fault> FAULTS = List.of(Fault.values());
  private static final long HOUR_MILLIS = 3_600_000;
  private static final long YEAR_MILLIS = 365 * 24 * HOUR_MILLIS;
  private static final int DRIFT_PPM_MAX = 500;
  private static final String NEW_NAME = "f";

  private final Random random;
  private final List<String> nodes;
  private final boolean hasOldNodes;
  private final List<Event> events;
  private final Plan.Cluster cluster;
  private final long endMillis;
  private Plan.Foreign foreign = Plan.Foreign.NONE;
  private boolean changed;

  /** Adds to {@code events} what happens to the nodes of a cluster. */
  Troubles(Random random, Plan.Cluster cluster, long endMillis, List<Event> events) {
    this.cluster = cluster;
    this.endMillis = endMillis;
    this.random = random;
    this.nodes = cluster.nodes();
    this.hasOldNodes = !cluster.old().isEmpty();
    this.events = events;
  }

  /** Returns the other cluster that the troubles need. */
  Plan.Foreign foreign() {
    return foreign;
  }

  /** Adds the events of a trouble that begins at this time. */
  void add(Trouble trouble, long at) {
    switch (trouble) {
      case CUT -> cut(at);
      case CRASH -> at(at, "crash", any(), random.nextInt(15_000));
      case STORM -> storm(at);
      case PAUSE -> at(at, "pause", any(), 500 + random.nextInt(40_000));
      case SUSPEND -> at(at, "suspend", any(), 500 + random.nextInt(oneIn(2) ? 20_000 : 100_000));
      case STEP -> at(at, "clock", any(), random.nextInt(240_000) - 120_000);
      case YEAR -> yearAway(at);
      case WRONG_CLOCKS -> wrongClocks(at);
      case DRIFT -> nodes.forEach(node -> at(0, "drift", node, either(DRIFT_PPM_MAX)));
      case CORRUPTION -> corrupt(at);
      case LATE_NETWORK -> lateNetwork(at);
      case RESTART_OF_ALL -> restartAll(at);
      case FORGERY -> forge(at);
      case REMOVAL -> remove(at);
      case RENAMING -> rename(at);
      case MEETING -> meet(at);
      case TWIN ->
        at(at, "twin", any(), oneIn(2) ? "copy" : "second", 500 + random.nextInt(40_000));
      case FAULT -> bad(at);
      case WARM_RESTART -> restartWarm(at);
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

  private void lateNetwork(long at) {
    String node = any();
    int downMillis = 200 + random.nextInt(3_000);
    at(at, "crash", node, downMillis);
    at(at, "late", node, downMillis + random.nextInt(9_000));
  }

  private void restartAll(long at) {
    for (String node : nodes) {
      at(at + random.nextInt(1_000), "crash", node, 200 + random.nextInt(1_500));
    }
  }

  /**
   * One node or all of them restart with snapshots, in order or not. Some restart several times, with
   * a wrong clock, or without their peers. Instances are registered once, and some of them deregistered
   * after the save.
   */
  private void restartWarm(long at) {
    long restart = Math.min(at, endMillis / (1 + random.nextInt(3)));
    List<String> which = oneIn(2) ? nodes : List.of(any());
    which.forEach(node -> saveBefore(restart, node));
    strandClients(restart);
    boolean ordered = oneIn(3);
    int downMillis = oneIn(3) ? random.nextInt(60_000) : 200 + random.nextInt(3_000);
    for (String node : which) {
      long end = restart + random.nextInt(1_000);
      at(end, ordered ? "shutdown" : "reboot", node, downMillis + random.nextInt(1_000));
      if (oneIn(6)) {
        at(end + random.nextInt(200), "clock", node, oneIn(2) ? wrongMillis() : either(120_000));
      }
    }
    if (oneIn(3)) {
      restartAgain(restart + downMillis, any());
    }
    if (oneIn(4)) {
      cut(restart);
    }
  }

  /** Saves once or twice, the last time perhaps so late that the end comes in the middle of it. */
  private void saveBefore(long at, String node) {
    at(Math.max(0, at - random.nextInt(20_000)), "save", node);
    if (oneIn(2)) {
      at(Math.max(0, at - random.nextInt(1_000)), "save", node);
    }
  }

  private void restartAgain(long from, String node) {
    long at = from;
    for (int i = 0; i < 3; i++) {
      at += 500 + random.nextInt(oneIn(2) ? 4_000 : 30_000);
      if (oneIn(2)) {
        at(at - random.nextInt(500), "save", node);
      }
      at(at, "reboot", node, 200 + random.nextInt(2_000));
    }
  }

  /** Instances that no client renews. */
  private void strandClients(long before) {
    for (int i = 0; i < 4; i++) {
      String path = "s/" + (20 + random.nextInt(6));
      long put = Math.max(0, before - random.nextInt(30_000));
      at(put, "put", any(), path, oneIn(2) ? 0 : 1_000 + random.nextInt(39_000));
      if (oneIn(2)) {
        at(put + random.nextInt(30_000), "delete", any(), path);
      }
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

  /** Of two nodes one may be wrong; more than half are never wrong otherwise. */
  private void wrongClocks(long at) {
    List<String> shuffled = new ArrayList<>(nodes);
    Collections.shuffle(shuffled, random);
    int most = Math.max(1, (nodes.size() - 1) / 2);
    for (String node : shuffled.subList(0, 1 + random.nextInt(most))) {
      long wrong = wrongMillis();
      switch (random.nextInt(3)) {
        case 0 -> at(0, "clock", node, wrong);
        case 1 -> at(at, "clock", node, wrong);
        default -> {
          int downMillis = 200 + random.nextInt(3_000);
          at(at, "crash", node, downMillis);
          at(at + downMillis / 2, "clock", node, wrong);
        }
      }
      if (oneIn(3)) {
        at(at + 5_000 + random.nextInt(20_000), "clock", node, -wrong);
      }
    }
  }

  /** Returns an hour to a year, in either direction; short times are as likely as long ones. */
  private long wrongMillis() {
    double ratio = (double) YEAR_MILLIS / HOUR_MILLIS;
    long millis = (long) (HOUR_MILLIS * Math.pow(ratio, random.nextDouble()));
    return oneIn(2) ? millis : -millis;
  }

  private void corrupt(long at) {
    String node = any();
    String origin = any();
    if (!node.equals(origin)) {
      at(at, "corrupt", node, origin, random.nextInt(5_000));
    }
  }

  /** The stranger comes several times, and claims a horizon within or beyond belief. */
  private void forge(long at) {
    String asked = any();
    String name = any();
    for (int i = 0; i < 5; i++) {
      at(at + i * 700L, "forge", asked, name, random.nextInt(80_000) - 10_000);
    }
  }

  /** The node is stopped before, meanwhile or afterwards, or runs on. */
  private void remove(long at) {
    if (membersMayChange()) {
      String leaver = any();
      List<String> rest = nodes.stream().filter(node -> !node.equals(leaver)).toList();
      reconfigure(at, rest, rest);
      if (!oneIn(3)) {
        at(Math.max(0, at - 5_000 + random.nextInt(20_000)), "stop", leaver);
      }
    }
  }

  /** A node that replaces another one runs beside it for a time. Clients move to it. */
  private void rename(long at) {
    if (membersMayChange()) {
      String leaver = any();
      List<String> rest = nodes.stream().filter(node -> !node.equals(leaver)).toList();
      List<String> all = new ArrayList<>(rest);
      all.add(NEW_NAME);
      boolean replaced = oneIn(2);
      long start = at + (replaced ? 0 : 500 + random.nextInt(5_000));
      at(at + (replaced ? random.nextInt(15_000) : 0), "stop", leaver);
      reconfigure(at, rest, all);
      at(start, "members", NEW_NAME, String.join(",", all));
      at(start, "start", NEW_NAME);
      for (int i = 0; i < 6; i++) {
        String path = "s/" + nodes.indexOf(leaver);
        at(start + 1_000 + random.nextInt(20_000), "put", NEW_NAME, path, 0);
      }
    }
  }

  /** A cluster with nodes of 2012, or of two nodes, stays as it is, and others change once. */
  private boolean membersMayChange() {
    boolean may = !changed && nodes.size() > 2 && !hasOldNodes;
    changed |= may;
    return may;
  }

  private void reconfigure(long at, List<String> which, List<String> names) {
    for (String node : which) {
      at(at + random.nextInt(20_000), "members", node, String.join(",", names));
    }
  }

  /**
   * The address of a node leads to a node of another cluster for a time. If the clusters have names,
   * their nodes have the same ones.
   */
  private void meet(long at) {
    if (hasOldNodes) {
      return;
    }
    if (foreign.equals(Plan.Foreign.NONE)) {
      foreign = cluster.name().isEmpty()
          ? new Plan.Foreign("", List.of("x", "y"))
          : new Plan.Foreign("green", nodes.subList(0, 2));
      foreignClients();
    }
    String ours = any();
    String theirs = World.FOREIGN + foreign.nodes().get(random.nextInt(2));
    at(at, "meet", ours, theirs);
    if (oneIn(2)) {
      at(at, "meet", theirs, ours);
    }
    if (oneIn(3)) {
      at(at + random.nextInt(5_000), "crash", oneIn(2) ? ours : theirs, random.nextInt(3_000));
    }
    if (oneIn(2)) {
      at(at + 5_000 + random.nextInt(25_000), "part");
    }
  }

  private void foreignClients() {
    for (long at = 500; at < endMillis; at += 1 + random.nextInt(3_000)) {
      int id = random.nextInt(4);
      String node = foreign.nodes().get(id < 2 ? id : random.nextInt(2));
      at(at, "put", World.FOREIGN + node, "s/" + id, 0);
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

  private int either(int most) {
    return random.nextInt(2 * most + 1) - most;
  }

  private boolean oneIn(int count) {
    return random.nextInt(count) == 0;
  }
}

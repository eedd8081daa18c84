package io.hera.sim;

import java.util.Map;

/** The checks of S8: a node asks a reachable peer when its turn has come, whatever others do. */
final class IndependenceChecks {
  private final World world;
  private final Checker checker;

  IndependenceChecks(World world, Checker checker) {
    this.world = world;
    this.checker = checker;
  }

  /** A node is held up: all its links begin anew. */
  void paused(String name) {
    if (world.machine(name) instanceof SimNode node) {
      node.gossip().links().values().forEach(link -> link.wellSince = Long.MAX_VALUE);
    }
  }

  /** Checks all links of a node, in a round of its gossip. */
  void round(SimNode node) {
    Map<String, SimGossip.Link> links = node.gossip().links();
    links.values().forEach(link -> rate(node, link));
    long bound = boundMillis(node);
    links.values().forEach(link -> asked(node, link, bound));
  }

  /** Returns the longest time between two pulls from a peer whose link works. */
  private long boundMillis(SimNode node) {
    long healthy =
        node.gossip().links().values().stream().filter(link -> !link.failing).count();
    long interval = world.plan.cluster().intervalMillis();
    return (2 * healthy + 2) * interval * 11 / 10 + 2 * interval;
  }

  /** Returns the time after which a node must have pulled from a peer whose link works. */
  long pulledMillis(SimNode node) {
    return boundMillis(node) + 2 * world.plan.cluster().intervalMillis();
  }

  /** Whether a node has pulled from a peer since its last pause, over a link that has worked all the time. */
  boolean hasPulled(SimNode node, String peer) {
    SimGossip.Link link = node.gossip().links().get(peer);
    return link != null
        && link.wellSince != Long.MAX_VALUE
        && world.timeline.now() - link.wellSince > pulledMillis(node);
  }

  private void rate(SimNode node, SimGossip.Link link) {
    boolean well = world.well(node.name, link.peer) && !link.failing && world.calm();
    link.wellSince = well ? Math.min(link.wellSince, world.timeline.now()) : Long.MAX_VALUE;
  }

  private void asked(SimNode node, SimGossip.Link link, long boundMillis) {
    long since = Math.max(link.wellSince, link.begunMillis);
    checker.check(
        link.wellSince == Long.MAX_VALUE || world.timeline.now() - since <= boundMillis,
        "S8",
        "%s has not asked %s since %s",
        node.name,
        link.peer,
        new Event.Time(link.begunMillis));
  }
}

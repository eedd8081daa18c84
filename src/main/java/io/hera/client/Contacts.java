package io.hera.client;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Keeps the nodes up to date with how requests to them end, and reports it once per change. Owned by
 * the loop.
 */
final class Contacts {
  static final Duration NOT_HERA_ASIDE = Duration.ofSeconds(30);

  private static final Logger LOG = System.getLogger("io.hera.client");

  /** Follows the nodes. */
  interface Follower {
    /** The node was put aside: it should not be waited for. */
    void wentAside(Node node);

    /** The node answers, after it was aside or for the first time. */
    void answers(Node node);
  }

  private final Loop loop;
  private final Nodes nodes;
  private final Outage outage;
  private final Backoff backoff;
  private final List<Follower> followers = new ArrayList<>();

  Contacts(Loop loop, Nodes nodes, Outage outage, Backoff backoff) {
    this.loop = loop;
    this.nodes = nodes;
    this.outage = outage;
    this.backoff = backoff;
  }

  void follow(Follower follower) {
    followers.add(follower);
  }

  /** The node has answered. */
  void answered(Node node, Optional<Node.Kind> kind) {
    Node.Health before = node.health();
    nodes.answered(node, kind.orElse(node.kind()), loop.nanos());
    if (before.failures() > 0 || before.answeredAt().isEmpty()) {
      if (before.failures() > 0) {
        LOG.log(Level.INFO, "{0} answers again", node);
      }
      followers.forEach(follower -> follower.answers(node));
    }
    outage.answered();
  }

  /** The node cannot serve: it is aside for so long, or for a back-off. */
  void away(Node node, Optional<Duration> aside, String why) {
    boolean first = node.health().failures() == 0;
    Duration pause = backoff.after(node.health().failures(), Backoff.CAP);
    nodes.putAside(
        node, aside.filter(longer -> longer.compareTo(pause) > 0).orElse(pause), why, loop.nanos());
    if (first) {
      LOG.log(Level.WARNING, "{0} does not serve: {1}", node, why);
    }
    List.copyOf(followers).forEach(follower -> follower.wentAside(node));
  }

  /** The URL does not lead to a node of Hera. */
  void notHera(Node node, String why) {
    if (!node.health().lastError().equals(Optional.of(why))) {
      LOG.log(Level.ERROR, "{0} is not a node of Hera: {1}", node, why);
    }
    away(node, Optional.of(NOT_HERA_ASIDE), why);
  }
}

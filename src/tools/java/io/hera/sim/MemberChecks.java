package io.hera.sim;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The checks of P16: the name of a node that has departed vanishes from the others when no node
 * holds an entry of it any more.
 */
final class MemberChecks {
  /** An answer on the way may bring an empty part of the origin once more, and then the cycles count again. */
  private static final int CYCLES_MAX = 2 * 2;

  private final World world;
  private final Checker checker;
  /** Node and its life and origin → how many pulls the node had begun when no node held entries. */
  private final Map<String, Integer> emptySince = new HashMap<>();

  MemberChecks(World world, Checker checker) {
    this.world = world;
    this.checker = checker;
  }

  /** Checks the origins that a node knows. */
  void round(SimNode node) {
    List<String> known = node.inspection.origins();
    String prefix = key(node, "");
    emptySince
        .keySet()
        .removeIf(key -> key.startsWith(prefix) && !known.contains(key.substring(prefix.length())));
    for (String origin : known) {
      if (!node.knows(origin)) {
        departed(node, origin);
      }
    }
  }

  private static String key(SimNode node, String origin) {
    return String.join(" ", node.name, "" + node.life(), origin);
  }

  private void departed(SimNode node, String origin) {
    String key = key(node, origin);
    boolean held = world.allNodes().stream()
        .anyMatch(other -> other.up() && !other.inspection.allEntries(origin).isEmpty());
    if (held) {
      emptySince.remove(key);
      return;
    }
    int pulls = node.gossip().pulls();
    int since = emptySince.computeIfAbsent(key, any -> pulls);
    int peers = Math.max(1, node.gossip().links().size());
    checker.check(
        pulls - since <= CYCLES_MAX * (peers + 1),
        "P16",
        "%s still knows %s, of which no node has held an entry for %s pulls",
        node.name,
        origin,
        pulls - since);
  }
}

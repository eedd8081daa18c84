package io.hera.client;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/**
 * The nodes of a client, in its order of preference, and the one in use. Owned by the loop.
 *
 * <p>The order is by rank and, within a rank, by a hash of the node and a random number of the
 * client (rendezvous hashing). So each client has an order of its own: when a node dies, its clients
 * spread over all others, and when it is back, exactly its clients return to it. The first one is
 * the client's home.
 *
 * <p>A client stays at a node until a request to it is lost. Then the node is aside for a time that
 * grows with each loss in a row, and the next one in the order is used.
 */
final class Nodes {
  private static final Comparator<Node> PREFERENCE = Comparator.<Node>comparingInt(
          node -> node.rank)
      .thenComparing(Comparator.<Node>comparingLong(node -> node.score).reversed());

  private final long number;
  private final Map<URI, Integer> ranks = new LinkedHashMap<>();
  private final Map<URI, List<Node>> resolved = new LinkedHashMap<>();
  private volatile List<Node> order = List.of();
  private final Map<Node, Long> turns = new HashMap<>();
  private Optional<Node> current = Optional.empty();
  private long turn;

  /** Creates the list; a node appears when its name is {@link #resolve resolved}. */
  Nodes(NodeList list, RandomGenerator random) {
    number = random.nextLong();
    for (int rank = 0; rank < list.ranks().size(); rank++) {
      for (URI node : list.ranks().get(rank)) {
        ranks.put(node, rank);
      }
    }
  }

  /** Replaces the nodes behind one configured URL; nodes that stay keep their history. */
  void resolve(URI configured, List<URI> nodes, long nanos) {
    Map<URI, Node> known = new LinkedHashMap<>();
    resolved.getOrDefault(configured, List.of()).forEach(node -> known.put(node.uri, node));
    List<Node> now = new ArrayList<>();
    for (URI uri : nodes) {
      Node node = known.get(uri);
      now.add(node != null ? node : new Node(uri, rank(configured), score(uri), nanos));
    }
    resolved.put(configured, now);
    order = resolved.values().stream()
        .flatMap(List::stream)
        .filter(distinct())
        .sorted(PREFERENCE)
        .toList();
    if (current.filter(order::contains).filter(Nodes::wasAsked).isEmpty()) {
      current = order.stream().findFirst();
    }
  }

  /** Returns the configured URLs. */
  Set<URI> configured() {
    return Set.copyOf(ranks.keySet());
  }

  /** Returns all nodes, the preferred one first. Any thread may ask. */
  List<Node> all() {
    return order;
  }

  /** Returns the node in use; empty while no name has been resolved. */
  Optional<Node> current() {
    return current;
  }

  /** Returns the node in use, or the next one if that is aside; empty if all are. */
  Optional<Node> usable(long nanos) {
    return usableBut(Set.of(), nanos);
  }

  /**
   * Returns the node to use instead of these: one whose last request was answered, before one that may
   * be tried again. Empty if there is none, or all others are aside.
   */
  Optional<Node> usableBut(Set<Node> tried, long nanos) {
    List<Node> usable = Stream.concat(current.stream(), order.stream())
        .filter(node -> !node.isAside(nanos) && !tried.contains(node))
        .toList();
    return usable.stream()
        .filter(node -> node.health().failures() == 0)
        .findFirst()
        .or(() -> longestAside(usable));
  }

  /** Returns the node that has failed least recently, of all but these. */
  Optional<Node> longestAsideBut(Set<Node> tried) {
    return longestAside(order.stream().filter(node -> !tried.contains(node)).toList());
  }

  private Optional<Node> longestAside(List<Node> of) {
    return of.stream().min(Comparator.comparingLong(node -> turns.getOrDefault(node, 0L)));
  }

  /** Puts a node aside. */
  void putAside(Node node, Duration time, String why, long nanos) {
    node.failed(nanos, time, why);
    turns.keySet().retainAll(order);
    turns.put(node, ++turn);
  }

  /** A node has answered: it stays in use, or comes into use if the present one is aside. */
  void answered(Node node, Node.Kind kind, long nanos) {
    node.answered(nanos, kind);
    if (current.isEmpty() || current.get().isAside(nanos)) {
      use(node);
    }
  }

  /** Returns whether the last request to each node has failed. */
  boolean areAllFailing() {
    return order.stream().allMatch(node -> node.health().failures() > 0);
  }

  /** Makes this the node in use, from the next request on. */
  void use(Node node) {
    current = Optional.of(node);
  }

  /** Returns the best node that the client would rather use than the present one, if it may be asked. */
  Optional<Node> nearerHome(long nanos) {
    return order.stream()
        .takeWhile(node -> node != current.orElse(null))
        .filter(node -> !node.isAside(nanos))
        .findFirst();
  }

  /** Returns the reasons why nodes do not answer, for people. */
  String reasons() {
    List<String> reasons = order.stream()
        .map(node -> node + ": " + node.health().lastError().orElse("not asked"))
        .toList();
    return reasons.isEmpty() ? "no name of a node has been resolved" : String.join("; ", reasons);
  }

  private static boolean wasAsked(Node node) {
    return node.health().answeredAt().isPresent() || node.health().failures() > 0;
  }

  private Predicate<Node> distinct() {
    Set<URI> seen = new HashSet<>();
    return node -> seen.add(node.uri);
  }

  private int rank(URI configured) {
    Integer rank = ranks.get(configured);
    if (rank == null) {
      throw new IllegalArgumentException(configured + " is not configured");
    }
    return rank;
  }

  private long score(URI node) {
    return mixed(number ^ mixed(node.toString().hashCode() * 0x9e3779b97f4a7c15L));
  }

  /** The finalizer of SplitMix64 (Steele, Lea, Flood 2014): each bit depends on each bit. */
  private static long mixed(long bits) {
    long mixed = (bits ^ (bits >>> 30)) * 0xbf58476d1ce4e5b9L;
    mixed = (mixed ^ (mixed >>> 27)) * 0x94d049bb133111ebL;
    return mixed ^ (mixed >>> 31);
  }
}

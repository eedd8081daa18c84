package io.hera.doctor;

import io.hera.registry.Key;
import io.hera.wire.NodeStatus;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Goes round all nodes, a few times if need be, and says whether they agree; if not, who differs on what. Used once.
 */
public final class Doctor {
  private static final int ROUNDS_MAX = 6;
  private static final long BETWEEN_ROUNDS_MILLIS = 500;

  private final PrintStream out;
  private final Visit visit = new Visit();
  private final Map<String, String> addresses = new LinkedHashMap<>();
  private final Map<String, String> silent = new TreeMap<>();

  /** A doctor who speaks to {@code out}. */
  public Doctor(PrintStream out) {
    this.out = out;
  }

  /**
   * Asks the nodes at these addresses, and all that they know of.
   *
   * @param first {@code host:port} of at least one node
   * @return whether all is well
   */
  public boolean examine(Collection<String> first) {
    List<Map<String, NodeStatus>> rounds = new ArrayList<>();
    rounds.add(round(first));
    Diagnosis diagnosis = new Diagnosis(rounds);
    while (diagnosis.unsettled() && rounds.size() < ROUNDS_MAX && pause()) {
      if (rounds.size() == 3) {
        out.println("the nodes do not agree yet, looking again ...");
      }
      rounds.add(round(List.copyOf(addresses.values())));
      diagnosis = new Diagnosis(rounds);
    }
    Map<String, NodeStatus> last = rounds.get(rounds.size() - 1);
    last.values().forEach(this::introduce);
    silent.forEach((address, why) -> say("at " + address + ": " + why));
    diagnosis.findings().forEach(this::say);
    diagnosis.differences().forEach(this::explain);
    return conclude(last, diagnosis);
  }

  /** Asks all; whoever is named as a peer by one that answers is asked as well. */
  private Map<String, NodeStatus> round(Collection<String> asked) {
    Map<String, NodeStatus> found = new TreeMap<>();
    List<String> left = new ArrayList<>(asked);
    for (int i = 0; i < left.size(); i++) {
      String address = left.get(i);
      try {
        NodeStatus status = visit.status(address);
        silent.remove(address);
        if (found.putIfAbsent(status.node(), status) == null) {
          addresses.put(status.node(), address);
          status.peers().forEach((name, peer) -> follow(name, peer.address(), left, found));
        }
      } catch (Visit.Failed failed) {
        silent.put(address, failed.getMessage());
      }
    }
    return found;
  }

  private static void follow(
      String name, String address, List<String> left, Map<String, NodeStatus> found) {
    if (!found.containsKey(name) && !left.contains(address)) {
      left.add(address);
    }
  }

  private void introduce(NodeStatus status) {
    long diverged = status.origins().values().stream()
        .mapToLong(NodeStatus.Origin::diverged)
        .sum();
    say("%-12s %-21s %s, %s, up %s, version %s%s"
        .formatted(
            status.node(),
            addresses.get(status.node()),
            status.ready() ? "ready" : "not ready",
            Words.count(status.instances(), "instance"),
            Words.duration(status.uptimeSeconds()),
            status.version(),
            diverged == 0 ? "" : ", " + Words.count(diverged, "difference") + " found and mended"));
  }

  /** Who lacks what, of those two. */
  private void explain(Diagnosis.Difference difference) {
    String one = difference.one();
    String other = difference.other();
    try {
      Map<Key, Long> ours = visit.registrations(address(one), difference.origin());
      Map<Key, Long> theirs = visit.registrations(address(other), difference.origin());
      lacks(one, ours, other, theirs, difference.origin());
      lacks(other, theirs, one, ours, difference.origin());
    } catch (Visit.Failed failed) {
      say("%s and %s differ on what was written at %s, and one of them %s"
          .formatted(one, other, difference.origin(), failed.getMessage()));
    }
  }

  private void lacks(
      String node, Map<Key, Long> held, String other, Map<Key, Long> wanted, String origin) {
    List<Key> missing = wanted.entrySet().stream()
        .filter(entry -> !entry.getValue().equals(held.get(entry.getKey())))
        .map(Map.Entry::getKey)
        .sorted(Comparator.comparing(Key::service).thenComparing(Key::id))
        .toList();
    if (!missing.isEmpty()) {
      say("%s lacks %s that %s holds of %s: %s"
          .formatted(
              node,
              Words.count(missing.size(), "registration"),
              other,
              origin,
              Words.keys(missing)));
    }
  }

  private boolean conclude(Map<String, NodeStatus> nodes, Diagnosis diagnosis) {
    if (nodes.isEmpty()) {
      say("No node answers.");
      return false;
    }
    if (!diagnosis.differences().isEmpty()) {
      say(
          "The nodes differ. They find that by themselves about once a minute, and mend it; ask again in two.");
      return false;
    }
    if (!diagnosis.findings().isEmpty() || !silent.isEmpty()) {
      say("The nodes that answer agree, but not all is well.");
      return false;
    }
    NodeStatus any = nodes.values().iterator().next();
    say((nodes.size() == 1 ? "The one node is well: " : "All " + nodes.size() + " nodes agree: ")
        + Words.count(any.instances(), "instance") + " of "
        + Words.count(any.services(), "service") + ".");
    return true;
  }

  private String address(String node) throws Visit.Failed {
    String address = addresses.get(node);
    if (address == null) {
      throw new Visit.Failed("is nowhere to be found");
    }
    return address;
  }

  private void say(String line) {
    out.println(Words.printable(line));
  }

  private static boolean pause() {
    try {
      Thread.sleep(BETWEEN_ROUNDS_MILLIS);
      return true;
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}

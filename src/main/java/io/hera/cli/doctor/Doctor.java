package io.hera.cli.doctor;

import io.hera.cli.nodes.NodeClient;
import io.hera.cli.nodes.NodeFailed;
import io.hera.cli.nodes.Phrasing;
import io.hera.registry.Key;
import io.hera.wire.NodeStatus;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import javax.net.ssl.SSLContext;

/**
 * Asks all nodes for their status, several times if they differ, and prints whether they agree and, if not, which nodes differ
 * on which registrations. Used once.
 */
public final class Doctor {
  /** How long one node may take to answer, unless the user says otherwise. */
  public static final Duration TIMEOUT = Duration.ofMillis(2_500);

  private static final int ROUNDS_MAX = 6;
  private static final long BETWEEN_ROUNDS_MILLIS = 500;

  private final PrintWriter out;
  private final NodeProbe probe;
  private final Map<String, String> addresses = new LinkedHashMap<>();
  private final Map<String, String> silent = new TreeMap<>();

  /**
   * Prints to {@code out}.
   *
   * @param tls empty if nodes are asked without
   * @param tokens {@code host:port} → the token that the node there is shown
   */
  public Doctor(
      PrintWriter out, Optional<SSLContext> tls, Function<String, Optional<String>> tokens) {
    this(out, new NodeClient(tls, tokens, TIMEOUT));
  }

  /**
   * Prints to {@code out}.
   *
   * @param client waits less than the user's patience for one node
   */
  public Doctor(PrintWriter out, NodeClient client) {
    this.out = out;
    this.probe = new NodeProbe(client);
  }

  /**
   * Examines the nodes at these addresses, and all their peers.
   *
   * @param first {@code host:port} of at least one node
   * @return whether every node answers and nothing is wrong
   */
  public boolean examine(Collection<String> first) {
    List<Map<String, NodeStatus>> rounds = new ArrayList<>();
    rounds.add(round(first));
    Diagnosis diagnosis = new Diagnosis(rounds);
    while ((diagnosis.unsettled() || !diagnosis.agree()) && rounds.size() < ROUNDS_MAX && pause()) {
      if (rounds.size() == 3 && diagnosis.unsettled()) {
        String seen = diagnosis.agree() ? "not all is well" : "the nodes do not agree yet";
        out.println(seen + ", looking again ...");
      }
      rounds.add(round(List.copyOf(addresses.values())));
      diagnosis = new Diagnosis(rounds);
    }
    Map<String, NodeStatus> last = rounds.get(rounds.size() - 1);
    last.values().forEach(this::introduce);
    silent.forEach((address, why) -> say("at " + address + ": " + why));
    diagnosis.findings().forEach(this::say);
    diagnosis.differences().forEach(this::explain);
    new SwitchOver(last).lines().forEach(this::say);
    return conclude(last, diagnosis);
  }

  /** Returns the statuses, by name, of the nodes asked and of the peers that they name. */
  private Map<String, NodeStatus> round(Collection<String> asked) {
    Map<String, NodeStatus> found = new TreeMap<>();
    Set<String> known = new LinkedHashSet<>(asked);
    Set<String> next = known;
    while (!next.isEmpty()) {
      Map<String, NodeProbe.Result> results = probe.statuses(next, this::say);
      next = new LinkedHashSet<>();
      for (Map.Entry<String, NodeProbe.Result> result : results.entrySet()) {
        next.addAll(answered(result.getKey(), result.getValue(), found));
      }
      next.removeAll(known);
      known.addAll(next);
    }
    return found;
  }

  /** Notes what an address has answered; returns the addresses of the peers that it names. */
  private List<String> answered(
      String address, NodeProbe.Result result, Map<String, NodeStatus> found) {
    if (result instanceof NodeProbe.Silent silence) {
      silent.put(address, silence.reason());
      return List.of();
    }
    NodeStatus status = ((NodeProbe.Answered) result).status();
    silent.remove(address);
    if (found.putIfAbsent(status.node(), status) != null) {
      return List.of();
    }
    addresses.put(status.node(), address);
    return status.peers().entrySet().stream()
        .filter(peer -> !found.containsKey(peer.getKey()))
        .filter(peer -> !addresses.containsKey(peer.getKey()))
        .map(peer -> peer.getValue().address())
        .filter(peer -> !silent.containsKey(peer))
        .toList();
  }

  private void introduce(NodeStatus status) {
    long diverged = status.divergedView()
        + status.origins().values().stream()
            .mapToLong(NodeStatus.Origin::diverged)
            .sum();
    say("%-12s %-21s %s, %s, up %s, version %s%s"
        .formatted(
            status.node(),
            addresses.get(status.node()),
            state(status),
            Phrasing.count(status.instances(), "instance"),
            Phrasing.duration(1_000 * status.uptimeSeconds()),
            status.version(),
            diverged == 0
                ? ""
                : ", " + Phrasing.count(diverged, "difference") + " found and repaired"));
  }

  private static String state(NodeStatus status) {
    if (!status.ready()) {
      return "not ready";
    }
    return status.draining().isPresent() ? "drained" : "ready";
  }

  /** Prints which registrations each of the two lacks. */
  private void explain(Diagnosis.Difference difference) {
    String one = difference.one();
    String other = difference.other();
    try {
      Map<Key, Long> ours = probe.registrations(address(one), difference.origin());
      Map<Key, Long> theirs = probe.registrations(address(other), difference.origin());
      lacks(one, ours, other, theirs, difference.origin());
      lacks(other, theirs, one, ours, difference.origin());
    } catch (NodeFailed failed) {
      say("%s and %s differ on entries of %s, and one of them %s"
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
              Phrasing.count(missing.size(), "registration"),
              other,
              origin,
              Phrasing.keys(missing)));
    }
  }

  private boolean conclude(Map<String, NodeStatus> nodes, Diagnosis diagnosis) {
    if (nodes.isEmpty()) {
      say("No node answers.");
      return false;
    }
    if (!diagnosis.differences().isEmpty()) {
      say(
          "The nodes differ. Each node checks this about once a minute and repairs it: ask again in two minutes.");
      return false;
    }
    if (!diagnosis.findings().isEmpty() || !silent.isEmpty()) {
      say(
          diagnosis.agree()
              ? "The nodes that answer agree, but not all is well."
              : "Not all is well.");
      return false;
    }
    NodeStatus any = nodes.values().iterator().next();
    String all = "All " + nodes.size() + " nodes ";
    if (nodes.size() > 1 && !diagnosis.agree()) {
      say(all
          + "are in step; changes are under way, so their registrations could not be compared.");
      return true;
    }
    say((nodes.size() == 1 ? "The one node is well: " : all + "agree: ")
        + Phrasing.count(any.instances(), "instance") + " of "
        + Phrasing.count(any.services(), "service") + ".");
    return true;
  }

  private String address(String node) throws NodeFailed {
    String address = addresses.get(node);
    if (address == null) {
      throw new NodeFailed("is not at a known address");
    }
    return address;
  }

  private void say(String line) {
    out.println(Phrasing.printable(line));
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

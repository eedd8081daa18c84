package io.hera.cli.doctor;

import io.hera.cli.nodes.Phrasing;
import io.hera.wire.NodeStatus;
import io.hera.wire.PeerStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Compares the statuses of all nodes in several rounds and finds faults. Pure; used once.
 *
 * <p>Two nodes agree on an origin if they have the same checksum at the same horizon in at least one round. While clients write,
 * horizons differ a little at any time; this is a finding only if a node stays behind.
 */
final class Diagnosis {
  /** Gossip makes up for less within a few rounds. */
  static final long BEHIND_MILLIS_MAX = 15_000;

  private static final long SILENT_MILLIS_MAX = 60_000;
  private static final long SKEW_MILLIS_MAX = 30_000;

  private final List<Map<String, NodeStatus>> rounds;
  private final List<String> findings = new ArrayList<>();
  private final List<Difference> differences = new ArrayList<>();

  /** Compares the statuses by name of each round; the last round is the present state. */
  Diagnosis(List<Map<String, NodeStatus>> rounds) {
    this.rounds = List.copyOf(rounds);
    last().values().forEach(this::node);
    settings();
    for (String origin : origins()) {
      origin(origin);
    }
    shown();
  }

  /** Two nodes that hold different entries of an origin up to the same horizon. */
  record Difference(String origin, String one, String other) {}

  /** Returns the faults besides differences, one line each. */
  List<String> findings() {
    return findings;
  }

  /** Returns the differences. */
  List<Difference> differences() {
    return differences;
  }

  /** Returns whether something is wrong that another round may show to be right. */
  boolean unsettled() {
    return !differences.isEmpty() || !findings.isEmpty();
  }

  /** Returns whether in one round all nodes held the same entries and showed the same numbers. */
  boolean agree() {
    return rounds.stream()
        .anyMatch(round -> holdTheSame(round) && numbers(round).size() <= 1);
  }

  /** Compares what nodes show that hold the same: a cap or another view may hide instances. */
  private void shown() {
    boolean comparable = differences.isEmpty() && !agree() && holdTheSame(last());
    if (comparable) {
      findings.add(
          "the nodes show different numbers of instances: " + Phrasing.values(numbers(last())));
    }
  }

  /** Returns a number of instances and services → the nodes that show it. */
  private static Map<String, List<String>> numbers(Map<String, NodeStatus> round) {
    Map<String, List<String>> nodes = new TreeMap<>();
    round.forEach((name, status) ->
        nodes.computeIfAbsent(number(status), any -> new ArrayList<>()).add(name));
    return nodes;
  }

  private static String number(NodeStatus status) {
    return Phrasing.count(status.instances(), "instance") + " of "
        + Phrasing.count(status.services(), "service");
  }

  /** Returns whether all nodes held the same entries of all origins up to the same horizons. */
  private static boolean holdTheSame(Map<String, NodeStatus> round) {
    return round.values().stream().map(Diagnosis::heldBy).distinct().count() <= 1;
  }

  /** Returns origin → horizon and checksum, without origins of which a node holds nothing. */
  private static Map<String, String> heldBy(NodeStatus status) {
    Map<String, String> held = new TreeMap<>();
    status.origins().forEach((name, origin) -> {
      if (origin.horizon() > 0) {
        held.put(name, origin.horizon() + "/" + origin.checksum());
      }
    });
    return held;
  }

  private Map<String, NodeStatus> last() {
    return rounds.get(rounds.size() - 1);
  }

  private Set<String> origins() {
    Set<String> origins = new TreeSet<>();
    last().values().forEach(status -> origins.addAll(status.origins().keySet()));
    return origins;
  }

  private void node(NodeStatus status) {
    String name = status.node();
    if (!status.ready()) {
      findings.add(
          name
              + " is not ready: it has just started and gets registrations from its peers, or it stops");
    }
    status
        .conflicts()
        .forEach((node, words) -> findings.add(name + " refuses exchanges: " + words));
    status
        .frozen()
        .forEach((origin, frozen) -> findings.add("%s refuses entries of %s: %s"
            .formatted(name, origin, Phrasing.refusal(frozen.reason()))));
    if (status.clock().wrong()) {
      findings.add("the clock of %s is wrong by %s, as its peers see it"
          .formatted(name, Phrasing.duration(Math.abs(status.clock().correctionMillis()))));
    }
    status.tls().ifPresent(tls -> tls(name, tls));
    status
        .discovery()
        .filter(discovery -> !discovery.error().isEmpty())
        .ifPresent(discovery -> findings.add("%s does not find its cluster by DNS: %s: %s"
            .formatted(name, discovery.dns(), discovery.error())));
    status.peers().forEach((peer, state) -> peer(name, peer, state));
  }

  private void tls(String name, NodeStatus.Tls tls) {
    tls.certificates().forEach((which, certificate) -> {
      String subject = which.equals("own") ? "the certificate" : "the certificate of the CA";
      switch (certificate.expiry()) {
        case "near" ->
          findings.add("%s of %s expires soon, at %s: replace it"
              .formatted(subject, name, certificate.notAfter()));
        case "expired" ->
          findings.add("%s of %s has expired, at %s: replace it"
              .formatted(subject, name, certificate.notAfter()));
        default -> {}
      }
    });
    if (!tls.refused().isEmpty()) {
      findings.add(
          "%s refuses its TLS files and serves those before: %s".formatted(name, tls.refused()));
    }
  }

  private void peer(String name, String peer, PeerStatus state) {
    if (!state.lastError().isEmpty()) {
      findings.add("%s cannot pull from %s at %s: %s; last success %s"
          .formatted(name, peer, state.address(), state.lastError(), ago(state)));
    } else if (state.lastSuccessAgeMillis().orElse(0) > SILENT_MILLIS_MAX) {
      findings.add("%s has not pulled from %s for %s"
          .formatted(name, peer, Phrasing.duration(state.lastSuccessAgeMillis().orElse(0))));
    }
    state
        .tls()
        .filter(way -> !way.byTls())
        .ifPresent(way -> findings.add(
            "%s asks %s without TLS: by TLS, %s %s".formatted(name, peer, peer, way.error())));
    long skewMillis = state.clockSkewMillis().orElse(0);
    if (Math.abs(skewMillis) > SKEW_MILLIS_MAX) {
      findings.add("the clock of %s is %s s %s that of %s"
          .formatted(
              peer, Math.abs(skewMillis) / 1_000, skewMillis > 0 ? "ahead of" : "behind", name));
    }
  }

  /** Compares the settings that all nodes share; nodes of version 1.0 do not show theirs. */
  private void settings() {
    Set<String> keys = new TreeSet<>();
    last().values().forEach(status -> keys.addAll(status.settings().values().keySet()));
    for (String key : keys) {
      Map<String, List<String>> nodes = new TreeMap<>();
      last().values().stream()
          .filter(status -> !status.settings().values().isEmpty())
          .forEach(status -> nodes
              .computeIfAbsent(
                  status.settings().values().getOrDefault(key, "not set"), any -> new ArrayList<>())
              .add(status.node()));
      if (nodes.size() > 1) {
        findings.add("the setting %s differs: %s".formatted(key, Phrasing.values(nodes)));
      }
    }
  }

  private static String ago(PeerStatus state) {
    OptionalLong age = state.lastSuccessAgeMillis();
    return age.isPresent() ? Phrasing.duration(age.getAsLong()) + " ago" : "never";
  }

  /** Compares every node with the one that has the highest horizon of this origin. */
  private void origin(String origin) {
    String best = "";
    long horizon = -1;
    for (NodeStatus status : last().values()) {
      NodeStatus.Origin held = status.origins().get(origin);
      if (held != null && held.horizon() > horizon) {
        horizon = held.horizon();
        best = status.node();
      }
    }
    for (String name : new TreeMap<>(last()).keySet()) {
      if (!name.equals(best) && !agreed(origin, name, best)) {
        compare(origin, name, best);
      }
    }
  }

  private boolean agreed(String origin, String one, String other) {
    return rounds.stream().anyMatch(round -> {
      Optional<NodeStatus.Origin> ours = held(round, one, origin);
      Optional<NodeStatus.Origin> theirs = held(round, other, origin);
      return ours.isPresent() && theirs.isPresent() && same(ours.get(), theirs.get());
    });
  }

  /** Returns whether both hold the same, as far as checksums tell. */
  private static boolean same(NodeStatus.Origin ours, NodeStatus.Origin theirs) {
    return ours.horizon() == theirs.horizon() && ours.checksum().equals(theirs.checksum());
  }

  private static Optional<NodeStatus.Origin> held(
      Map<String, NodeStatus> round, String node, String origin) {
    return Optional.ofNullable(round.get(node))
        .flatMap(status -> Optional.ofNullable(status.origins().get(origin)));
  }

  private void compare(String origin, String name, String best) {
    Optional<NodeStatus.Origin> ours = held(last(), name, origin);
    Optional<NodeStatus.Origin> theirs = held(last(), best, origin);
    if (theirs.isEmpty()) {
      return;
    }
    if (ours.isEmpty()) {
      findings.add("%s does not know of the node %s, of which %s holds registrations"
          .formatted(name, origin, best));
      return;
    }
    long behindMillis = theirs.get().horizon() - ours.get().horizon();
    if (behindMillis == 0) {
      differences.add(new Difference(origin, name, best));
    } else if (behindMillis > BEHIND_MILLIS_MAX && stuck(origin, name)) {
      findings.add("%s is %s behind %s on entries of %s"
          .formatted(name, Phrasing.duration(behindMillis), best, origin));
    }
  }

  /** Returns whether its horizon is the same as in the first round. */
  private boolean stuck(String origin, String name) {
    return held(rounds.get(0), name, origin)
        .map(NodeStatus.Origin::horizon)
        .equals(held(last(), name, origin).map(NodeStatus.Origin::horizon));
  }
}

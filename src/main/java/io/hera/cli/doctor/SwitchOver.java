package io.hera.cli.doctor;

import io.hera.cli.nodes.Phrasing;
import io.hera.wire.NodeStatus;
import io.hera.wire.SecurityStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** How far a cluster has come that switches TLS on while it runs: whether {@code plaintext} can be removed. Pure; used once. */
final class SwitchOver {
  private static final long QUIET_SECONDS = 3_600;
  private static final int CLIENTS_SHOWN = 20;

  private final Map<String, NodeStatus> nodes;
  private final List<String> missing = new ArrayList<>();

  /** Looks at the present statuses, by name. */
  SwitchOver(Map<String, NodeStatus> nodes) {
    this.nodes = new TreeMap<>(nodes);
  }

  /** Returns lines that say whether plaintext can be removed, and if not, why; none if no node has it. */
  List<String> lines() {
    if (nodes.values().stream().noneMatch(node -> plaintext(node).isPresent())) {
      return List.of();
    }
    nodes.values().forEach(this::node);
    if (missing.isEmpty()) {
      return List.of(
          "plaintext can be removed, one node after the other: all nodes reach each other"
              + " by TLS, and no request came without it for an hour");
    }
    List<String> lines = new ArrayList<>();
    lines.add("plaintext cannot be removed yet:");
    missing.forEach(line -> lines.add("  " + line));
    return lines;
  }

  private static Optional<SecurityStatus.Plaintext> plaintext(NodeStatus node) {
    return node.security().flatMap(SecurityStatus::plaintext);
  }

  private void node(NodeStatus node) {
    if (node.tls().isEmpty()) {
      missing.add(node.node() + " does not speak TLS");
    }
    node.peers().forEach((peer, state) -> {
      if (state.tls().isPresent() && !state.tls().get().byTls()) {
        missing.add(node.node() + " asks " + peer + " without TLS");
      }
    });
    plaintext(node).ifPresent(seen -> clients(node, seen));
  }

  private void clients(NodeStatus node, SecurityStatus.Plaintext seen) {
    if (node.uptimeSeconds() < QUIET_SECONDS) {
      missing.add("%s has been up for %s: it cannot know who came without TLS in the last hour"
          .formatted(node.node(), Phrasing.duration(1_000 * node.uptimeSeconds())));
    }
    List<String> late = seen.clients().entrySet().stream()
        .filter(client -> client.getValue().ageSeconds() < QUIET_SECONDS)
        .map(client -> client.getKey() + " came to " + node.node() + " without TLS, last "
            + Phrasing.duration(1_000 * client.getValue().ageSeconds()) + " ago")
        .toList();
    late.stream().limit(CLIENTS_SHOWN).forEach(missing::add);
    if (late.size() > CLIENTS_SHOWN) {
      missing.add(
          "and " + (late.size() - CLIENTS_SHOWN) + " more addresses came to " + node.node());
    }
  }
}

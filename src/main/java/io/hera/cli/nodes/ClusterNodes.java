package io.hera.cli.nodes;

import io.hera.json.Malformed;
import io.hera.wire.NodeStatus;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Finds the nodes of a cluster from some of them. A node that does not show its status to this client names none. */
public final class ClusterNodes {
  private static final int NODES_MAX = 500;

  private final NodeClient client;
  private final Set<String> addresses = new LinkedHashSet<>();
  private final Set<String> names = new TreeSet<>();

  private ClusterNodes(NodeClient client) {
    this.client = client;
  }

  /** Returns the addresses of these nodes, of their peers, and so on. */
  public static List<String> from(NodeClient client, Collection<String> first) {
    ClusterNodes found = new ClusterNodes(client);
    Set<String> next = new LinkedHashSet<>(first);
    while (!next.isEmpty() && found.addresses.size() < NODES_MAX) {
      next = found.ask(next);
    }
    return List.copyOf(found.addresses);
  }

  private Set<String> ask(Set<String> asked) {
    addresses.addAll(asked);
    Map<String, Optional<NodeStatus>> statuses = NodeClient.each(asked, this::status);
    statuses.values().forEach(status -> status.ifPresent(node -> names.add(node.node())));
    Set<String> next = new LinkedHashSet<>();
    statuses
        .values()
        .forEach(status -> status.ifPresent(node -> node.peers().forEach((name, peer) -> {
          if (names.add(name)) {
            next.add(peer.address());
          }
        })));
    next.removeAll(addresses);
    return next;
  }

  private Optional<NodeStatus> status(String address) {
    try {
      NodeClient.Reply reply = client.get(address, "/_status", "application/json");
      return reply.isGood() ? Optional.of(NodeStatus.parse(reply.body())) : Optional.empty();
    } catch (NodeFailed | Malformed unknown) {
      return Optional.empty();
    }
  }
}

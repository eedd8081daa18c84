package io.hera.cli.nodes;

import io.hera.json.Malformed;
import io.hera.wire.NodeStatus;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/** Finds the nodes of a cluster from some of them. A node that does not show its status to this client names none, and is complained of. */
public final class ClusterNodes {
  private static final int NODES_MAX = 500;
  private static final int FORBIDDEN = 403;

  private final NodeClient client;
  private final Set<String> addresses = new LinkedHashSet<>();
  private final Set<String> names = new TreeSet<>();
  private final List<String> refusing = new ArrayList<>();

  private ClusterNodes(NodeClient client) {
    this.client = client;
  }

  /** The answer to a request for the status; without one, the node is not a node or does not answer. */
  private record Answer(Optional<NodeStatus> status, Optional<String> refusal) {}

  /**
   * Returns the addresses of these nodes, of their peers, and so on.
   *
   * @param complaints gets one line at most, if nodes do not show their peers to this client
   */
  public static List<String> from(
      NodeClient client, Collection<String> first, Consumer<String> complaints) {
    ClusterNodes found = new ClusterNodes(client);
    Set<String> next = new LinkedHashSet<>(first);
    while (!next.isEmpty() && found.addresses.size() < NODES_MAX) {
      next = found.ask(next);
    }
    if (!found.refusing.isEmpty()) {
      complaints.accept("at " + String.join(", ", found.refusing)
          + ": the peers are not shown to this client, which needs the permission operate for that;"
          + " nodes that are known nowhere else are not asked");
    }
    return List.copyOf(found.addresses);
  }

  private Set<String> ask(Set<String> asked) {
    addresses.addAll(asked);
    Map<String, Answer> answers = NodeClient.each(asked, this::answer);
    answers.values().forEach(answer -> answer.refusal().ifPresent(refusing::add));
    List<NodeStatus> statuses =
        answers.values().stream().flatMap(answer -> answer.status().stream()).toList();
    statuses.forEach(node -> names.add(node.node()));
    Set<String> next = new LinkedHashSet<>();
    statuses.forEach(node -> node.peers().forEach((name, peer) -> {
      if (names.add(name)) {
        next.add(peer.address());
      }
    }));
    next.removeAll(addresses);
    return next;
  }

  /** A client that the node does not know at all learns so when it asks for something else. */
  private Answer answer(String address) {
    try {
      NodeClient.Reply reply = client.get(address, "/_status", "application/json");
      return new Answer(
          reply.isGood() ? Optional.of(NodeStatus.parse(reply.body())) : Optional.empty(),
          reply.status() == FORBIDDEN ? Optional.of(address) : Optional.empty());
    } catch (NodeFailed | Malformed unknown) {
      return new Answer(Optional.empty(), Optional.empty());
    }
  }
}

package io.hera.cli.events;

import io.hera.cli.nodes.NodeClient;
import io.hera.cli.nodes.NodeFailed;
import io.hera.json.Malformed;
import io.hera.wire.Percent;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Asks nodes for their events, and for the instances that they show. */
final class HistoryClient {
  private static final int PAGE_MAX = 500;
  private static final String JSON = "application/json";

  private final NodeClient client;

  HistoryClient(NodeClient client) {
    this.client = client;
  }

  /** Returns the newest events that are wanted. */
  NodeHistory history(String address, Wanted wanted) throws NodeFailed {
    NodeHistory page = page(address, wanted.query("limit=" + Math.min(PAGE_MAX, wanted.limit())));
    NodeHistory newest = page;
    List<Row> rows = new ArrayList<>(page.rows());
    while (!page.rows().isEmpty() && rows.size() < wanted.limit()) {
      long before = page.rows().get(page.rows().size() - 1).number();
      int rest = Math.min(PAGE_MAX, wanted.limit() - rows.size());
      if (before <= 1 || page.rows().size() < Math.min(PAGE_MAX, wanted.limit())) {
        break;
      }
      page = page(address, wanted.query("limit=" + rest, "before=" + before));
      page.rows().stream().filter(row -> row.number() < before).forEach(rows::add);
    }
    return newest.with(rows.subList(0, Math.min(rows.size(), wanted.limit())));
  }

  private NodeHistory page(String address, String target) throws NodeFailed {
    NodeClient.Reply reply = client.get(address, target, JSON);
    if (reply.status() == 404) {
      throw new NodeFailed("has no history: it is of an earlier version");
    }
    if (!reply.isGood()) {
      throw new NodeFailed(reply.refusal());
    }
    try {
      return NodeHistory.read(reply.body());
    } catch (Malformed malformed) {
      throw new NodeFailed("does not answer with events: " + malformed.reason());
    }
  }

  /** Returns when the history of a node begins, in unix time; empty if the node does not say. */
  OptionalLong since(String address, NodeHistory history) throws NodeFailed {
    Wanted one = new Wanted(Optional.empty(), Optional.empty(), Optional.empty(), 1);
    List<Row> oldest = page(
            address, one.query("limit=1", "before=" + Math.max(1, history.first() + 1)))
        .rows();
    return oldest.isEmpty()
        ? OptionalLong.empty()
        : OptionalLong.of(oldest.get(0).atMillis());
  }

  /** Returns whether a node shows an instance; fails if it cannot say. */
  InstanceView.Shown shows(String address, Wanted instance) throws NodeFailed {
    String target = "/" + Percent.encode(instance.service().orElseThrow()) + "/"
        + Percent.encode(instance.id().orElseThrow());
    NodeClient.Reply reply = client.get(address, target, JSON);
    return switch (reply.status()) {
      case 200 ->
        reply
            .drained()
            .<InstanceView.Shown>map(InstanceView.Hidden::new)
            .orElse(new InstanceView.Yes());
      case 404 -> new InstanceView.No();
      case 503 -> throw new NodeFailed("cannot say yet: it is starting, stopping or busy");
      default -> throw new NodeFailed(reply.refusal());
    };
  }
}

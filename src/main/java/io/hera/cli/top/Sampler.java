package io.hera.cli.top;

import io.hera.cli.nodes.Answer;
import io.hera.cli.nodes.Ask;
import io.hera.cli.nodes.NodeClient;
import io.hera.cli.nodes.NodeFailed;
import io.hera.cli.nodes.NodeUrl;
import io.hera.cli.reach.Cluster;
import io.hera.json.JsonFields;
import io.hera.json.LooseCursor;
import io.hera.json.Malformed;
import io.hera.wire.Address;
import io.hera.wire.NodeStatus;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Asks all nodes, those of the command line and the peers that they name. */
final class Sampler {
  private static final int NODES_MAX = 100;
  private static final int EVENTS_MAX = 1_000;

  /** Counters of registrations and renewals, one by one or many at once. */
  private static final Pattern WRITES = Pattern.compile(
      "(?m)^hera_http_requests_total\\{(?=[^}]*status=\"20[04]\")(?:[^}]*method=\"PUT\"[^}]*|"
          + "[^}]*method=\"POST\"[^}]*)\\} ([0-9.E+]+)$");

  private final Cluster cluster;
  private final LongSupplier nanos;
  private final Map<String, NodeUrl> nodes = new LinkedHashMap<>();

  Sampler(Cluster cluster, LongSupplier nanos) {
    this.cluster = cluster;
    this.nanos = nanos;
    cluster.nodes().forEach(node -> nodes.put(node.toString(), node));
  }

  /** Returns what they say now. */
  Sample sample() {
    Map<String, Sample.OfNode> said = NodeClient.each(
        nodes.keySet(), url -> node(nodes.getOrDefault(url, cluster.nodes().get(0))));
    Map<NodeUrl, Sample.OfNode> found = new LinkedHashMap<>();
    Map<String, NodeUrl> byName = new HashMap<>();
    said.forEach((url, one) -> {
      NodeUrl node = nodes.get(url);
      boolean isNew = node != null
          && one.status()
              .map(NodeStatus::node)
              .map(name -> byName.putIfAbsent(name, node) == null)
              .orElse(true);
      if (node != null && isNew) {
        found.put(node, one);
      }
    });
    said.forEach((url, one) -> one.status().ifPresent(status -> addPeers(url, status, byName)));
    return new Sample(nanos.getAsLong(), found, services(), history());
  }

  private void addPeers(String url, NodeStatus status, Map<String, NodeUrl> known) {
    status
        .peers()
        .forEach((name, peer) -> Address.parse(peer.address())
            .filter(address -> !known.containsKey(name) && nodes.size() < NODES_MAX)
            .ifPresent(address -> {
              NodeUrl.Scheme scheme =
                  url.startsWith("https") ? NodeUrl.Scheme.HTTPS : NodeUrl.Scheme.HTTP;
              NodeUrl node = new NodeUrl(scheme, address);
              nodes.putIfAbsent(node.toString(), node);
            }));
  }

  private Sample.OfNode node(NodeUrl node) {
    try {
      Answer status = cluster.askOne(node, Ask.get("/_status"));
      if (status.status() != 200) {
        return silent(status.refusal());
      }
      return new Sample.OfNode(Optional.of(NodeStatus.parse(status.body())), writes(node), "");
    } catch (NodeFailed failed) {
      return silent(failed.predicate());
    } catch (Malformed malformed) {
      return silent("does not answer as a node does: " + malformed.reason());
    }
  }

  private static Sample.OfNode silent(String why) {
    return new Sample.OfNode(Optional.empty(), OptionalLong.empty(), why);
  }

  private OptionalLong writes(NodeUrl node) throws NodeFailed {
    Answer metrics = cluster.askOne(node, Ask.get("/_metrics"));
    if (metrics.status() != 200) {
      return OptionalLong.empty();
    }
    double sum = 0;
    Matcher found = WRITES.matcher(metrics.text());
    while (found.find()) {
      sum += Double.parseDouble(found.group(1));
    }
    return OptionalLong.of((long) sum);
  }

  private Map<String, Long> services() {
    Map<String, Long> services = new TreeMap<>();
    try {
      Answer answer = cluster.ask(Ask.get("/"));
      JsonFields.parse(answer.body())
          .objects()
          .forEach((service, counts) -> services.put(service, counts.number("instances", 0)));
    } catch (Malformed | RuntimeException unknown) {
      return Map.of();
    }
    return services;
  }

  private Optional<Sample.History> history() {
    try {
      Answer answer = cluster.ask(Ask.get("/_events?limit=" + EVENTS_MAX));
      if (answer.status() != 200) {
        return Optional.empty();
      }
      JsonFields fields = JsonFields.parse(answer.body());
      return Optional.of(new Sample.History(
          answer.node(), fields.text("life"), fields.number("last"), changes(answer.body())));
    } catch (Malformed | RuntimeException unknown) {
      return Optional.empty();
    }
  }

  private static Map<Long, String> changes(byte[] json) throws Malformed {
    Map<Long, String> changes = new HashMap<>();
    LooseCursor members = LooseCursor.members(json);
    while (members.next()) {
      if (members.name().filter("events"::equals).isPresent() && members.first() == '[') {
        LooseCursor events = LooseCursor.elements(members.value());
        while (events.next()) {
          JsonFields event = JsonFields.parse(events.value());
          changes.put(event.number("n"), event.text("service", ""));
        }
      }
    }
    return changes;
  }
}

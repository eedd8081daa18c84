package io.hera.cli.top;

import io.hera.cli.nodes.NodeUrl;
import io.hera.cli.nodes.Phrasing;
import io.hera.cli.shell.Colour;
import io.hera.cli.shell.Table;
import io.hera.cli.shell.Table.Cell;
import io.hera.cli.shell.Terminal;
import io.hera.wire.NodeStatus;
import io.hera.wire.PeerStatus;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * What a sample shows, and how it differs from the one before.
 *
 * @param before the same as {@code now} for the first frame, which has no rates
 */
record Frame(Sample before, Sample now) {
  private static final int SERVICES_MAX = 20;
  private static final List<String> NODES =
      List.of("NODE", "ADDRESS", "STATE", "INSTANCES", "WRITES/S", "LAG", "SKEW");

  /** Returns the lines that fit into a terminal, or all of them. */
  List<String> lines(Terminal terminal) {
    List<String> lines = new ArrayList<>(nodes().lines(terminal));
    now.nodes().forEach((node, said) -> {
      if (!said.trouble().isEmpty()) {
        lines.add(cut(node + " " + Phrasing.printable(said.trouble()), terminal));
      }
    });
    lines.add("");
    lines.addAll(services().lines(terminal));
    int most = terminal.isThere() ? Math.max(1, terminal.rows() - 1) : lines.size();
    return lines.subList(0, Math.min(lines.size(), most));
  }

  private static String cut(String line, Terminal terminal) {
    return terminal.isThere() && line.length() > terminal.columns()
        ? line.substring(0, terminal.columns())
        : line;
  }

  private Table nodes() {
    Table table = new Table(NODES);
    now.nodes()
        .forEach((node, said) -> table.row(
            said.status().map(status -> row(node, said, status)).orElseGet(() -> silent(node))));
    return table;
  }

  private static List<Cell> silent(NodeUrl node) {
    Cell none = Cell.of("");
    return List.of(
        none,
        Cell.of(node.address().toString()),
        new Cell("silent", Colour.RED),
        none,
        none,
        none,
        none);
  }

  private List<Cell> row(NodeUrl node, Sample.OfNode said, NodeStatus status) {
    return List.of(
        Cell.of(Phrasing.printable(status.node())),
        Cell.of(node.address().toString()),
        state(status),
        Cell.of(Long.toString(status.instances())),
        Cell.of(rate(node, said)),
        Cell.of(millis(lag(status.node()))),
        Cell.of(millis(skew(status.node()))));
  }

  private static Cell state(NodeStatus status) {
    if (!status.ready()) {
      return new Cell("not ready", Colour.RED);
    }
    return status.draining().isPresent()
        ? new Cell("drained", Colour.YELLOW)
        : new Cell("ready", Colour.GREEN);
  }

  /** Returns registrations and renewals per second; empty in the first frame, and after a restart. */
  private String rate(NodeUrl node, Sample.OfNode said) {
    OptionalLong earlier = Optional.ofNullable(before.nodes().get(node))
        .map(Sample.OfNode::writes)
        .orElse(OptionalLong.empty());
    if (seconds() <= 0
        || earlier.isEmpty()
        || said.writes().isEmpty()
        || said.writes().getAsLong() < earlier.getAsLong()) {
      return "";
    }
    return perSecond(said.writes().getAsLong() - earlier.getAsLong());
  }

  private String perSecond(long count) {
    double rate = count / seconds();
    return String.format(
        Locale.ROOT, "%s", rate < 10 ? Math.round(rate * 10) / 10.0 : Math.round(rate));
  }

  private double seconds() {
    return (now.nanos() - before.nanos()) / 1e9;
  }

  private Stream<PeerStatus> seen(String name) {
    return now.nodes().values().stream()
        .flatMap(said -> said.status().stream())
        .flatMap(status -> Optional.ofNullable(status.peers().get(name)).stream());
  }

  /** Returns how far a node is behind the others, at most. */
  private OptionalLong lag(String name) {
    return seen(name)
        .flatMap(peer -> peer.lagMillis().values().stream())
        .mapToLong(Long::longValue)
        .max();
  }

  /** Returns how far the clock of a node is ahead of those of the others, or behind, at most. */
  private OptionalLong skew(String name) {
    return seen(name)
        .flatMap(peer -> peer.clockSkewMillis().stream().boxed())
        .max(Comparator.comparingLong(Math::abs))
        .map(OptionalLong::of)
        .orElse(OptionalLong.empty());
  }

  private static String millis(OptionalLong millis) {
    return millis.isPresent() ? millis.getAsLong() + " ms" : "";
  }

  private Table services() {
    Table table = new Table(List.of("SERVICE", "INSTANCES", "CHANGES/S"));
    Map<String, Long> changes = changes();
    now.services().entrySet().stream()
        .sorted(Comparator.comparingLong(
                (Map.Entry<String, Long> one) -> -changes.getOrDefault(one.getKey(), 0L))
            .thenComparing(one -> -one.getValue())
            .thenComparing(Map.Entry::getKey))
        .limit(SERVICES_MAX)
        .forEach(one -> table.row(List.of(
            Cell.of(Phrasing.name(one.getKey())),
            Cell.of(one.getValue().toString()),
            Cell.of(knows() ? perSecond(changes.getOrDefault(one.getKey(), 0L)) : ""))));
    return table;
  }

  /** Returns whether both samples have the history of the same process. */
  private boolean knows() {
    return seconds() > 0
        && before.history().isPresent()
        && now.history().isPresent()
        && before.history().get().life().equals(now.history().get().life());
  }

  private Map<String, Long> changes() {
    Map<String, Long> changes = new HashMap<>();
    if (knows()) {
      long last = before.history().orElseThrow().last();
      now.history().orElseThrow().changes().forEach((number, service) -> {
        if (number > last) {
          changes.merge(service, 1L, Long::sum);
        }
      });
    }
    return changes;
  }
}

package io.hera.cli.events;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Puts together events of several nodes. Service, id, origin, version and type name a change on all nodes. A node that reports one
 * twice has seen it twice: its reports are counted from the newest one on. Events of a whole node are its own.
 */
final class Facts {
  /** A change, and which of the reports about it, from the newest one on. */
  private record Identity(
      String service, String id, String origin, long version, String type, String which) {}

  private record Report(String node, Row row) {
    Fact.Sighting sighting() {
      return new Fact.Sighting(node, row.atMillis());
    }

    /** The node that has accepted a write knows its client. */
    int knowledge() {
      return !row.by().isEmpty() ? 2 : row.origin().equals(node) ? 1 : 0;
    }
  }

  private static final Comparator<Report> ORDER = Comparator.comparingLong(
          (Report report) -> report.row().atMillis())
      .thenComparing(Report::node);

  private Facts() {}

  /** Returns the changes in the order of time. */
  static List<Fact> of(Collection<NodeHistory> histories) {
    Map<Identity, List<Report>> reports = new LinkedHashMap<>();
    histories.forEach(history -> add(history, reports));
    return reports.values().stream()
        .map(Facts::fact)
        .sorted(Comparator.comparingLong(Fact::atMillis)
            .thenComparing(fact -> fact.row().origin())
            .thenComparing(fact -> fact.row().number()))
        .toList();
  }

  private static void add(NodeHistory history, Map<Identity, List<Report>> reports) {
    Map<Identity, Integer> times = new HashMap<>();
    for (Row row : history.rows()) {
      Identity change = identity(row, "");
      int which = times.merge(change, 1, Integer::sum);
      Identity report = row.service().isEmpty()
          ? identity(row, history.node() + " " + row.life() + " " + row.number())
          : identity(row, Integer.toString(which));
      reports
          .computeIfAbsent(report, any -> new ArrayList<>())
          .add(new Report(history.node(), row));
    }
  }

  private static Identity identity(Row row, String which) {
    return new Identity(row.service(), row.id(), row.origin(), row.version(), row.type(), which);
  }

  private static Fact fact(List<Report> reports) {
    List<Report> ordered = reports.stream().sorted(ORDER).toList();
    Row best = ordered.stream()
        .max(Comparator.comparingInt(Report::knowledge).thenComparing(ORDER.reversed()))
        .orElseThrow()
        .row();
    return new Fact(best, ordered.stream().map(Report::sighting).toList());
  }
}

package io.hera.cli.instances;

import io.hera.cli.nodes.Answer;
import io.hera.cli.nodes.Ask;
import io.hera.cli.nodes.Phrasing;
import io.hera.cli.reach.Cluster;
import io.hera.cli.shell.FormOptions;
import io.hera.cli.shell.OutputForm;
import io.hera.cli.shell.Surroundings;
import io.hera.cli.shell.Table;
import io.hera.cli.shell.Table.Cell;
import io.hera.json.ObjectCursor;
import java.util.List;
import java.util.Map;

/** Prints the drains in force. */
final class DrainTable {
  private final Surroundings around;

  DrainTable(Surroundings around) {
    this.around = around;
  }

  void print(Cluster cluster, FormOptions form) {
    Answer answer = cluster.done(Ask.get("/_drain"), "the list of drains");
    List<Listing.Member> drains = Listing.of(answer);
    switch (form.orElse(OutputForm.TABLE)) {
      case JSON -> around.printer().line(answer.text());
      case NAME -> drains.forEach(one -> around.printer().line(Phrasing.printable(one.name())));
      case TABLE, WIDE -> around.printer().text(table(drains).text(around.terminal()));
    }
    if (drains.isEmpty()) {
      cluster.notes().say("no drain is in force");
    }
  }

  private static Table table(List<Listing.Member> drains) {
    Table table = new Table(List.of("DRAIN", "INSTANCES", "SINCE", "UNTIL", "BY", "REASON"));
    for (Listing.Member drain : drains) {
      Map<String, String> texts = drain.isObject() ? ObjectCursor.texts(drain.value()) : Map.of();
      table.row(List.of(
          Cell.of(Phrasing.printable(drain.name())),
          cell(texts, "instances"),
          cell(texts, "at"),
          cell(texts, "until"),
          cell(texts, "by"),
          cell(texts, "reason")));
    }
    return table;
  }

  private static Cell cell(Map<String, String> texts, String member) {
    return Cell.of(Phrasing.printable(texts.getOrDefault(member, "")));
  }
}

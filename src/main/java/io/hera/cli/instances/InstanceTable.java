package io.hera.cli.instances;

import io.hera.cli.nodes.Phrasing;
import io.hera.cli.shell.Colour;
import io.hera.cli.shell.Table;
import io.hera.cli.shell.Table.Cell;
import io.hera.json.ObjectCursor;
import io.hera.wire.TargetAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The table of instances: what their documents say by custom. */
final class InstanceTable {
  private static final Set<String> MEMBERS = Set.of("zone", "status", "version");
  private static final List<String> TITLES = List.of("ID", "ADDRESS", "ZONE", "STATUS", "VERSION");
  private static final List<String> MORE = List.of("NODE", "EXPIRES");

  private InstanceTable() {}

  /** Where an instance was registered, and until when it lives; texts for people, which may be empty. */
  record Life(String node, String expires) {
    static final Life UNKNOWN = new Life("", "");
  }

  static Table narrow(List<Listing.Member> instances) {
    Table table = new Table(TITLES);
    instances.forEach(instance -> table.row(cells(instance)));
    return table;
  }

  /** Returns the table with more columns; an instance without a life has {@code -} there. */
  static Table wide(List<Listing.Member> instances, Map<String, Life> lives) {
    List<String> titles = new ArrayList<>(TITLES);
    titles.addAll(MORE);
    Table table = new Table(titles);
    for (Listing.Member instance : instances) {
      Life life = lives.getOrDefault(instance.name(), Life.UNKNOWN);
      List<Cell> cells = new ArrayList<>(cells(instance));
      cells.add(Cell.of(Phrasing.printable(life.node())));
      cells.add(Cell.of(life.expires()));
      table.row(cells);
    }
    return table;
  }

  private static List<Cell> cells(Listing.Member instance) {
    Map<String, String> members = new HashMap<>();
    ObjectCursor cursor = new ObjectCursor(instance.value());
    while (instance.isObject() && cursor.next()) {
      if (MEMBERS.contains(cursor.name()) && !cursor.isStructure()) {
        members.put(cursor.name(), Phrasing.printable(cursor.text()));
      }
    }
    return List.of(
        Cell.of(Phrasing.name(instance.name())),
        Cell.of(address(instance)),
        Cell.of(members.getOrDefault("zone", "")),
        status(members.getOrDefault("status", "")),
        Cell.of(members.getOrDefault("version", "")));
  }

  private static String address(Listing.Member instance) {
    return instance.isObject()
        ? TargetAddress.of(instance.value())
            .map(found -> found.address().toString())
            .orElse("")
        : "";
  }

  private static Cell status(String status) {
    Colour colour = switch (status) {
      case "up" -> Colour.GREEN;
      case "down" -> Colour.RED;
      case "drain" -> Colour.YELLOW;
      default -> Colour.PLAIN;
    };
    return new Cell(Cell.of(status).text(), colour);
  }
}

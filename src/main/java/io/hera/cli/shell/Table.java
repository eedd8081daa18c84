package io.hera.cli.shell;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A table for people. On a terminal that is too narrow, the widest columns are cut. In a pipe nothing is cut.
 */
public final class Table {
  private static final String GAP = "  ";
  private static final String CUT = "…";
  private static final int WIDTH_MIN = 4;

  /** It names the row, so it may be wider by so much. */
  private static final int FIRST_MORE = 12;

  private final List<List<Cell>> rows = new ArrayList<>();
  private final int columns;

  /** A table with these titles. */
  public Table(List<String> titles) {
    this.columns = titles.size();
    rows.add(titles.stream().map(title -> new Cell(title, Colour.BOLD)).toList());
  }

  /**
   * A field.
   *
   * @param text printable
   */
  public record Cell(String text, Colour colour) {
    /** Returns a cell without a colour; {@code -} stands for an empty text. */
    public static Cell of(String text) {
      return new Cell(text.isEmpty() ? "-" : text, Colour.PLAIN);
    }

    private int width() {
      return Table.width(text);
    }
  }

  /** Adds a row with a cell per title. */
  public Table row(List<Cell> cells) {
    if (cells.size() != columns) {
      throw new IllegalArgumentException(cells.size() + " cells for " + columns + " columns");
    }
    rows.add(List.copyOf(cells));
    return this;
  }

  /** Returns the lines. */
  public List<String> lines(Terminal terminal) {
    int[] widths = new int[columns];
    for (List<Cell> row : rows) {
      for (int i = 0; i < columns; i++) {
        widths[i] = Math.max(widths[i], row.get(i).width());
      }
    }
    if (terminal.isThere()) {
      fit(widths, terminal.columns());
    }
    return rows.stream().map(row -> line(row, widths, terminal)).toList();
  }

  /** Returns the text. */
  public String text(Terminal terminal) {
    return String.join("\n", lines(terminal)) + "\n";
  }

  private void fit(int[] widths, int room) {
    int total = IntStream.of(widths).sum() + GAP.length() * (columns - 1);
    for (int excess = total - room; excess > 0; excess--) {
      int widest = widest(widths);
      if (widths[widest] <= 1) {
        return;
      }
      widths[widest]--;
    }
  }

  /** Returns the column to make narrower: the widest one, where the first one counts for less. */
  private static int widest(int[] widths) {
    int widest = 0;
    int most = widths[0] - FIRST_MORE;
    for (int i = 1; i < widths.length; i++) {
      if (widths[i] > WIDTH_MIN && widths[i] > most) {
        widest = i;
        most = widths[i];
      }
    }
    return widest;
  }

  private String line(List<Cell> row, int[] widths, Terminal terminal) {
    StringBuilder line = new StringBuilder();
    int pending = 0;
    for (int i = 0; i < columns; i++) {
      String text = cut(row.get(i).text(), widths[i]);
      line.append(" ".repeat(pending)).append(terminal.paint(row.get(i).colour(), text));
      pending = widths[i] - width(text) + GAP.length();
    }
    return line.toString();
  }

  private static String cut(String text, int width) {
    return width(text) <= width
        ? text
        : text.substring(0, text.offsetByCodePoints(0, width - 1)) + CUT;
  }

  private static int width(String text) {
    return text.codePointCount(0, text.length());
  }
}

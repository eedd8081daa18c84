package io.hera.cli.shell;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The terminal that stdout is. The script that starts the JVM looks for it: Java cannot ask for a width.
 *
 * @param rows 0 if stdout is not a terminal
 * @param columns 0 if stdout is not a terminal
 * @param colours whether text may have colours
 */
public record Terminal(int rows, int columns, Colours colours) {
  /** Rows and columns, as {@code stty size} prints them; without it, stdout is not a terminal. */
  public static final String PROPERTY = "hera.terminal";

  /** A pipe or a file. */
  public static final Terminal NONE = new Terminal(0, 0, Colours.OFF);

  private static final Pattern SIZE = Pattern.compile("([0-9]{1,4}) ([0-9]{1,4})");
  private static final int ROWS = 24;
  private static final int COLUMNS = 80;

  /** Whether escape sequences may be written for colours. */
  public enum Colours {
    ON,
    OFF
  }

  /**
   * Returns the terminal of a process.
   *
   * @param size value of {@link #PROPERTY}; empty if there is none
   */
  public static Terminal of(String size, Map<String, String> environment) {
    if (size.isEmpty()) {
      return NONE;
    }
    Matcher parts = SIZE.matcher(size);
    boolean plain = !environment.getOrDefault("NO_COLOR", "").isEmpty()
        || environment.getOrDefault("TERM", "dumb").equals("dumb");
    Colours colours = plain ? Colours.OFF : Colours.ON;
    return parts.matches()
        ? new Terminal(orElse(parts.group(1), ROWS), orElse(parts.group(2), COLUMNS), colours)
        : new Terminal(ROWS, COLUMNS, colours);
  }

  /** Some terminals say 0 when they do not know. */
  private static int orElse(String number, int standard) {
    int parsed = Integer.parseInt(number);
    return parsed == 0 ? standard : parsed;
  }

  /** Returns whether stdout is a terminal. */
  public boolean isThere() {
    return columns > 0;
  }

  /** Returns the text in a colour, or as it is. */
  public String paint(Colour colour, String text) {
    return colours == Colours.OFF || colour == Colour.PLAIN
        ? text
        : colour.sequence() + text + Colour.END;
  }
}

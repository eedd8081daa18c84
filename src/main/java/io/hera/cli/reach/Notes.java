package io.hera.cli.reach;

import io.hera.cli.nodes.Phrasing;
import java.io.PrintWriter;

/** What a command says on stderr besides errors, which its exit code does not say. */
public final class Notes {
  private final PrintWriter err;
  private final Level level;

  Notes(PrintWriter err, Level level) {
    this.err = err;
    this.level = level;
  }

  /** Returns the notes of a command. */
  public static Notes of(ReachOptions options, PrintWriter err) {
    return new Notes(err, options.level());
  }

  /** How much is said. */
  enum Level {
    QUIET,
    NORMAL,
    VERBOSE
  }

  /** Prints a line unless the command is to be quiet. */
  public void say(String line) {
    if (level != Level.QUIET) {
      print(line);
    }
  }

  /** Prints a line about one item that failed, in any case. */
  public void complain(String line) {
    print(line);
  }

  /** Prints a line if the command is to be verbose. */
  void detail(String line) {
    if (level == Level.VERBOSE) {
      print(line);
    }
  }

  private void print(String line) {
    err.println("hera: " + Phrasing.printable(line));
    err.flush();
  }
}

package io.hera.sim.mutants;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Moves the texts of the mutants along with the sources; {@code scripts/simulate} runs it. */
public final class RebaseMutants {
  private static final String USAGE = """
      usage: scripts/simulate --rebase-mutants [-h] REV
      Rewrites the texts in src/test/resources/mutants for the sources as they are now, from how they
      applied at the git revision REV. It follows renamed names, moved code and moved files ("git add"
      new ones first). Prints one line per mutant: unchanged, rebased, or conflict, which needs a hand
      and makes the program end with 1.
      A text that was edited by hand is kept if it applies. If only its file: was set by hand,
      it is carried over to that file. Run  scripts/simulate --mutants  afterwards: each mutant still
      has to compile and to make something fail.
      """;

  private RebaseMutants() {}

  /** Runs as {@link #USAGE} describes. */
  public static void main(String[] arguments) throws IOException {
    if (arguments.length != 1 || arguments[0].equals("-h")) {
      System.err.print(USAGE);
      System.exit(List.of(arguments).contains("-h") ? 0 : 2);
    }
    Path root = Compilation.root();
    try {
      System.exit(conflicts(root, new Git(root).since(arguments[0])) == 0 ? 0 : 1);
    } catch (IllegalStateException e) {
      System.err.println(e.getMessage());
      System.exit(2);
    }
  }

  /** Rewrites the texts, prints each outcome and returns the number of conflicts. */
  static int conflicts(Path root, SourceHistory history) throws IOException {
    Rebase rebase = new Rebase(history);
    int conflicts = 0;
    for (String path : history.now().keySet()) {
      if (!path.startsWith(Mutant.FOLDER)) {
        continue;
      }
      Rebase.Outcome outcome = rebase.of(path);
      String said = "unchanged";
      if (outcome instanceof Rebase.Outcome.Rebased rebased) {
        Files.writeString(root.resolve(path), rebased.mutant().text());
        said = "rebased";
      } else if (outcome instanceof Rebase.Outcome.Conflict conflict) {
        said = "conflict, needs a hand: " + conflict.reason();
        conflicts++;
      }
      System.out.printf(
          "%-42s %s%n", path.substring(Mutant.FOLDER.length()).replace(".txt", ""), said);
    }
    return conflicts;
  }
}

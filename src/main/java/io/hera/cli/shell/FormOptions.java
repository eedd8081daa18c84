package io.hera.cli.shell;

import java.util.Optional;
import picocli.CommandLine.Option;

/** The options of commands that print data in several forms. */
public final class FormOptions {
  @Option(
      names = {"-o", "--output"},
      paramLabel = "FORM",
      description = "table, wide, json, or name: a name per line, as commands take it")
  private Optional<OutputForm> form = Optional.empty();

  @Option(names = "--json", description = "the same as -o json")
  private boolean json;

  /** Returns the form that was chosen, or the usual one of the command. */
  public OutputForm orElse(OutputForm usual) {
    return json ? OutputForm.JSON : form.orElse(usual);
  }

  /** Returns whether a form was chosen. */
  public boolean isChosen() {
    return json || form.isPresent();
  }
}

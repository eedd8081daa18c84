package io.hera.cli.completion;

import io.hera.cli.shell.Surroundings;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code hera completion}: prints the script that has a shell complete. */
@Command(
    name = "completion",
    synopsisHeading = "usage: ",
    customSynopsis = "hera completion [-h] bash | zsh | fish",
    description = {
      "Prints a script with which a shell completes commands, options, services and instances.",
      "bash: source <(hera completion bash)   zsh: source <(hera completion zsh)   fish: hera completion fish | source"
    })
public final class CompletionCommand implements Callable<Integer> {
  private final Surroundings around;
  private final Supplier<CommandLine> hera;

  @Parameters(index = "0", paramLabel = "SHELL", description = "bash, zsh or fish")
  private Shell shell = Shell.BASH;

  /** The shells for which there is a script. */
  enum Shell {
    BASH,
    ZSH,
    FISH;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * Creates the command.
   *
   * @param hera the root with all commands
   */
  public CompletionCommand(Surroundings around, Supplier<CommandLine> hera) {
    this.around = around;
    this.hera = hera;
  }

  @Override
  public Integer call() {
    Words words = Words.of(hera.get());
    String script = switch (shell) {
      case BASH -> BashScript.of(words);
      case ZSH -> ZshScript.of(words);
      case FISH -> FishScript.of(words);
    };
    around.printer().text(script);
    return 0;
  }
}

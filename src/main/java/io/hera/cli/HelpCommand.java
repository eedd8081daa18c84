package io.hera.cli;

import io.hera.cli.shell.Surroundings;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code hera help}: explains the command line, or one command. */
@Command(
    name = "help",
    synopsisHeading = "usage: ",
    customSynopsis = "hera help [-h] [COMMAND]",
    description = "Lists the commands, or explains one, as hera COMMAND -h does.")
final class HelpCommand implements Callable<Integer> {
  private final Surroundings around;
  private final Supplier<CommandLine> hera;

  @Parameters(index = "0", arity = "0..1", paramLabel = "COMMAND", description = "the command")
  private Optional<String> name = Optional.empty();

  HelpCommand(Surroundings around, Supplier<CommandLine> hera) {
    this.around = around;
    this.hera = hera;
  }

  @Override
  public Integer call() {
    CommandLine whole = hera.get();
    if (name.isEmpty()) {
      whole.usage(around.out());
      return 0;
    }
    CommandLine command = whole.getSubcommands().get(name.get());
    if (command == null) {
      throw new IllegalArgumentException("unknown command " + name.get()
          + Hera.meant(name.get(), whole.getSubcommands().keySet()));
    }
    command.usage(around.out());
    return 0;
  }
}

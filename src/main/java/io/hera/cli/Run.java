package io.hera.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code hera run}: runs a node. With {@code --}, it is {@link io.hera.cli.keep.RunServiceCommand}. */
@Command(
    name = "run",
    mixinStandardHelpOptions = true,
    synopsisHeading = "usage: ",
    customSynopsis = {
      "hera run [-c FILE] [-n NAME] [-p PORT] [VERTICLE]",
      "       hera run SERVICE[/ID] -p PORT [...] -- COMMAND ..."
    },
    description = {
      "Runs a node, as hera without a command does.",
      "With --, runs COMMAND as an instance of SERVICE: see hera run -h --"
    },
    parameterListHeading = "%n",
    optionListHeading = "%n")
final class Run implements Callable<Integer> {
  private final Launcher launcher;

  @Mixin
  private RunOptions options = new RunOptions();

  Run(Launcher launcher) {
    this.launcher = launcher;
  }

  @Override
  public Integer call() {
    return launcher.launch(options.launch());
  }
}

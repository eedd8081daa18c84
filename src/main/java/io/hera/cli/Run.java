package io.hera.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code hera run}: runs a node. */
@Command(
    name = "run",
    mixinStandardHelpOptions = true,
    synopsisHeading = "usage: ",
    customSynopsis = "hera run [-c FILE] [-n NAME] [-p PORT] [VERTICLE]",
    description = "Runs a node, as hera without a command does.",
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

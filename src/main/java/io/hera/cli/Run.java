package io.hera.cli;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ParentCommand;

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
  @ParentCommand
  private @Nullable Hera hera;

  @Mixin
  private RunOptions options = new RunOptions();

  @Override
  public Integer call() {
    if (hera == null) {
      throw new IllegalStateException("not a command of hera");
    }
    return hera.launch(options.launch());
  }
}

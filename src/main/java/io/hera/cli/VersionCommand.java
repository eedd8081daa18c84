package io.hera.cli;

import io.hera.cli.shell.Surroundings;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code hera version}: prints the version of this build. */
@Command(
    name = "version",
    synopsisHeading = "usage: ",
    customSynopsis = "hera version [-h]",
    description = "Prints the version of this build; hera doctor prints those of nodes.")
final class VersionCommand implements Callable<Integer> {
  private final Surroundings around;
  private final String version;

  VersionCommand(Surroundings around, String version) {
    this.around = around;
    this.version = version;
  }

  @Override
  public Integer call() {
    around.printer().line("hera " + version);
    return 0;
  }
}

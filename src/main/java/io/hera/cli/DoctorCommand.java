package io.hera.cli;

import io.hera.cli.NodeReach.Named;
import io.hera.cli.doctor.Doctor;
import io.hera.cli.reach.ReachOptions;
import io.hera.cli.shell.Surroundings;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code hera doctor}: finds out which nodes to ask, and leaves the rest to the {@link Doctor}. */
@Command(
    name = "doctor",
    synopsisHeading = "usage: ",
    customSynopsis = "hera doctor [-h] [-c FILE | HOST:PORT ... | --nodes URLS | --context C]",
    description = "Asks all nodes of a cluster whether they agree, and says which differ on what.",
    optionListHeading = "%n",
    parameterListHeading = "%n",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:all nodes answer and agree",
      "1:something is wrong",
      "2:wrong option or configuration"
    })
final class DoctorCommand implements Callable<Integer> {
  private final Surroundings around;

  @Spec
  private CommandSpec spec = CommandSpec.create();

  @Mixin
  private ReachOptions options = new ReachOptions();

  @Option(
      names = {"-c", "--config"},
      paramLabel = "FILE",
      description = "asks the nodes in this configuration, by TLS if it has tls")
  private Optional<String> config = Optional.empty();

  @Parameters(paramLabel = "HOST:PORT", description = "asks these nodes and all that they know")
  private List<String> addresses = List.of();

  DoctorCommand(Surroundings around) {
    this.around = around;
  }

  @Override
  public Integer call() throws IOException {
    NodeReach reach =
        NodeReach.of(spec, new Named(config, addresses, options), around.environment());
    Doctor doctor =
        new Doctor(around.out(), reach.client(options.timeout().orElse(Doctor.TIMEOUT)));
    return doctor.examine(reach.addresses()) ? 0 : 1;
  }
}

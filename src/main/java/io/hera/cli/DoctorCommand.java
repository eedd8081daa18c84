package io.hera.cli;

import io.hera.cli.doctor.Doctor;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code hera doctor}: finds out which nodes to ask, and leaves the rest to the {@link Doctor}. */
@Command(
    name = "doctor",
    mixinStandardHelpOptions = true,
    synopsisHeading = "usage: ",
    customSynopsis = "hera doctor [-h] -c FILE | HOST:PORT ...",
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
  @Spec
  private CommandSpec spec = CommandSpec.create();

  @ArgGroup(multiplicity = "1")
  private Targets targets = new Targets();

  /** Which nodes to ask first; their peers are asked as well. */
  private static final class Targets {
    @Option(
        names = {"-c", "--config"},
        paramLabel = "FILE",
        description = "asks the nodes in this configuration, by TLS if it has tls")
    private Optional<String> config = Optional.empty();

    @Parameters(paramLabel = "HOST:PORT", description = "asks these nodes and all that they know")
    private List<String> addresses = List.of();
  }

  @Override
  public Integer call() throws IOException {
    NodeReach reach = NodeReach.of(spec, targets.config, targets.addresses);
    Doctor doctor = new Doctor(spec.commandLine().getOut(), reach.trust(), reach.tokens());
    return doctor.examine(reach.addresses()) ? 0 : 1;
  }
}

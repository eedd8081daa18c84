package io.hera.cli;

import io.hera.cli.doctor.Doctor;
import io.hera.config.ConfigLoader;
import io.hera.wire.Address;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
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
        description = "asks the nodes in this configuration")
    private Optional<String> config = Optional.empty();

    @Parameters(paramLabel = "HOST:PORT", description = "asks these nodes and all that they know")
    private List<String> addresses = List.of();
  }

  @Override
  public Integer call() throws IOException {
    for (String address : targets.addresses) {
      if (Address.parse(address).isEmpty()) {
        throw new ParameterException(spec.commandLine(), address + " is not HOST:PORT");
      }
    }
    Collection<String> addresses =
        targets.config.isPresent() ? configured(targets.config.get()) : targets.addresses;
    return new Doctor(spec.commandLine().getOut()).examine(addresses) ? 0 : 1;
  }

  private static Collection<String> configured(String file) throws IOException {
    ConfigLoader.check(file);
    return ConfigLoader.cluster(file, Files.readAllBytes(Path.of(file))).values().stream()
        .map(Address::toString)
        .toList();
  }
}

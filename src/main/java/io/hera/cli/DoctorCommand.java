package io.hera.cli;

import io.hera.cli.doctor.Doctor;
import io.hera.config.ConfigLoader;
import io.hera.config.Credentials;
import io.hera.config.source.HostNames;
import io.hera.tls.TlsException;
import io.hera.tls.TlsSource;
import io.hera.tls.Trust;
import io.hera.wire.Address;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
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
  private static final String TOKEN_FILE = "HERA_TOKEN_FILE";
  private static final String TOKEN = "HERA_TOKEN";

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
    for (String address : targets.addresses) {
      if (Address.parse(address).isEmpty()) {
        throw new ParameterException(spec.commandLine(), address + " is not HOST:PORT");
      }
    }
    if (targets.config.isEmpty()) {
      return code(targets.addresses, Optional.empty());
    }
    ConfigLoader.Reach reach = configured(targets.config.get());
    Optional<TlsSource> tls = reach.tls().source();
    try {
      return code(
          reach.addresses(),
          tls.isPresent() ? Optional.of(tls.get().readTrust()) : Optional.empty());
    } catch (TlsException faulty) {
      throw new IllegalArgumentException(faulty.getMessage(), faulty);
    }
  }

  /** Returns the token to show; a file wins over the variable that has the token itself. */
  static Optional<String> token(Map<String, String> environment) throws IOException {
    String file = environment.getOrDefault(TOKEN_FILE, "");
    if (!file.isEmpty()) {
      ConfigLoader.check(file);
      return Optional.of(Credentials.token(file, Files.readAllBytes(Path.of(file))));
    }
    String token = environment.getOrDefault(TOKEN, "");
    return token.isEmpty()
        ? Optional.empty()
        : Optional.of(Credentials.token(TOKEN, token.getBytes(StandardCharsets.UTF_8)));
  }

  /** Without TLS, a token is sent where no other machine can read it. */
  private static boolean isLoopback(String address) {
    return Address.parse(address)
        .filter(at -> HostNames.loopback(at.host()).isPresent())
        .isPresent();
  }

  private int code(Collection<String> addresses, Optional<Trust> trust) throws IOException {
    Optional<String> token = token(System.getenv());
    Doctor doctor = new Doctor(
        spec.commandLine().getOut(),
        trust,
        at -> token.filter(any -> trust.isPresent() || isLoopback(at)));
    return doctor.examine(addresses) ? 0 : 1;
  }

  private static ConfigLoader.Reach configured(String file) throws IOException {
    ConfigLoader.check(file);
    return ConfigLoader.reach(file, Files.readAllBytes(Path.of(file)));
  }
}

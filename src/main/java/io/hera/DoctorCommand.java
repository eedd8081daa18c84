package io.hera;

import io.hera.config.ConfigException;
import io.hera.config.ConfigLoader;
import io.hera.doctor.Doctor;
import io.hera.wire.Address;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.regex.Pattern;

/** The sub-command {@code doctor}: finds out whom to ask and leaves the rest to the {@link Doctor}. */
final class DoctorCommand {
  static final String USAGE = """
      usage: hera doctor [-h] -c FILE | HOST:PORT ...
      Asks all nodes of a cluster, those in FILE or those that the named ones know of, and says in words
      whether they agree and, if not, who differs on what.
      Exit codes: 0 all is well, 1 something is not, 2 wrong option or configuration.
      """;

  private static final Pattern ADDRESS =
      Pattern.compile("(\\[[0-9a-fA-F:.]+]|[^:/\\s]+):[0-9]{1,5}");

  private DoctorCommand() {}

  /**
   * Runs it; returns the exit code.
   *
   * @throws IllegalArgumentException with a message of one line when the arguments say nothing
   * @throws ConfigException when the file is wrong
   */
  static int run(List<String> arguments, PrintStream out) {
    if (arguments.contains("-h") || arguments.contains("--help")) {
      out.print(USAGE);
      return 0;
    }
    return new Doctor(out).examine(addresses(arguments)) ? 0 : 1;
  }

  private static Collection<String> addresses(List<String> arguments) {
    if (arguments.isEmpty()) {
      throw new IllegalArgumentException("whom to ask? see hera doctor -h");
    }
    if (arguments.get(0).equals("-c") || arguments.get(0).equals("--config")) {
      if (arguments.size() != 2) {
        throw new IllegalArgumentException("-c needs one file, see hera doctor -h");
      }
      return configured(arguments.get(1));
    }
    for (String address : arguments) {
      if (!ADDRESS.matcher(address).matches()) {
        throw new IllegalArgumentException(address + " is not HOST:PORT, see hera doctor -h");
      }
    }
    return arguments;
  }

  /** Which of the nodes this is does not matter, so a file without a name will do. */
  private static Collection<String> configured(String file) {
    ConfigLoader.check(file);
    try {
      byte[] content = Files.readAllBytes(Path.of(file));
      return ConfigLoader.cluster(file, content).values().stream()
          .map(Address::toString)
          .toList();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}

package io.hera.cli;

import io.hera.access.Identity;
import io.hera.access.Token;
import io.hera.access.TokenHash;
import io.hera.access.TokenReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code hera token}: makes a token, or the hash of one. No command takes a secret as an argument, which other users could see. */
@Command(
    name = "token",
    mixinStandardHelpOptions = true,
    synopsisHeading = "usage: ",
    customSynopsis = {"hera token [-h] NAME > FILE", "       hera token --hash < FILE"},
    description =
        "Prints a new token, and on stderr the entry for the access file; or prints the hash of the"
            + " token on stdin.",
    parameterListHeading = "%n",
    optionListHeading = "%n",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:done", "2:wrong name or option, or no token on stdin"})
final class TokenCommand implements Callable<Integer> {
  private static final int INPUT_MAX = 1 << 10;

  @ParentCommand
  private @Nullable Hera hera;

  @Spec
  private CommandSpec spec = CommandSpec.create();

  @ArgGroup(multiplicity = "1")
  private What what = new What();

  private static final class What {
    @Parameters(paramLabel = "NAME", description = "the identity that gets the token")
    private Optional<String> name = Optional.empty();

    @Option(names = "--hash", description = "prints the hash of the token on stdin")
    private boolean hash;
  }

  @Override
  public Integer call() throws IOException {
    if (hera == null) {
      throw new IllegalStateException("not a command of hera");
    }
    Surroundings around = hera.surroundings();
    if (what.hash) {
      around.out().println(read(around).written());
    } else {
      make(around, what.name.orElseThrow());
    }
    return 0;
  }

  private void make(Surroundings around, String name) {
    if (!Identity.isName(name) || Token.isIn(name)) {
      throw new ParameterException(
          spec.commandLine(), Token.hideIn(name) + " is not the name of an identity");
    }
    String token = Token.make(around.random());
    around.out().println(token);
    around.err().println("""
            # For the access file; say what %1$s can do: read SERVICE, write SERVICE, metrics,
            # operate, peer. A * at the end of a service stands for all that begin so.
            %1$s:
              can: [%2$s]
              tokens: [%3$s]""".formatted(
            name, can(name), hash(token).orElseThrow().written()));
  }

  private static String can(String name) {
    return name.equals("peer") ? "peer" : "write " + name;
  }

  private TokenHash read(Surroundings around) throws IOException {
    byte[] input = around.in().readNBytes(INPUT_MAX);
    return hash(new String(input, StandardCharsets.US_ASCII).strip())
        .orElseThrow(() -> new ParameterException(
            spec.commandLine(), "there is no token on stdin, or it is damaged"));
  }

  private static Optional<TokenHash> hash(String token) {
    return new TokenReader().hash(token);
  }
}

package io.hera.cli;

import io.hera.access.Identity;
import io.hera.access.Token;
import io.hera.access.TokenHash;
import io.hera.access.TokenReader;
import io.hera.cli.shell.Surroundings;
import io.hera.config.PermissionText;
import io.hera.json.JsonWriter;
import io.hera.json.Malformed;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code hera token}: makes a token, or the hash of one. No command takes a secret as an argument, which other users could see. */
@Command(
    name = "token",
    mixinStandardHelpOptions = true,
    synopsisHeading = "usage: ",
    customSynopsis = {
      "hera token [-h] NAME [PERMISSION...] > FILE",
      "       hera token --hash < FILE"
    },
    description =
        "Prints a new token, and on stderr the entry for the access file, to which 2>> adds it; or prints"
            + " the hash of the token on stdin.",
    parameterListHeading = "%n",
    optionListHeading = "%n",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:done", "2:wrong name, permission or option, or no token on stdin"})
final class TokenCommand implements Callable<Integer> {
  private static final int INPUT_MAX = 1 << 10;

  private final Surroundings around;

  @Spec
  private CommandSpec spec = CommandSpec.create();

  @Option(names = "--hash", description = "prints the hash of the token on stdin")
  private boolean hash;

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "NAME",
      description = "the identity that gets the token")
  private Optional<String> name = Optional.empty();

  @Parameters(
      index = "1..*",
      paramLabel = "PERMISSION",
      description =
          "what it can do: 'read SERVICE', 'write SERVICE', metrics, operate, peer; a * at the end of a"
              + " service stands for all that begin so; standard value: 'write NAME'")
  private List<String> permissions = List.of();

  TokenCommand(Surroundings around) {
    this.around = around;
  }

  @Override
  public Integer call() throws IOException {
    if (hash == name.isPresent()) {
      throw new ParameterException(
          spec.commandLine(), "either the NAME of an identity or --hash is needed");
    }
    if (hash) {
      around.out().println(read().written());
    } else {
      make(name.orElseThrow());
    }
    return 0;
  }

  private void make(String name) {
    if (!Identity.isName(name) || Token.isIn(name)) {
      throw new ParameterException(
          spec.commandLine(), Token.hideIn(name) + " is not the name of an identity");
    }
    String can = can(name);
    String token = Token.make(around.random());
    around.out().println(token);
    around.err().println("""
            %s:
              can: [%s]
              tokens: [%s]""".formatted(name, can, hash(token).orElseThrow().written()));
  }

  private String can(String name) {
    if (permissions.isEmpty()) {
      return name.equals("peer") ? "peer" : "write " + name;
    }
    permissions.forEach(this::check);
    return permissions.stream().map(TokenCommand::quoted).collect(Collectors.joining(", "));
  }

  private void check(String permission) {
    try {
      PermissionText.parse(permission);
    } catch (Malformed malformed) {
      throw new ParameterException(
          spec.commandLine(), Token.hideIn(permission) + " " + malformed.reason());
    }
  }

  /** YAML takes some texts for something else; each JSON string is one of YAML. */
  private static String quoted(String permission) {
    return permission.matches("[A-Za-z0-9 ._*-]+")
        ? permission
        : new String(new JsonWriter(64).string(permission).toBytes(), StandardCharsets.UTF_8);
  }

  private TokenHash read() throws IOException {
    byte[] input = around.in().readNBytes(INPUT_MAX);
    return hash(new String(input, StandardCharsets.US_ASCII).strip())
        .orElseThrow(() -> new ParameterException(
            spec.commandLine(), "there is no token on stdin, or it is damaged"));
  }

  private static Optional<TokenHash> hash(String token) {
    return new TokenReader().hash(token);
  }
}

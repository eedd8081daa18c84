package io.hera.cli.reach;

import io.hera.cli.nodes.Phrasing;
import io.hera.cli.shell.Colour;
import io.hera.cli.shell.ExitCode;
import io.hera.cli.shell.Surroundings;
import io.hera.cli.shell.Table;
import io.hera.cli.shell.Table.Cell;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code hera context}: names clusters. */
@Command(
    name = "context",
    synopsisHeading = "usage: ",
    customSynopsis = {
      "hera context ls [-h]",
      "       hera context use [-h] NAME | --none",
      "       hera context save [-h] NAME --nodes URLS [--zone Z] [--token-file F] [--ca F] [--cert F --key F]"
    },
    description = {
      "Names clusters for --context, or as the one that commands ask. Each is a file NAME.properties in"
          + " $XDG_CONFIG_HOME/hera, or ~/.config/hera."
    })
public final class ContextCommand implements Callable<Integer> {
  private final Surroundings around;

  @Spec
  private CommandSpec spec = CommandSpec.create();

  private ContextCommand(Surroundings around) {
    this.around = around;
  }

  /** Returns the command with those below it. */
  public static CommandLine line(Surroundings around) {
    return new CommandLine(new ContextCommand(around))
        .addSubcommand(new Ls(around))
        .addSubcommand(new Use(around))
        .addSubcommand(new Save(around));
  }

  @Override
  public Integer call() {
    spec.commandLine().usage(around.err());
    return ExitCode.USAGE.code();
  }

  /** {@code hera context ls}. */
  @Command(
      name = "ls",
      synopsisHeading = "usage: ",
      customSynopsis = "hera context ls [-h]",
      description = "Lists the contexts; an asterisk marks the one in use.")
  private static final class Ls implements Callable<Integer> {
    private final Surroundings around;

    Ls(Surroundings around) {
      this.around = around;
    }

    @Override
    public Integer call() {
      Contexts contexts = Contexts.of(around.environment());
      Optional<String> current = contexts.current();
      Table table = new Table(List.of(" ", "NAME", "NODES", "ZONE", "AS"));
      for (String name : contexts.names()) {
        Context context = contexts.read(name);
        boolean certified = context.value(ContextKey.CERT).isPresent();
        table.row(List.of(
            new Cell(current.equals(Optional.of(name)) ? "*" : " ", Colour.PLAIN),
            Cell.of(name),
            cell(context, ContextKey.NODES),
            cell(context, ContextKey.ZONE),
            cell(context, certified ? ContextKey.CERT : ContextKey.TOKEN_FILE)));
      }
      around.printer().text(table.text(around.terminal()));
      return 0;
    }

    private static Cell cell(Context context, ContextKey key) {
      return Cell.of(Phrasing.printable(context.value(key).orElse("")));
    }
  }

  /** {@code hera context use}. */
  @Command(
      name = "use",
      synopsisHeading = "usage: ",
      customSynopsis = "hera context use [-h] NAME | --none",
      description =
          "Has commands ask the nodes of a context, unless an option or HERA_NODES names others.")
  private static final class Use implements Callable<Integer> {
    private final Surroundings around;

    @Parameters(index = "0", arity = "0..1", paramLabel = "NAME", description = "the context")
    private Optional<String> name = Optional.empty();

    @Option(names = "--none", description = "none any more")
    private boolean none;

    Use(Surroundings around) {
      this.around = around;
    }

    @Override
    public Integer call() {
      if (none == name.isPresent()) {
        throw new IllegalArgumentException("either NAME or --none is needed");
      }
      Contexts contexts = Contexts.of(around.environment());
      name.ifPresentOrElse(contexts::use, contexts::useNone);
      return 0;
    }
  }

  /** {@code hera context save}. */
  @Command(
      name = "save",
      synopsisHeading = "usage: ",
      customSynopsis =
          "hera context save [-h] NAME --nodes URLS [--zone Z] [--token-file F] [--ca F] [--cert F --key F]",
      description =
          "Writes a context; it replaces one of the same name. Files stay where they are.")
  private static final class Save implements Callable<Integer> {
    private final Surroundings around;

    @Parameters(index = "0", paramLabel = "NAME", description = "the context")
    private String name = "";

    @Option(
        names = "--nodes",
        required = true,
        paramLabel = "URLS",
        description = "its nodes, such as https://a:8080,https://b:8080")
    private String nodes = "";

    @Option(names = "--zone", paramLabel = "Z", description = "the zone of this machine")
    private Optional<String> zone = Optional.empty();

    @Option(names = "--token-file", paramLabel = "F", description = "file with the token to show")
    private Optional<Path> tokenFile = Optional.empty();

    @Option(
        names = "--ca",
        paramLabel = "F",
        description = "certificates that nodes are trusted by; otherwise those of the JDK")
    private Optional<Path> ca = Optional.empty();

    @Option(names = "--cert", paramLabel = "F", description = "the certificate to show")
    private Optional<Path> cert = Optional.empty();

    @Option(names = "--key", paramLabel = "F", description = "file with its key")
    private Optional<Path> key = Optional.empty();

    Save(Surroundings around) {
      this.around = around;
    }

    @Override
    public Integer call() {
      Map<ContextKey, String> values = new EnumMap<>(ContextKey.class);
      values.put(ContextKey.NODES, nodes);
      zone.ifPresent(text -> values.put(ContextKey.ZONE, text));
      put(values, ContextKey.TOKEN_FILE, tokenFile);
      put(values, ContextKey.CA, ca);
      put(values, ContextKey.CERT, cert);
      put(values, ContextKey.KEY, key);
      tokenFile.ifPresent(file -> SecretFile.check(file.toString()));
      key.ifPresent(file -> SecretFile.check(file.toString()));
      Contexts.of(around.environment()).save(new Context(name, values));
      return 0;
    }

    private static void put(Map<ContextKey, String> values, ContextKey key, Optional<Path> file) {
      file.ifPresent(path -> values.put(key, path.toAbsolutePath().toString()));
    }
  }
}

package io.hera.cli;

import io.hera.access.AccessRules;
import io.hera.access.TokenReader;
import io.hera.cli.shell.Surroundings;
import io.hera.config.Config;
import io.hera.config.ConfigLoader;
import io.hera.config.Credentials;
import io.hera.config.Settings;
import io.hera.config.TlsCheck;
import io.hera.config.source.SwitchedFile;
import io.hera.tls.MaterialCheck.Checked;
import io.hera.tls.TlsMaterial;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code hera check}: checks what a start would check, and prints who may do what. */
@Command(
    name = "check",
    mixinStandardHelpOptions = true,
    synopsisHeading = "usage: ",
    customSynopsis = "hera check [-h] -c FILE [-n NAME]",
    description = "Checks a configuration, and the files that it names, as a start would.",
    optionListHeading = "%n",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:a node would start", "2:it would not, for each of the reasons printed"})
final class CheckCommand implements Callable<Integer> {
  private final Surroundings around;

  @Option(
      names = {"-c", "--config"},
      required = true,
      paramLabel = "FILE",
      description = "the configuration")
  private String config = "";

  @Option(
      names = {"-n", "--name"},
      paramLabel = "NAME",
      description = "the node, one of those in the file's cluster (HERA_NAME)")
  private Optional<String> name = Optional.empty();

  CheckCommand(Surroundings around) {
    this.around = around;
  }

  @Override
  public Integer call() throws IOException {
    Map<String, String> environment = around.environment();
    JsonObject options = new JsonObject();
    name.ifPresent(value -> options.put(Settings.NAME.key(), value));
    ConfigLoader loader = new ConfigLoader(options, environment);
    ConfigLoader.check(config);
    Config read = loader.config(config, Files.readAllBytes(Path.of(config)));
    Optional<Checked> tls = TlsCheck.run(read, around.wall().instant());
    Credentials credentials = Credentials.read(read, environment);
    print(around.out(), read, tls.map(Checked::material), credentials);
    Stream.of(
            loader.warnings(),
            read.warnings(),
            tls.map(Checked::warnings).orElse(List.of()),
            credentials.warnings())
        .flatMap(lines -> lines.stream())
        .forEach(line -> around.err().println("warning: " + line));
    return 0;
  }

  private static void print(
      PrintWriter out, Config config, Optional<TlsMaterial> tls, Credentials credentials) {
    out.println("node " + config.name() + " of " + nodes(config)
        + " listens on " + config.listen()
        + config.listenInClear().map(at -> ", and in clear on " + at).orElse(""));
    tls.ifPresentOrElse(
        material -> out.println("speaks TLS as " + material.names() + " until "
            + material.own().getNotAfter().toInstant()
            + "; its material has shaken hands with itself"),
        () -> out.println("speaks HTTP in clear"));
    credentials
        .rules()
        .ifPresentOrElse(
            rules -> print(out, config, rules),
            () -> out.println("access is not limited: every client may do everything"));
    credentials
        .peerToken()
        .flatMap(token -> new TokenReader().hash(token))
        .ifPresent(hash -> out.println("peers are shown token " + hash));
  }

  private static String nodes(Config config) {
    return config
        .nodes()
        .dns()
        .map(at -> "the nodes at dns:" + at)
        .orElseGet(() -> String.join(", ", config.cluster().keySet()));
  }

  private static void print(PrintWriter out, Config config, AccessRules rules) {
    String file = config.access() instanceof SwitchedFile.Named named ? named.file() : "";
    out.println("access is limited by " + file + ", checksum " + rules.checksum());
    rules.entries().forEach((who, entry) -> {
      String tokens =
          entry.tokens().stream().map(Object::toString).collect(Collectors.joining(", "));
      String certificates =
          entry.certificates().stream().map(Object::toString).collect(Collectors.joining(", "));
      out.println("  " + who + " can " + String.join(", ", entry.identity().can())
          + (tokens.isEmpty() ? "" : "; token " + tokens)
          + (certificates.isEmpty() ? "" : "; certificate " + certificates));
    });
  }
}

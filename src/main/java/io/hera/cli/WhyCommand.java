package io.hera.cli;

import io.hera.cli.events.Histories;
import io.hera.cli.events.Wanted;
import io.hera.cli.nodes.NodeClient;
import io.hera.json.Malformed;
import io.hera.wire.Names;
import io.hera.wire.Percent;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code hera why}: says what became of an instance. */
@Command(
    name = "why",
    mixinStandardHelpOptions = true,
    synopsisHeading = "usage: ",
    customSynopsis = "hera why [-h] SERVICE/ID -c FILE | HOST:PORT ...",
    description = {
      "Asks all nodes for an instance: says in one sentence where it is shown or why it is gone, and then what"
          + " happened to it, the newest event last, with the nodes that have seen it.",
      "A token in HERA_TOKEN_FILE, or HERA_TOKEN, is shown as doctor does."
    },
    optionListHeading = "%n",
    parameterListHeading = "%n",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:all nodes show the instance",
      "1:not all nodes show it, or not all can be asked",
      "2:wrong option or configuration"
    })
final class WhyCommand implements Callable<Integer> {
  private static final int EVENTS_MAX = 200;

  @Spec
  private CommandSpec spec = CommandSpec.create();

  @Parameters(
      index = "0",
      paramLabel = "SERVICE/ID",
      description = "the instance, as in a path: other characters may be percent-encoded")
  private String instance = "";

  @Option(
      names = {"-c", "--config"},
      paramLabel = "FILE",
      description = "asks the nodes in this configuration, by TLS if it has tls")
  private Optional<String> config = Optional.empty();

  @Parameters(
      index = "1..*",
      paramLabel = "HOST:PORT",
      description = "asks these nodes and all that they know")
  private List<String> addresses = List.of();

  @Override
  public Integer call() throws IOException {
    Wanted wanted = wanted();
    NodeReach reach = NodeReach.of(spec, config, addresses);
    NodeClient client = reach.client();
    List<String> nodes = reach.nodes(client, spec.commandLine().getErr());
    Histories histories =
        new Histories(client, spec.commandLine().getOut(), spec.commandLine().getErr());
    return histories.explain(nodes, wanted) ? 0 : 1;
  }

  private Wanted wanted() {
    String[] names = instance.replaceFirst("^/", "").split("/", -1);
    if (names.length != 2) {
      throw new ParameterException(spec.commandLine(), "the instance is not SERVICE/ID");
    }
    String service = decoded(names[0]);
    String id = decoded(names[1]);
    Names.flawOfService(service).or(() -> Names.flawOfId(id)).ifPresent(flaw -> {
      throw new ParameterException(spec.commandLine(), flaw);
    });
    return new Wanted(Optional.of(service), Optional.of(id), Optional.empty(), EVENTS_MAX);
  }

  /** Characters that cannot stand in a path may be given as they are. */
  private String decoded(String name) {
    StringBuilder encoded = new StringBuilder();
    name.codePoints()
        .mapToObj(Character::toString)
        .forEach(character ->
            encoded.append(character.matches("[!-~]") ? character : Percent.encode(character)));
    try {
      return Percent.decode(encoded.toString());
    } catch (Malformed malformed) {
      throw new ParameterException(
          spec.commandLine(), "the instance is not valid: " + malformed.reason());
    }
  }
}

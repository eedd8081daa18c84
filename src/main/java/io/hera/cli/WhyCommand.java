package io.hera.cli;

import io.hera.cli.NodeReach.Named;
import io.hera.cli.events.Histories;
import io.hera.cli.events.Wanted;
import io.hera.cli.nodes.InstanceName;
import io.hera.cli.nodes.NodeClient;
import io.hera.cli.reach.ReachOptions;
import io.hera.cli.shell.Surroundings;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code hera why}: says what became of an instance. */
@Command(
    name = "why",
    synopsisHeading = "usage: ",
    customSynopsis =
        "hera why [-h] SERVICE/ID [-c FILE | HOST:PORT ... | --nodes URLS | --context C]",
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
  static final Duration TIMEOUT = Duration.ofSeconds(5);
  private static final int EVENTS_MAX = 200;

  private final Surroundings around;

  @Spec
  private CommandSpec spec = CommandSpec.create();

  @Mixin
  private ReachOptions options = new ReachOptions();

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

  WhyCommand(Surroundings around) {
    this.around = around;
  }

  @Override
  public Integer call() throws IOException {
    Wanted wanted = wanted();
    NodeReach reach =
        NodeReach.of(spec, new Named(config, addresses, options), around.environment());
    NodeClient client = reach.client(options.timeout().orElse(TIMEOUT));
    List<String> nodes = reach.nodes(client, around.err());
    Histories histories = new Histories(client, around.out(), around.err());
    return histories.explain(nodes, wanted) ? 0 : 1;
  }

  private Wanted wanted() {
    try {
      InstanceName name = InstanceName.parseInstance(instance);
      return new Wanted(Optional.of(name.service()), name.id(), Optional.empty(), EVENTS_MAX);
    } catch (IllegalArgumentException malformed) {
      throw new ParameterException(
          spec.commandLine(), String.valueOf(malformed.getMessage()), malformed);
    }
  }
}

package io.hera.cli;

import io.hera.cli.NodeReach.Named;
import io.hera.cli.events.Histories;
import io.hera.cli.events.Wanted;
import io.hera.cli.nodes.NodeClient;
import io.hera.cli.reach.ReachOptions;
import io.hera.cli.shell.ExitCode;
import io.hera.cli.shell.FormOptions;
import io.hera.cli.shell.OutputForm;
import io.hera.cli.shell.Surroundings;
import io.hera.store.history.EventType;
import io.hera.wire.Names;
import java.io.IOException;
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

/** {@code hera events}: prints which instances came, changed and went. */
@Command(
    name = "events",
    synopsisHeading = "usage: ",
    customSynopsis = {
      "hera events [-h] [--all | --follow] [--service S [--id I]] [--type T]",
      "                   [--limit N] [-o table|json] [-c FILE | HOST:PORT ... | --nodes URLS | --context C]"
    },
    description = {
      "Prints which instances came, changed and went, when and why: time, type, instance, origin, cause; the newest"
          + " event last.",
      "It asks the first node that answers or, with --all, all nodes, and puts their events together. A token in"
          + " HERA_TOKEN_FILE, or HERA_TOKEN, is shown as doctor does."
    },
    optionListHeading = "%n",
    parameterListHeading = "%n",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:the node has answered; with --all, all nodes",
      "1:with --all, not all nodes have answered",
      "2:wrong option or configuration",
      "5:no node has answered"
    })
final class EventsCommand implements Callable<Integer> {
  private static final int LIMIT_MAX = 100_000;

  private final Surroundings around;

  @Spec
  private CommandSpec spec = CommandSpec.create();

  @Mixin
  private ReachOptions options = new ReachOptions();

  @Mixin
  private FormOptions form = new FormOptions();

  @Option(names = "--all", description = "asks all nodes, and says which have seen each event")
  private boolean all;

  @Option(names = "--follow", description = "prints the events to come as well, of one node")
  private boolean follow;

  @Option(names = "--service", paramLabel = "S", description = "only events of this service")
  private Optional<String> service = Optional.empty();

  @Option(names = "--id", paramLabel = "I", description = "only events of this instance of it")
  private Optional<String> id = Optional.empty();

  @Option(names = "--type", paramLabel = "T", description = "only events of this type")
  private Optional<String> type = Optional.empty();

  @Option(
      names = "--limit",
      paramLabel = "N",
      description = "the newest N events, 1 to " + LIMIT_MAX + "; 100 if it is not given")
  private int limit = 100;

  @Option(
      names = {"-c", "--config"},
      paramLabel = "FILE",
      description = "asks the nodes in this configuration, by TLS if it has tls")
  private Optional<String> config = Optional.empty();

  @Parameters(
      paramLabel = "HOST:PORT",
      description = "asks these nodes; with --all, all that they know as well")
  private List<String> addresses = List.of();

  EventsCommand(Surroundings around) {
    this.around = around;
  }

  @Override
  public Integer call() throws IOException {
    Wanted wanted = wanted();
    NodeReach reach =
        NodeReach.of(spec, new Named(config, addresses, options), around.environment());
    NodeClient client = reach.client(options.timeout().orElse(WhyCommand.TIMEOUT));
    Histories histories = new Histories(client, around.out(), around.err());
    Histories.Form lines = form();
    if (all) {
      boolean complete = histories.printAll(reach.nodes(client, around.err()), wanted, lines);
      return (complete ? ExitCode.DONE : ExitCode.WANTING).code();
    }
    boolean answered = follow
        ? histories.follow(reach.addresses(), wanted, lines)
        : histories.print(reach.addresses(), wanted, lines);
    return (answered ? ExitCode.DONE : ExitCode.UNREACHABLE).code();
  }

  private Histories.Form form() {
    return switch (form.orElse(OutputForm.TABLE)) {
      case JSON -> Histories.Form.JSON;
      case TABLE, WIDE -> Histories.Form.TEXT;
      case NAME -> throw new ParameterException(spec.commandLine(), "events have no -o name");
    };
  }

  private Wanted wanted() {
    check(!(follow && all), "--follow is of one node: leave --all out");
    check(limit >= 1 && limit <= LIMIT_MAX, "--limit is not in 1.." + LIMIT_MAX);
    check(id.isEmpty() || service.isPresent(), "--id needs --service");
    service.flatMap(Names::flawOfService).ifPresent(this::refuse);
    id.flatMap(Names::flawOfId).ifPresent(this::refuse);
    check(
        type.isEmpty() || type.flatMap(EventType::of).isPresent(),
        "--type is not one of " + EventType.words());
    return new Wanted(service, id, type, limit);
  }

  private void check(boolean holds, String flaw) {
    if (!holds) {
      refuse(flaw);
    }
  }

  private void refuse(String flaw) {
    throw new ParameterException(spec.commandLine(), flaw);
  }
}

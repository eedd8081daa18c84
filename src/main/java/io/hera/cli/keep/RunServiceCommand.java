package io.hera.cli.keep;

import io.hera.cli.keep.ChildProcess.NotStarted;
import io.hera.cli.keep.KeptInstance.Owner;
import io.hera.cli.nodes.InstanceName;
import io.hera.cli.nodes.TypedDuration;
import io.hera.cli.reach.ReachOptions;
import io.hera.cli.shell.ProcessSignal;
import io.hera.cli.shell.Surroundings;
import io.hera.client.Offer;
import io.hera.wire.Durations;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code hera run SERVICE -- COMMAND}: runs a command, and keeps it registered while it serves. */
@Command(
    name = "run",
    synopsisHeading = "usage: ",
    customSynopsis = {
      "hera run [-h] SERVICE[/ID] -p PORT [--check tcp|PATH|URL] [--drain T] [--ttl T]",
      "                [--set K=V ...] [--nodes URLS] -- COMMAND ..."
    },
    description = {
      "Runs COMMAND without a shell, and registers it as an instance of SERVICE when its port takes connections, or when"
          + " --check succeeds. Without --, hera run runs a node.",
      "TERM, INT and HUP: deregisters it, waits for --drain, hands the signal on, and kills it after 10 s. If it ends, it is"
          + " deregistered as well."
    },
    parameterListHeading = "%n",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0..255:that of COMMAND; 128+n if signal n has ended it",
      "2:wrong option, configuration or file",
      "125:COMMAND was not started for want of memory or processes",
      "126:COMMAND cannot be executed",
      "127:there is no COMMAND"
    })
public final class RunServiceCommand implements Callable<Integer> {
  private static final Duration EVERY = Duration.ofMillis(500);
  private static final long DRAIN_MILLIS_MAX = 3_600_000;

  private final Surroundings around;
  private final List<String> command;

  @Mixin
  private ReachOptions reach = new ReachOptions();

  @Parameters(
      index = "0",
      paramLabel = "SERVICE[/ID]",
      description = "the service; the id is <host>-<port> unless it is given")
  private String name = "";

  @Option(
      names = {"-p", "--port"},
      required = true,
      paramLabel = "PORT",
      description = "the port at which COMMAND serves")
  private int port;

  @Option(
      names = "--check",
      paramLabel = "CHECK",
      description =
          "what says that it serves, each 0.5 s: tcp (its port takes connections), a path at its port, or a URL,"
              + " which is answered with 2xx or 3xx; tcp if it is not given")
  private String check = "tcp";

  @Option(
      names = "--drain",
      paramLabel = "T",
      description = "how long it goes on serving after it was deregistered; 5s if it is not given")
  private String drain = "5s";

  @Option(
      names = "--ttl",
      paramLabel = "T",
      description = "how long it is shown if it is not renewed; 30s if it is not given")
  private String ttl = "30s";

  @Option(
      names = "--set",
      paramLabel = "K=V",
      description = "a member of its document, as text; K:=V for other JSON")
  private List<String> members = List.of();

  public RunServiceCommand(Surroundings around, List<String> command) {
    this.around = around;
    this.command = command;
  }

  @Override
  public Integer call() throws InterruptedException {
    if (command.isEmpty()) {
      throw new IllegalArgumentException("COMMAND is missing behind --");
    }
    ServingCheck serving = ServingCheck.of(check, port);
    Offer offer = offer();
    Duration wait = drain();
    Owner owner = Owner.of(reach, around);
    Supervision supervision =
        new Supervision(new Supervision.Terms(program(), wait), owner.notes(), around.nanos());
    try {
      return run(owner, offer, serving, supervision);
    } catch (NotStarted failed) {
      owner.notes().complain(String.valueOf(failed.getMessage()));
      return failed.code();
    }
  }

  private int run(Owner owner, Offer offer, ServingCheck serving, Supervision supervision)
      throws NotStarted, InterruptedException {
    for (ProcessSignal signal : ProcessSignal.values()) {
      signal.handle(() -> supervision.signalled(signal));
    }
    ChildProcess child = ChildProcess.start(command, supervision::ended);
    try (KeptInstance instance = owner.keep(offer)) {
      instance.when(serving, EVERY);
      return supervision.await(child, instance);
    }
  }

  private String program() {
    return command.get(0).replaceFirst(".*/(?=.)", "");
  }

  private Offer offer() {
    InstanceName instance = InstanceName.parse(name);
    Offer.of(instance.service(), port); // checks both
    return new Offer(
        instance.service(),
        instance.id().orElse(""),
        Members.document(port, members),
        TypedDuration.of("--ttl", ttl, "30s"));
  }

  private Duration drain() {
    return Duration.ofMillis(Durations.millis(drain).stream()
        .filter(millis -> millis <= DRAIN_MILLIS_MAX)
        .findAny()
        .orElseThrow(() -> new IllegalArgumentException(
            "--drain: " + drain + " is not a duration in 0..1h, such as 5s")));
  }
}

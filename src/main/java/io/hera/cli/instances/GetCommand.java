package io.hera.cli.instances;

import io.hera.cli.nodes.Answer;
import io.hera.cli.nodes.Ask;
import io.hera.cli.nodes.InstanceName;
import io.hera.cli.reach.Cluster;
import io.hera.cli.reach.Reach;
import io.hera.cli.reach.ReachOptions;
import io.hera.cli.shell.Surroundings;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code hera get}: prints the document of an instance, byte for byte, or those of a service. */
@Command(
    name = "get",
    synopsisHeading = "usage: ",
    customSynopsis = {
      "hera get [-h] SERVICE/ID [--wait T] [--nodes URLS]",
      "       hera get [-h] SERVICE [--wait T --until-count N] [--nodes URLS]"
    },
    description = {
      "Prints the document of an instance, byte for byte, or one object with those of a service.",
      "For scripts, it waits until an instance is there, or until a service has enough of them."
    })
public final class GetCommand implements Callable<Integer> {
  private final Surroundings around;

  @Mixin
  private ReachOptions reach = new ReachOptions();

  @Parameters(
      index = "0",
      paramLabel = "SERVICE[/ID]",
      description =
          "the service or instance, as in a path: other characters may be percent-encoded")
  private String name = "";

  @Option(
      names = "--wait",
      paramLabel = "T",
      description = "waits this long, such as 30s; the exit code is 5 if the time is up")
  private Optional<String> wait = Optional.empty();

  @Option(
      names = "--until-count",
      paramLabel = "N",
      description = "until the service has N instances or more; 0: until it has none")
  private Optional<Integer> untilCount = Optional.empty();

  public GetCommand(Surroundings around) {
    this.around = around;
  }

  @Override
  public Integer call() {
    InstanceName wanted = InstanceName.parse(name);
    check(wanted);
    Cluster cluster = Cluster.of(reach, around);
    if (wait.isPresent()) {
      Duration most = Reach.duration("--wait", wait.get());
      InstanceName service = new InstanceName(wanted.service(), Optional.empty());
      new Waiting(cluster, service, around.nanos()).until(condition(wanted), most);
    }
    Answer answer = cluster.done(Ask.get(wanted.path()), wanted);
    around.printer().bytes(answer.body());
    if (around.terminal().isThere()) {
      around.printer().line("");
    }
    return 0;
  }

  private void check(InstanceName wanted) {
    if (untilCount.isPresent() && (wait.isEmpty() || wanted.id().isPresent())) {
      throw new IllegalArgumentException("--until-count needs a SERVICE and --wait T");
    }
    if (wait.isPresent() && untilCount.isEmpty() && wanted.id().isEmpty()) {
      throw new IllegalArgumentException("--wait needs SERVICE/ID, or --until-count N");
    }
    if (untilCount.orElse(0) < 0) {
      throw new IllegalArgumentException("--until-count: " + untilCount.get() + " is below 0");
    }
  }

  private Waiting.Condition condition(InstanceName wanted) {
    if (wanted.id().isPresent()) {
      String id = wanted.id().get();
      return new Waiting.Condition(
          wanted + " is not there",
          found -> found.stream().anyMatch(one -> one.name().equals(id)));
    }
    int count = untilCount.orElseThrow();
    return new Waiting.Condition(
        wanted + " does not have " + (count == 0 ? "0" : count + " or more") + " instances",
        found -> count == 0 ? found.isEmpty() : found.size() >= count);
  }
}

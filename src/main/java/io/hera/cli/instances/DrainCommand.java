package io.hera.cli.instances;

import io.hera.cli.nodes.Answer;
import io.hera.cli.nodes.Ask;
import io.hera.cli.nodes.TypedDuration;
import io.hera.cli.reach.Cluster;
import io.hera.cli.reach.ReachOptions;
import io.hera.cli.shell.FormOptions;
import io.hera.cli.shell.Surroundings;
import io.hera.json.JsonWriter;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code hera drain}: hides instances from clients on all nodes, shows them again, or lists the drains. */
@Command(
    name = "drain",
    synopsisHeading = "usage: ",
    customSynopsis = {
      "hera drain [-h] SERVICE[/ID] [--for T] [--reason TEXT] [--force] [--nodes URLS]",
      "       hera drain [-h] --match K:V [--for T] [--reason TEXT] [--force] [--nodes URLS]",
      "       hera drain [-h] SERVICE[/ID] | --match K:V --undo [--nodes URLS]",
      "       hera drain [-h] [-o FORM] [--nodes URLS]"
    },
    description = {
      "Hides an instance, a service or the instances of a machine from clients, on all nodes and whatever their owners"
          + " write, until --undo or the end of --for.",
      "Without a name, lists the drains in force."
    })
public final class DrainCommand implements Callable<Integer> {
  private final Surroundings around;

  @Mixin
  private ReachOptions reach = new ReachOptions();

  @Mixin
  private FormOptions form = new FormOptions();

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "SERVICE[/ID]",
      description = "the instance, or all of the service")
  private Optional<String> name = Optional.empty();

  @Option(
      names = "--match",
      paramLabel = "K:V",
      description =
          "the instances of all services with this member in their document, such as host:10.1.1.7")
  private Optional<String> match = Optional.empty();

  @Option(
      names = "--for",
      paramLabel = "T",
      description = "ends by itself after this time, such as 2h; less than 720h")
  private Optional<String> time = Optional.empty();

  @Option(
      names = "--reason",
      paramLabel = "TEXT",
      description = "why, for those who list the drains")
  private Optional<String> reason = Optional.empty();

  @Option(
      names = "--force",
      description = "also if a service would have no instance left, or a node does not know drains")
  private boolean force;

  @Option(names = "--undo", description = "ends the drain: shows the instances again")
  private boolean undo;

  public DrainCommand(Surroundings around) {
    this.around = around;
  }

  @Override
  public Integer call() {
    if (name.isPresent() && match.isPresent()) {
      throw new IllegalArgumentException("SERVICE[/ID] and --match select: leave one of them out");
    }
    boolean sets = time.isPresent() || reason.isPresent() || force;
    boolean selects = name.isPresent() || match.isPresent();
    if ((sets || undo) && !selects) {
      throw new IllegalArgumentException("SERVICE[/ID] or --match is missing");
    }
    if (sets && undo) {
      throw new IllegalArgumentException("--for, --reason and --force do not go with --undo");
    }
    time.ifPresent(text -> TypedDuration.of("--for", text, "2h"));
    Cluster cluster = Cluster.of(reach, around);
    if (selects) {
      DrainTarget target = DrainTarget.of(name, match);
      command(
          cluster,
          target,
          undo
              ? target.undo()
              : target.set(time, force ? DrainTarget.Force.YES : DrainTarget.Force.NO, body()));
    } else {
      new DrainTable(around).print(cluster, form);
    }
    return 0;
  }

  private byte[] body() {
    return reason
        .map(text ->
            new JsonWriter(64).ascii("{\"reason\":").string(text).raw('}').toBytes())
        .orElse(new byte[0]);
  }

  private void command(Cluster cluster, DrainTarget target, Ask ask) {
    Answer answer = cluster.done(ask, target.text());
    cluster
        .notes()
        .say(target.text() + (undo ? " is shown again" : " is hidden from clients") + ", says "
            + answer.node());
    answer
        .header("hera-not-saved")
        .ifPresent(why -> cluster.notes().say("it is not on the disk of that node: " + why));
  }
}

package io.hera.cli.watch;

import io.hera.cli.nodes.EventStream.Sent;
import io.hera.cli.nodes.InstanceName;
import io.hera.cli.reach.Cluster;
import io.hera.cli.reach.ReachOptions;
import io.hera.cli.shell.FormOptions;
import io.hera.cli.shell.OutputForm;
import io.hera.cli.shell.Printer;
import io.hera.cli.shell.Surroundings;
import io.hera.json.Malformed;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code hera watch}: prints what happens to instances, or runs a command after each change. */
@Command(
    name = "watch",
    synopsisHeading = "usage: ",
    customSynopsis = {
      "hera watch [-h] [SERVICE[/ID]] [-o table|json] [--nodes URLS]",
      "       hera watch [-h] [SERVICE[/ID]] --exec CMD [--nodes URLS]"
    },
    description = {
      "Prints the instances, then each change: + registered, ~ updated, - gone, and why. It goes on at another node when one"
          + " is lost, and says so on stderr. Ctrl-C ends it.",
      "With --exec, runs CMD instead, with all instances on its stdin, after each change."
    })
public final class WatchCommand implements Callable<Integer> {
  private final Surroundings around;

  @Mixin
  private ReachOptions reach = new ReachOptions();

  @Mixin
  private FormOptions form = new FormOptions();

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "SERVICE[/ID]",
      description = "the service or instance; all services if it is not given")
  private Optional<String> name = Optional.empty();

  @Option(
      names = "--exec",
      paramLabel = "CMD",
      description =
          "a line for sh, with the object of hera get on stdin: at first and after each change, one run at a time;"
              + " changes that come meanwhile are one")
  private Optional<String> exec = Optional.empty();

  public WatchCommand(Surroundings around) {
    this.around = around;
  }

  /** Takes what an event has brought. */
  private interface Reader {
    void read(List<Happening> happenings);
  }

  @Override
  public Integer call() throws InterruptedException {
    Optional<InstanceName> wanted = name.map(InstanceName::parse);
    OutputForm chosen = form.orElse(OutputForm.TABLE);
    if (chosen == OutputForm.NAME || (exec.isPresent() && form.isChosen())) {
      throw new IllegalArgumentException(
          exec.isPresent() ? "--exec prints nothing: leave -o out" : "changes have no -o name");
    }
    Cluster cluster = Cluster.of(reach, around);
    Instances instances = new Instances(wanted);
    Reader reader = exec.map(command -> executing(command, instances, cluster))
        .orElseGet(() -> printing(chosen, wanted));
    String target = wanted.map(InstanceName::path).orElse("/");
    new Following(cluster, target, around.random()).follow(event -> take(event, instances, reader));
    return 0;
  }

  private static void take(Sent event, Instances instances, Reader reader) throws Malformed {
    List<Happening> happenings = instances.take(event);
    if (!happenings.isEmpty() || event.type().equals("snapshot")) {
      reader.read(happenings);
    }
  }

  private Reader printing(OutputForm chosen, Optional<InstanceName> wanted) {
    WatchText text = new WatchText(around.terminal(), wanted);
    Printer printer = around.printer();
    return happenings -> {
      Instant now = around.wall().instant();
      StringBuilder lines = new StringBuilder();
      for (Happening one : happenings) {
        lines
            .append(chosen == OutputForm.JSON ? WatchText.json(now, one) : text.line(now, one))
            .append('\n');
      }
      printer.text(lines.toString());
    };
  }

  /** A snapshot that changes nothing does not count, unless it is the first one. */
  private static Reader executing(String command, Instances instances, Cluster cluster) {
    ExecLoop loop = new ExecLoop(command, instances::json, cluster.notes()::complain);
    loop.begin();
    AtomicBoolean begun = new AtomicBoolean();
    return happenings -> {
      if (begun.compareAndSet(false, true) || !happenings.isEmpty()) {
        loop.changed();
      }
    };
  }
}

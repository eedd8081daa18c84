package io.hera.cli.top;

import io.hera.cli.nodes.Ask;
import io.hera.cli.reach.Cluster;
import io.hera.cli.reach.ReachOptions;
import io.hera.cli.shell.Surroundings;
import io.hera.cli.shell.Terminal;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code hera top}: shows the nodes and the busiest services, each second. */
@Command(
    name = "top",
    synopsisHeading = "usage: ",
    customSynopsis = "hera top [-h] [-n N] [--nodes URLS]",
    description = {
      "Shows each second what the nodes do: instances, registrations and renewals per second, how far they are behind"
          + " the others, and their clocks; and the services that change most.",
      "q ends it. Into a pipe, it prints one frame unless -n asks for more."
    })
public final class TopCommand implements Callable<Integer> {
  private static final long PERIOD_MILLIS = 1_000;

  private final Surroundings around;

  @Mixin
  private ReachOptions reach = new ReachOptions();

  @Option(names = "-n", paramLabel = "N", description = "ends after N frames")
  private Optional<Integer> count = Optional.empty();

  public TopCommand(Surroundings around) {
    this.around = around;
  }

  @Override
  public Integer call() throws InterruptedException {
    if (count.orElse(1) < 1) {
      throw new IllegalArgumentException("-n: " + count.get() + " is below 1");
    }
    Cluster cluster = Cluster.of(reach, around);
    cluster.done(Ask.get("/_status"), "the status");
    Sampler sampler = new Sampler(cluster, around.nanos());
    Sample first = sampler.sample();
    if (around.terminal().isThere() && count.isEmpty()) {
      draw(sampler, first);
    } else {
      print(sampler, first, count.orElse(1));
    }
    return 0;
  }

  private void draw(Sampler sampler, Sample first) throws InterruptedException {
    try (Screen screen = new Screen(around)) {
      Sample before = first;
      Sample now = first;
      while (true) {
        screen.draw(new Frame(before, now).lines(screen.terminal()));
        if (screen.quits(PERIOD_MILLIS)) {
          return;
        }
        before = now;
        now = sampler.sample();
      }
    }
  }

  private void print(Sampler sampler, Sample first, int frames) throws InterruptedException {
    Sample before = first;
    Terminal terminal = around.terminal().isThere()
        ? new Terminal(
            Integer.MAX_VALUE, around.terminal().columns(), around.terminal().colours())
        : Terminal.NONE;
    for (int i = 0; i < frames; i++) {
      Thread.sleep(PERIOD_MILLIS);
      Sample now = sampler.sample();
      around
          .printer()
          .text((i == 0 ? "" : "\n") + String.join("\n", new Frame(before, now).lines(terminal))
              + "\n");
      before = now;
    }
  }
}

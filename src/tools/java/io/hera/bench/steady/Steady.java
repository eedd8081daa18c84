package io.hera.bench.steady;

import io.vertx.core.json.JsonArray;
import java.io.IOException;
import java.net.http.HttpTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * The program behind {@code scripts/measure steady}: whether anything that clients do makes the
 * others wait.
 */
@Command(
    name = "scripts/measure steady",
    sortOptions = false,
    description = {
      "Plays scenarios, each at a node of its own, while a neighbour renews its instance every 5 ms. Reports the"
          + " neighbour's times, the time until everything promised has arrived, the node's CPU, its memory before, at"
          + " most and after, and its turns above 20, 50, 100, 200 and 1,000 ms. The results stay in target/steady.json.",
      "As root, all runs in a network namespace whose loopback has the packets of a real network (an MTU of 1500).",
      "Exit codes: 0 everything promised arrived; 1 it did not; 2 wrong usage."
    })
public final class Steady implements Callable<Integer> {
  @Option(names = "-h", usageHelp = true, description = "print this")
  private boolean unusedHelp; // picocli reads it

  @Option(
      names = "--scenario",
      split = ",",
      description = "one of ${COMPLETION-CANDIDATES}; may be given several times (default: all)")
  private List<Scenario> scenarios = List.of(Scenario.values());

  @Option(
      names = "--scale",
      defaultValue = "1",
      description = "share of clients and instances (default: ${DEFAULT-VALUE})")
  private double scale;

  @Option(
      names = "--patience",
      defaultValue = "60",
      description = "seconds to wait until all has arrived (default: ${DEFAULT-VALUE})")
  private long patience;

  private final List<Report> reports = new ArrayList<>();

  /** Runs as its usage says; the property {@code hera.jar} names the jar. */
  public static void main(String[] arguments) {
    System.exit(
        new CommandLine(new Steady()).setCaseInsensitiveEnumValuesAllowed(true).execute(arguments));
  }

  @Override
  public Integer call() throws IOException {
    if (scale <= 0 || patience < 1) {
      System.err.println("scripts/measure steady: --scale and --patience must be positive");
      return 2;
    }
    System.out.println(Report.HEAD);
    for (Scenario scenario : scenarios) {
      play(scenario);
    }
    Path file = Path.of(System.getProperty("hera.jar")).resolveSibling("steady.json");
    List<Object> all = new ArrayList<>(reports.stream().map(Report::json).toList());
    Files.writeString(file, new JsonArray(all).encodePrettily() + "\n");
    boolean well = reports.size() == scenarios.size() && reports.stream().allMatch(Report::well);
    return well ? 0 : 1;
  }

  private void play(Scenario scenario) throws IOException {
    try {
      Report report = play(scenario, new Size(scale), Duration.ofSeconds(patience));
      reports.add(report);
      System.out.println(report.line());
    } catch (IllegalStateException | HttpTimeoutException failed) {
      System.out.printf("%-9s BROKEN: %s%n", scenario, failed.getMessage());
    }
  }

  /** Plays a scenario at a node of its own. */
  static Report play(Scenario scenario, Size size, Duration patience) throws IOException {
    String settings = scenario.limits.isEmpty() ? "" : "limits: {" + scenario.limits + "}\n";
    try (Stage stage = Stage.open(settings, size, patience)) {
      Stage.Measured measured = scenario.play(stage);
      return new Report(scenario, measured, stage.promises());
    }
  }
}

package io.hera.cli.bulk;

import io.hera.cli.nodes.Phrasing;
import io.hera.cli.nodes.TypedDuration;
import io.hera.cli.reach.Cluster;
import io.hera.cli.reach.ReachOptions;
import io.hera.cli.shell.ExitCode;
import io.hera.cli.shell.Surroundings;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code hera import}: registers what an export, a snapshot or another registry had. */
@Command(
    name = "import",
    synopsisHeading = "usage: ",
    customSynopsis = "hera import [-h] FILE | - [--dry-run] [--ttl T] [--nodes URLS]",
    description = {
      "Registers what hera export has printed, or an object service → id → document, as GET /_export answers and"
          + " hera snapshot show prints.",
      "A fault in one registration does not affect the others; each is named on stderr."
    })
public final class ImportCommand implements Callable<Integer> {
  private static final String STDIN = "-";

  private final Surroundings around;

  @Mixin
  private ReachOptions reach = new ReachOptions();

  @Parameters(index = "0", paramLabel = "FILE|-", description = "the file, or stdin")
  private String file = "";

  @Option(names = "--dry-run", description = "checks names and documents, and sends nothing")
  private boolean dryRun;

  @Option(
      names = "--ttl",
      paramLabel = "T",
      description = "for those that have none, such as 1h; otherwise the liveness of the nodes")
  private Optional<String> ttl = Optional.empty();

  public ImportCommand(Surroundings around) {
    this.around = around;
  }

  @Override
  public Integer call() throws IOException {
    ttl.ifPresent(text -> TypedDuration.of("--ttl", text, "1h"));
    Cluster cluster = Cluster.of(reach, around);
    Batches batches = new Batches(
        cluster,
        new Progress(cluster.notes(), around.nanos()),
        dryRun ? Optional.empty() : Optional.of(ttl.orElse("")));
    try (InputStream in = new BufferedInputStream(
        file.equals(STDIN) ? around.in() : Files.newInputStream(Path.of(file)))) {
      Registrations.read(in, batches::add);
    }
    batches.end();
    String faults = batches.faults() == 0 ? "" : ", " + Phrasing.count(batches.faults(), "fault");
    cluster
        .notes()
        .say(Phrasing.count(batches.done(), "registration")
            + (dryRun ? " checked" : " done")
            + faults);
    return (batches.faults() == 0 ? ExitCode.DONE : ExitCode.REFUSED).code();
  }
}

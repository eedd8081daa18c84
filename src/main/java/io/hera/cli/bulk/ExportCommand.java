package io.hera.cli.bulk;

import io.hera.cli.nodes.Ask;
import io.hera.cli.nodes.NodeTransport;
import io.hera.cli.reach.Cluster;
import io.hera.cli.reach.ReachOptions;
import io.hera.cli.shell.CommandFailed;
import io.hera.cli.shell.ExitCode;
import io.hera.cli.shell.Printer;
import io.hera.cli.shell.Surroundings;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code hera export}: prints every registration that a node shows. */
@Command(
    name = "export",
    synopsisHeading = "usage: ",
    customSynopsis = "hera export [-h] [-o FILE] [--nodes URLS]",
    description = {
      "Prints every registration that a node shows, with its ttl, as one JSON object per line: hera import takes them.",
      "Into a file, it writes all or nothing."
    })
public final class ExportCommand implements Callable<Integer> {
  private static final int BUFFER = 64 << 10;

  private final Surroundings around;

  @Mixin
  private ReachOptions reach = new ReachOptions();

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      description = "writes into this file instead of stdout")
  private Optional<Path> file = Optional.empty();

  public ExportCommand(Surroundings around) {
    this.around = around;
  }

  @Override
  public Integer call() {
    Cluster cluster = Cluster.of(reach, around);
    Progress progress = new Progress(cluster.notes(), around.nanos());
    Ask ask = Ask.get("/_export").with("Accept", "application/x-ndjson");
    Cluster.Stream stream = cluster.open(ask, "the export");
    long lines;
    try (InputStream body = stream.answer().body()) {
      lines = file.isPresent()
          ? write(stream, body, progress, file.get())
          : copy(stream, body, progress, print(around.printer()));
    } catch (IOException closed) {
      throw broken(stream, closed);
    }
    cluster.notes().say(lines + " registrations of " + stream.node());
    return 0;
  }

  /** Where the bytes go. */
  private interface Sink {
    void take(byte[] bytes, int count) throws IOException;
  }

  private static Sink print(Printer printer) {
    return printer::bytes;
  }

  private static long copy(Cluster.Stream stream, InputStream body, Progress progress, Sink sink)
      throws IOException {
    byte[] buffer = new byte[BUFFER];
    long lines = 0;
    for (int count = read(stream, body, buffer); count >= 0; count = read(stream, body, buffer)) {
      sink.take(buffer, count);
      lines += lineBreaks(buffer, count);
      progress.at(lines);
    }
    return lines;
  }

  private static int read(Cluster.Stream stream, InputStream body, byte[] buffer) {
    try {
      return body.read(buffer);
    } catch (IOException failure) {
      throw broken(stream, failure);
    }
  }

  private static CommandFailed broken(Cluster.Stream stream, IOException failure) {
    return new CommandFailed(
        ExitCode.UNREACHABLE,
        stream.node() + " " + NodeTransport.failed(failure, stream.patience()).predicate()
            + "; the export is not whole");
  }

  private static int lineBreaks(byte[] bytes, int count) {
    int lines = 0;
    for (int i = 0; i < count; i++) {
      lines += bytes[i] == '\n' ? 1 : 0;
    }
    return lines;
  }

  private static long write(Cluster.Stream stream, InputStream body, Progress progress, Path file) {
    Path next = file.resolveSibling(file.getFileName() + ".part");
    try {
      long lines;
      try (OutputStream out = Files.newOutputStream(next)) {
        lines = copy(stream, body, progress, (bytes, count) -> out.write(bytes, 0, count));
      }
      Files.move(next, file, StandardCopyOption.REPLACE_EXISTING);
      return lines;
    } catch (IOException failure) {
      throw new CommandFailed(ExitCode.USAGE, file + " cannot be written: " + failure.getMessage());
    } finally {
      next.toFile().delete();
    }
  }
}

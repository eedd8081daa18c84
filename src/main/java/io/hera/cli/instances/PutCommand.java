package io.hera.cli.instances;

import io.hera.cli.keep.Keeping;
import io.hera.cli.nodes.Answer;
import io.hera.cli.nodes.Ask;
import io.hera.cli.nodes.InstanceName;
import io.hera.cli.nodes.TypedDuration;
import io.hera.cli.reach.Cluster;
import io.hera.cli.reach.ReachOptions;
import io.hera.cli.shell.ExitCode;
import io.hera.cli.shell.Surroundings;
import io.hera.wire.Percent;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code hera put}: registers an instance, or renews it. */
@Command(
    name = "put",
    synopsisHeading = "usage: ",
    customSynopsis = {
      "hera put [-h] SERVICE/ID [JSON | - | @FILE] [--ttl T] [--nodes URLS]",
      "       hera put [-h] SERVICE/ID JSON | - | @FILE --keep [--ttl T] [--nodes URLS]"
    },
    description = {
      "Registers an instance once; without a document, renews it. It ends after its ttl unless it is renewed.",
      "With --keep, goes on renewing it, and deregisters it at Ctrl-C or TERM."
    })
public final class PutCommand implements Callable<Integer> {
  /** More than any node takes, so that the node says what its limit is. */
  private static final int BYTES_MAX = 8 << 20;

  private static final Duration KEPT_TTL = Duration.ofSeconds(30);

  private final Surroundings around;

  @Mixin
  private ReachOptions reach = new ReachOptions();

  @Parameters(
      index = "0",
      paramLabel = "SERVICE/ID",
      description = "the instance, as in a path: other characters may be percent-encoded")
  private String name = "";

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "JSON|-|@FILE",
      description = "its document, a JSON object: here, on stdin, or in a file")
  private Optional<String> document = Optional.empty();

  @Option(
      names = "--ttl",
      paramLabel = "T",
      description =
          "how long it lives unless it is renewed, such as 30s; otherwise the liveness of the nodes")
  private Optional<String> ttl = Optional.empty();

  @Option(
      names = "--keep",
      description = "renews it until Ctrl-C, TERM or HUP, then deregisters it; its ttl is 30s then")
  private boolean keep;

  public PutCommand(Surroundings around) {
    this.around = around;
  }

  @Override
  public Integer call() throws IOException {
    InstanceName instance = InstanceName.parseInstance(name);
    Optional<Duration> life = ttl.map(text -> TypedDuration.of("--ttl", text, "30s"));
    byte[] body = document.isPresent() ? read(document.get()) : new byte[0];
    if (document.isPresent() && body.length == 0) {
      throw new IllegalArgumentException(
          "the document is empty; leave it out to renew the instance");
    }
    if (keep) {
      return keep(instance, body, life.orElse(KEPT_TTL)).code();
    }
    Cluster cluster = Cluster.of(reach, around);
    String query = ttl.map(text -> "?ttl=" + Percent.encode(text)).orElse("");
    Answer answer = cluster.done(Ask.put(instance.path() + query, body), instance);
    cluster
        .notes()
        .say(instance
            + (body.length == 0 ? " is renewed at " : " is registered at ")
            + answer.node());
    answer
        .header("hera-drained")
        .ifPresent(why -> cluster.notes().say(instance + " is hidden by a drain: " + why));
    return 0;
  }

  private ExitCode keep(InstanceName instance, byte[] body, Duration life) {
    if (body.length == 0) {
      throw new IllegalArgumentException("--keep needs a document");
    }
    return new Keeping(reach, around).keep(instance, body, life);
  }

  private byte[] read(String text) throws IOException {
    if (text.equals("-")) {
      return around.in().readNBytes(BYTES_MAX);
    }
    if (!text.startsWith("@")) {
      return text.getBytes(StandardCharsets.UTF_8);
    }
    try (var in = Files.newInputStream(Path.of(text.substring(1)))) {
      return in.readNBytes(BYTES_MAX);
    }
  }
}

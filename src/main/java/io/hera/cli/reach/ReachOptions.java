package io.hera.cli.reach;

import java.time.Duration;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The options of all commands that ask nodes. A secret is never an option: other users could see it. */
public final class ReachOptions {
  @Option(
      names = "--context",
      paramLabel = "C",
      description = "asks the nodes of this context, which hera context save has made")
  private Optional<String> context = Optional.empty();

  @Option(
      names = "--nodes",
      paramLabel = "URLS",
      description =
          "asks these nodes, such as http://a:8080,http://b:8080;http://far:8080, the first one first"
              + " (HERA_NODES)")
  private Optional<String> nodes = Optional.empty();

  @Option(
      names = "--timeout",
      paramLabel = "T",
      description = "how long nodes may take to answer, all together; 5s if it is not given")
  private Optional<String> timeout = Optional.empty();

  @Option(
      names = {"-q", "--quiet"},
      description = "prints nothing on stderr but errors")
  private boolean quiet;

  @Option(
      names = {"-v", "--verbose"},
      description = "prints each request on stderr")
  private boolean verbose;

  /** Returns the same for a shell that completes a name while it is being typed. */
  public ReachOptions hasty() {
    ReachOptions hasty = new ReachOptions();
    hasty.context = context;
    hasty.nodes = nodes;
    hasty.timeout = Optional.of("300ms");
    hasty.quiet = true;
    return hasty;
  }

  Optional<String> context() {
    return context;
  }

  Optional<String> nodes() {
    return nodes;
  }

  /** Returns whether they name nodes. */
  public boolean namesNodes() {
    return context.isPresent() || nodes.isPresent();
  }

  /** Returns how long nodes may take to answer; empty if it is not said. */
  public Optional<Duration> timeout() {
    return timeout.map(text -> Reach.duration("--timeout", text));
  }

  Notes.Level level() {
    if (quiet) {
      return Notes.Level.QUIET;
    }
    return verbose ? Notes.Level.VERBOSE : Notes.Level.NORMAL;
  }
}

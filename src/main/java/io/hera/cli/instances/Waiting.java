package io.hera.cli.instances;

import io.hera.cli.nodes.Answer;
import io.hera.cli.nodes.Ask;
import io.hera.cli.nodes.InstanceName;
import io.hera.cli.reach.Cluster;
import io.hera.cli.shell.CommandFailed;
import io.hera.cli.shell.ExitCode;
import java.time.Duration;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

/** Waits until the instances of a service are as wanted: the node answers when they have changed, and is not polled. */
final class Waiting {
  /** Below what proxies mostly allow. */
  private static final Duration POLL = Duration.ofSeconds(50);

  private static final Duration PAUSE = Duration.ofMillis(500);

  private static final String NONE = "\"none\"";

  private final Cluster cluster;
  private final InstanceName service;
  private final LongSupplier nanos;

  Waiting(Cluster cluster, InstanceName service, LongSupplier nanos) {
    this.cluster = cluster;
    this.service = service;
    this.nanos = nanos;
  }

  /**
   * What to wait for.
   *
   * @param otherwise a sentence for when the time is up
   */
  record Condition(String otherwise, Predicate<List<Listing.Member>> holds) {}

  /**
   * Returns when the condition holds.
   *
   * @throws CommandFailed if it does not in time
   */
  void until(Condition condition, Duration most) {
    long end = nanos.getAsLong() + most.toNanos();
    CommandFailed late = new CommandFailed(
        ExitCode.UNREACHABLE, condition.otherwise() + " after " + most.toMillis() / 1_000.0 + " s");
    String tag = NONE;
    while (true) {
      try {
        Answer answer = cluster.done(poll(tag, Duration.ofNanos(end - nanos.getAsLong())), service);
        if (answer.status() == 200 && condition.holds().test(Listing.of(answer))) {
          return;
        }
        tag = answer.header("etag").orElse(tag);
      } catch (CommandFailed failed) {
        pause(failed, end);
      }
      if (end - nanos.getAsLong() <= 0) {
        throw late;
      }
    }
  }

  /** Nodes may be restarting: they are asked again, unless one refuses or the time is up. */
  private void pause(CommandFailed failed, long end) {
    if (failed.code() != ExitCode.UNREACHABLE || end - nanos.getAsLong() <= PAUSE.toNanos()) {
      throw failed;
    }
    try {
      Thread.sleep(PAUSE.toMillis());
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw failed;
    }
  }

  private Ask poll(String tag, Duration left) {
    long millis = Math.max(1, Math.min(POLL.toMillis(), left.toMillis()));
    return Ask.get(service.path() + "?wait=" + millis + "ms")
        .with("If-None-Match", tag)
        .waiting(Duration.ofMillis(millis));
  }
}

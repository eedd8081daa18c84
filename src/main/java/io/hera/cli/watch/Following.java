package io.hera.cli.watch;

import io.hera.cli.nodes.Ask;
import io.hera.cli.nodes.EventStream;
import io.hera.cli.nodes.NodeTransport;
import io.hera.cli.nodes.NodeUrl;
import io.hera.cli.reach.Cluster;
import io.hera.cli.shell.CommandFailed;
import io.hera.cli.shell.ExitCode;
import io.hera.json.Malformed;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Follows the events of a cluster, at one node. When that is lost, it goes on at the next one that answers, after the last event if the
 * node can do that, and says so.
 */
final class Following {
  /** Nodes send a comment every 15 s. */
  private static final Duration SILENCE_MAX = Duration.ofSeconds(20);

  private static final int DATA_MAX = 64 << 20;
  private static final int BUFFER = 64 << 10;
  private static final long PAUSE_MILLIS = 250;
  private static final int DOUBLINGS_MAX = 5;

  private final Cluster cluster;
  private final String target;
  private final RandomGenerator random;
  private String lastId = "";

  /** Follows a target, which is a path. */
  Following(Cluster cluster, String target, RandomGenerator random) {
    this.cluster = cluster;
    this.target = target;
    this.random = random;
  }

  /** Takes the events. */
  interface Taker {
    void take(EventStream.Sent event) throws Malformed;
  }

  /**
   * Follows until the thread is interrupted, or the taker throws.
   *
   * @throws CommandFailed if no node answers at first, or one refuses
   */
  void follow(Taker taker) throws InterruptedException {
    Cluster.Stream stream = open();
    while (true) {
      String why = read(stream, taker);
      stream = again(stream.node(), why);
    }
  }

  private Cluster.Stream open() {
    Ask ask = Ask.get(target).with("Accept", "text/event-stream").waiting(SILENCE_MAX);
    return cluster.open(lastId.isEmpty() ? ask : ask.with("Last-Event-ID", lastId), target);
  }

  /** Reads to the end; returns the predicate of a sentence about the node that says why it is the end. */
  private String read(Cluster.Stream stream, Taker taker) {
    try (InputStream body = stream.answer().body()) {
      EventStream events =
          new EventStream(new BufferedInputStream(body, BUFFER), DATA_MAX, () -> {});
      for (Optional<EventStream.Sent> sent = events.next();
          sent.isPresent();
          sent = events.next()) {
        taker.take(sent.get());
        lastId = sent.get().id();
      }
      return "has ended the stream";
    } catch (IOException failure) {
      return NodeTransport.failed(failure, SILENCE_MAX).predicate();
    } catch (Malformed malformed) {
      throw new CommandFailed(
          ExitCode.UNREACHABLE,
          stream.node() + " does not send what can be followed: " + malformed.reason());
    }
  }

  private Cluster.Stream again(NodeUrl lost, String why) throws InterruptedException {
    // It may be stopping, and still begin streams.
    cluster.turnToTheNext();
    for (int failures = 0; ; failures++) {
      pause(failures);
      try {
        Cluster.Stream stream = open();
        cluster
            .notes()
            .say(lost + " " + why + "; following " + stream.node()
                + (stream.node().equals(lost) ? " again" : ""));
        return stream;
      } catch (CommandFailed failed) {
        if (failed.code() != ExitCode.UNREACHABLE) {
          throw failed;
        }
        if (failures == 0) {
          cluster.notes().say(lost + " " + why + "; no node answers, trying again");
        }
      }
    }
  }

  /** Many may have lost the same node at once. */
  private void pause(int failures) throws InterruptedException {
    long most = PAUSE_MILLIS << Math.min(failures, DOUBLINGS_MAX);
    Thread.sleep(random.nextLong(most / 2, most + 1));
  }
}

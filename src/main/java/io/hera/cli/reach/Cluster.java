package io.hera.cli.reach;

import io.hera.cli.nodes.Answer;
import io.hera.cli.nodes.Ask;
import io.hera.cli.nodes.NodeFailed;
import io.hera.cli.nodes.NodeTransport;
import io.hera.cli.nodes.NodeUrl;
import io.hera.cli.nodes.Refusal;
import io.hera.cli.shell.CommandFailed;
import io.hera.cli.shell.ExitCode;
import io.hera.cli.shell.Surroundings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * The nodes of a cluster as one: each request is answered by the first node that can. Each node is asked once at most, and all of them
 * within the time-out. The next request begins with the node that has answered the last one.
 */
public final class Cluster {
  private final Reach reach;
  private final NodeTransport transport;
  private final LongSupplier nanos;
  private final Notes notes;
  private int first;

  private Cluster(Reach reach, Surroundings around, Notes notes) {
    this.reach = reach;
    this.nanos = around.nanos();
    this.notes = notes;
    this.transport = new NodeTransport(
        reach.tls(), node -> reach.token().filter(token -> Reach.mayShowToken(node)), nanos);
  }

  /** Returns the cluster that a command is for. */
  public static Cluster of(ReachOptions options, Surroundings around) {
    return new Cluster(
        Reach.of(options, around.environment()), around, Notes.of(options, around.err()));
  }

  /** Returns where lines for people go. */
  public Notes notes() {
    return notes;
  }

  /** Returns the nodes, in the order in which they are asked. */
  public List<NodeUrl> nodes() {
    return reach.nodes();
  }

  /** A request to one node, in the rest of the time. */
  private interface Try<T> {
    T at(NodeUrl node, Duration patience) throws NodeFailed;
  }

  /**
   * Returns the answer of the first node that can answer; it may be a refusal.
   *
   * @throws CommandFailed if there is none, with why for each
   */
  public Answer ask(Ask ask) {
    return first((node, patience) -> {
      long begin = nanos.getAsLong();
      Answer answer = transport.send(node, ask, patience);
      detail(ask, node, answer.status(), begin);
      if (answer.isOfNoUse()) {
        throw new NodeFailed(answer.refusal());
      }
      return answer;
    });
  }

  /**
   * Returns the answer of the first node that can answer; it may be a refusal.
   *
   * @param subject what it is asked about, for a person
   * @throws CommandFailed if there is none, or it refuses
   */
  public Answer done(Ask ask, Object subject) {
    Answer answer = ask(ask);
    if (answer.status() == 401 && reach.token().isPresent() && !Reach.mayShowToken(answer.node())) {
      notes.say("the token is not shown to " + answer.node() + ", which is asked without TLS");
    }
    return answer.orRefused(subject);
  }

  /** Has the next request begin with another node than the one that has answered the last one, if there is any. */
  public void turnToTheNext() {
    first = (first + 1) % reach.nodes().size();
  }

  /** Returns the answer of one node, without another try. */
  public Answer askOne(NodeUrl node, Ask ask) throws NodeFailed {
    return transport.send(node, ask, reach.timeout());
  }

  /** An answer whose body is still to be read. */
  public record Stream(NodeUrl node, NodeTransport.Opened answer, Duration patience) {}

  /** Returns the head of the answer of the first node that does not refuse to answer. */
  public Stream open(Ask ask, Object subject) {
    return first((node, patience) -> {
      long begin = nanos.getAsLong();
      NodeTransport.Opened opened = transport.open(node, ask, patience);
      detail(ask, node, opened.status(), begin);
      if (opened.status() == 200) {
        return new Stream(node, opened, reach.timeout());
      }
      Answer refused =
          new Answer(node, opened.status(), opened.headers(), Refusal.read(opened.body()));
      if (refused.isOfNoUse()) {
        throw new NodeFailed(refused.refusal());
      }
      refused.orRefused(subject);
      throw new NodeFailed("answers " + opened.status());
    });
  }

  private void detail(Ask ask, NodeUrl node, int status, long begin) {
    notes.detail(ask.method() + " " + node + ask.target() + " " + status + ", "
        + (nanos.getAsLong() - begin) / 1_000_000 + " ms");
  }

  private <T> T first(Try<T> attempt) {
    long end = nanos.getAsLong() + reach.timeout().toNanos();
    int count = reach.nodes().size();
    List<String> failures = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int turn = (first + i) % count;
      NodeUrl node = reach.nodes().get(turn);
      Optional<T> answer = attempt(attempt, node, share(end, count - i), failures);
      if (answer.isPresent()) {
        first = turn;
        return answer.get();
      }
    }
    throw new CommandFailed(ExitCode.UNREACHABLE, failures);
  }

  /** Divides the rest of the time among the nodes that are left: one that hangs leaves time for the others. */
  private Duration share(long end, int left) {
    return Duration.ofNanos(Math.max(1_000_000, (end - nanos.getAsLong()) / left));
  }

  private <T> Optional<T> attempt(
      Try<T> attempt, NodeUrl node, Duration patience, List<String> failures) {
    try {
      return Optional.of(attempt.at(node, patience));
    } catch (NodeFailed failed) {
      failures.add(node + " " + failed.predicate());
      notes.detail(node + " " + failed.predicate());
      return Optional.empty();
    }
  }
}

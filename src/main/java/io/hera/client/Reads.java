package io.hera.client;

import io.hera.client.Outcome.Answered;
import io.hera.client.Outcome.Away;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/**
 * Reads something once: at the node in use or, if that does not serve, at others, until one answers or
 * the time is up. Owned by the loop.
 */
final class Reads {
  private static final Duration PER_NODE = Duration.ofSeconds(2);

  private final Calls calls;
  private final Nodes nodes;
  private final Ending ending;
  private final Duration patience;

  Reads(Calls calls, Nodes nodes, Ending ending, Duration patience) {
    this.calls = calls;
    this.nodes = nodes;
    this.ending = ending;
    this.patience = patience;
  }

  /** Makes a value of an answer with status 200; empty if no node of Hera answers like this. */
  interface Reader<T> extends Function<Source, Optional<T>> {}

  /** An answer, and the node that gave it. */
  record Source(Node node, Answer answer) {}

  /** Returns what the first node to answer says. Any thread may call. */
  <T> CompletableFuture<T> read(String target, Reader<T> reader) {
    Read<T> read = new Read<>(target, reader);
    calls.loop.execute(read::begin);
    return read.result;
  }

  /** One read on its way. */
  private final class Read<T> {
    private final String target;
    private final Reader<T> reader;
    private final CompletableFuture<T> result = ending.future();
    private final Set<Node> tried = new HashSet<>();
    private Optional<Call> call = Optional.empty();
    private boolean ended;

    Read(String target, Reader<T> reader) {
      this.target = target;
      this.reader = reader;
    }

    void begin() {
      calls.loop.after(patience, () -> fail(HeraProblem.unanswered(nodes.reasons())));
      calls.outage.pass(this, this::attempt);
    }

    private void attempt(Outage.Pass pass) {
      tried.clear();
      next(pass);
    }

    private void next(Outage.Pass pass) {
      Optional<Node> node = pass.isProbe()
          ? nodes.longestAsideBut(tried)
          : nodes.usableBut(tried, calls.loop.nanos());
      if (ended) {
        return;
      }
      if (node.isEmpty() || tried.size() >= pass.nodesMax) {
        calls.outage.pass(this, this::attempt);
        return;
      }
      tried.add(node.get());
      call = Optional.of(calls.send(
          node.get(), Request.get(target, PER_NODE), outcome -> take(node.get(), outcome, pass)));
    }

    private void take(Node node, Outcome outcome, Outage.Pass pass) {
      if (outcome instanceof Away) {
        next(pass);
      } else if (outcome instanceof Answered answered && answered.answer().status() == 200) {
        reader.apply(new Source(node, answered.answer())).ifPresentOrElse(this::succeed, () -> {
          calls.contacts.notHera(node, "its answer is not what a node answers");
          next(pass);
        });
      } else if (outcome instanceof Answered answered) {
        fail(HeraProblem.of(answered.answer()));
      }
    }

    private void succeed(T value) {
      end();
      ending.events().execute(() -> result.complete(value));
    }

    private void fail(HeraProblem problem) {
      if (!ended) {
        end();
        ending.events().execute(() -> result.completeExceptionally(new HeraException(problem)));
      }
    }

    private void end() {
      ended = true;
      calls.outage.leave(this);
      call.ifPresent(Call::cancel);
    }
  }
}

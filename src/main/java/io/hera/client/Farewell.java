package io.hera.client;

import io.hera.client.Outcome.Away;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Deregisters an instance: at the node of the newest heartbeat, or any other one; and at each node that
 * may have a write without an answer, because such a write may be later than a DELETE elsewhere. It
 * begins when no heartbeat is on its way. Owned by the loop.
 */
final class Farewell {
  private static final Duration PATIENCE = Duration.ofSeconds(1);

  private final Calls calls;
  private final Nodes nodes;
  private final Turns turns;
  private final Backoff backoff;
  private final OwnInstance instance;
  private final long endAt;
  private final Consumer<Boolean> then;
  private final Set<Node> open = new HashSet<>();
  private boolean confirmed;
  private boolean ended;

  /** Reports whether a node has confirmed it, at the latest after {@code longest}. */
  Farewell(Beats beats, Backoff backoff, OwnInstance instance, Terms terms) {
    this.calls = beats.calls();
    this.nodes = beats.nodes();
    this.turns = beats.farewells();
    this.backoff = backoff;
    this.instance = instance;
    this.endAt = calls.loop.nanos() + terms.longest().toNanos();
    this.then = terms.then();
    calls.loop.after(terms.longest(), this::end);
  }

  /** How long it may take, and what follows. */
  record Terms(Duration longest, Consumer<Boolean> then) {}

  void begin() {
    Set<Node> targets = new LinkedHashSet<>();
    instance
        .acceptedBy()
        .filter(node -> !node.isAside(calls.loop.nanos()))
        .or(() -> nodes.usable(calls.loop.nanos()))
        .or(nodes::current)
        .ifPresent(targets::add);
    targets.addAll(instance.doubtful());
    open.addAll(targets);
    if (targets.isEmpty()) {
      end();
    }
    targets.forEach(node -> send(node, node, 0));
  }

  /** Sends it in place of a target, which is the same node, or one that does not answer. */
  private void send(Node target, Node node, int failures) {
    turns.take(() -> {
      if (ended) {
        turns.done();
      } else {
        request(target, node, failures);
      }
    });
  }

  private void request(Node target, Node node, int failures) {
    Request request = Request.delete(BeatRequest.target(instance), PATIENCE);
    calls.send(node, request, outcome -> {
      turns.done();
      if (outcome instanceof Away) {
        again(target, failures + 1);
      } else {
        done(target);
      }
    });
  }

  private void done(Node target) {
    confirmed = true;
    open.remove(target);
    if (open.isEmpty()) {
      end();
    }
  }

  /** A node that may have a late write is asked again; otherwise any node will do. */
  private void again(Node target, int failures) {
    boolean mayHaveIt = instance.doubtful().contains(target);
    if (instance.acceptedBy().isEmpty() && !mayHaveIt && failures >= nodes.all().size()) {
      end();
      return;
    }
    Optional<Node> other =
        mayHaveIt ? Optional.empty() : nodes.usableBut(Set.of(target), calls.loop.nanos());
    if (other.isPresent() && failures <= nodes.all().size()) {
      send(target, other.get(), failures);
    } else {
      Duration pause = backoff.after(failures, Backoff.FIRST_CAP);
      if (calls.loop.nanos() + pause.toNanos() < endAt) {
        calls.loop.after(pause, () -> send(target, target, failures));
      }
    }
  }

  private void end() {
    if (!ended) {
      ended = true;
      then.accept(confirmed);
    }
  }
}

package io.hera.client;

import io.hera.client.Outcome.Answered;
import io.hera.client.Outcome.Away;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Finds out whether the nodes at which watches wait are alive: nothing else would show it until the wait
 * is over. A node that answers heartbeats, or anything else, is not asked. Owned by the loop.
 */
final class Pulse {
  /** A node that was silent for so long is asked. */
  static final Duration SILENCE = Duration.ofMillis(9_500);

  private static final Duration TICK = Duration.ofMillis(2_500);

  private static final double JITTER = 0.1;

  private final Calls calls;
  private final Backoff backoff;
  private final Supplier<Set<Node>> waitedFor;
  private final Set<Node> asked = new HashSet<>();
  private final Map<Node, Long> waitedForSince = new HashMap<>();

  Pulse(Calls calls, Backoff backoff, Supplier<Set<Node>> waitedFor) {
    this.calls = calls;
    this.backoff = backoff;
    this.waitedFor = waitedFor;
  }

  /** Begins; the pulse goes on until the loop ends. */
  void begin() {
    calls.loop.after(backoff.around(TICK, JITTER), this::beat);
  }

  private void beat() {
    long now = calls.loop.nanos();
    Set<Node> nodes = waitedFor.get();
    waitedForSince.keySet().retainAll(nodes);
    nodes.forEach(node -> waitedForSince.putIfAbsent(node, now));
    nodes.stream()
        .filter(node -> now - heardAt(node) > SILENCE.toNanos())
        .filter(asked::add)
        .forEach(node -> ask(node, 0));
    begin();
  }

  /** When the node has answered, or the wait has begun, if that was later. */
  private long heardAt(Node node) {
    long since = waitedForSince.getOrDefault(node, calls.loop.nanos());
    return node.health().answeredAt().filter(at -> at - since > 0).orElse(since);
  }

  /** A miss is repeated at once; the second one, or a node that is not ready, counts. */
  private void ask(Node node, int misses) {
    calls.ask(node, Request.readiness(), outcome -> {
      if (outcome instanceof Answered) {
        asked.remove(node);
      } else if (outcome instanceof Away away) {
        boolean spoke = away.problem().status() > 0;
        if (spoke || misses > 0) {
          asked.remove(node);
          calls.contacts.away(node, Optional.empty(), away.problem().detail());
        } else {
          ask(node, misses + 1);
        }
      }
    });
  }
}

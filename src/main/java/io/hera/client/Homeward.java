package io.hera.client;

import io.hera.client.Outcome.Answered;
import java.time.Duration;
import java.util.Optional;

/**
 * Brings a client back to the node that it prefers: while it uses another one, it asks every 30 s ± 50 %
 * whether a better one is ready. The client moves with its next natural request, so nothing is done at
 * once when a node is back. Owned by the loop.
 */
final class Homeward {
  private static final Duration PERIOD = Duration.ofSeconds(30);
  private static final double JITTER = 0.5;

  private final Calls calls;
  private final Nodes nodes;
  private final Backoff backoff;

  Homeward(Calls calls, Nodes nodes, Backoff backoff) {
    this.calls = calls;
    this.nodes = nodes;
    this.backoff = backoff;
  }

  /** Begins; it goes on until the loop ends. */
  void begin() {
    calls.loop.after(backoff.around(PERIOD, JITTER), this::look);
  }

  private void look() {
    if (!calls.outage.isOn()) {
      nodes.nearerHome(calls.loop.nanos()).ifPresent(this::ask);
    }
    begin();
  }

  private void ask(Node node) {
    calls.ask(node, Request.readiness(), outcome -> {
      if (outcome instanceof Answered) {
        nodes.use(node);
      } else if (outcome instanceof Outcome.Away away) {
        calls.contacts.away(node, Optional.empty(), away.problem().detail());
      }
    });
  }
}

package io.hera.cli.keep;

import io.hera.cli.nodes.InstanceName;
import io.hera.cli.reach.Notes;
import io.hera.client.ClientListener;
import io.hera.client.ClientStatus.NodeState;
import io.hera.client.ClientStatus.NodeStatus;
import io.hera.client.Document;
import io.hera.client.HeraClient;
import io.hera.client.HeraProblem;
import io.hera.client.Registration;
import java.time.Duration;
import java.util.Comparator;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Says on stderr how a registration stands, once per change. Used by the events' thread of the client alone. */
final class Changes implements ClientListener {
  private final HeraClient client;
  private final Duration ttl;
  private final Notes notes;
  private final CompletableFuture<HeraProblem> refusal = new CompletableFuture<>();
  private String last = "";
  private boolean accepted;

  Changes(HeraClient client, Duration ttl, Notes notes) {
    this.client = client;
    this.ttl = ttl;
    this.notes = notes;
  }

  /** Returns a future that completes if it is refused before any node has accepted it, after that was said. */
  CompletableFuture<HeraProblem> refusal() {
    return refusal;
  }

  /** Returns {@code SERVICE/ID}; the service alone while the id is not known. */
  static String name(Registration registration) {
    return new InstanceName(
            registration.service(), Optional.of(registration.id()).filter(id -> !id.isEmpty()))
        .toString();
  }

  /** Returns {@code 5 s} or {@code 0.5 s}. */
  static String seconds(Duration time) {
    return time.toMillis() % 1_000 == 0
        ? time.toSeconds() + " s"
        : time.toMillis() / 1_000.0 + " s";
  }

  @Override
  public void registrationChanged(Registration now) {
    Optional<HeraProblem> problem = now.problem();
    String why = problem.map(HeraProblem::toString).orElse("no node has answered");
    switch (now.state()) {
      case STARTING -> problem.ifPresent(any -> complain(now, "is not registered yet: " + why));
      case REGISTERED -> registered(now);
      case LATE -> complain(now, "was not renewed in time: " + why);
      case LOST -> complain(now, "was not renewed for its ttl, others may not see it: " + why);
      case REFUSED -> {
        complain(now, "is refused: " + why);
        if (!accepted) {
          problem.ifPresent(refusal::complete);
        }
      }
      case PAUSED, CLOSED -> {}
    }
  }

  /** A heartbeat that was missed once is made up for: it is not mentioned. */
  private void registered(Registration now) {
    accepted = true;
    if (now.problem().isEmpty() && isNew("registered")) {
      notes.say(name(now) + " is registered at " + node() + ", every " + seconds(ttl.dividedBy(3)));
    }
  }

  @Override
  public void overwritten(Registration mine, Document theirs) {
    complain(mine, "has another document at " + node() + ": another process may register it");
  }

  private void complain(Registration registration, String predicate) {
    if (isNew(predicate)) {
      notes.complain(name(registration) + " " + predicate);
    }
  }

  private boolean isNew(String predicate) {
    boolean other = !predicate.equals(last);
    last = predicate;
    return other;
  }

  /** Returns the node that has answered last. */
  private String node() {
    return client.status().nodes().stream()
        .filter(node -> node.state() == NodeState.ANSWERS)
        .min(Comparator.comparing(node -> node.lastAnswerAge().orElse(Duration.ofDays(1))))
        .map(NodeStatus::url)
        .orElse("a node");
  }
}

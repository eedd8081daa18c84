package io.hera.client;

import io.hera.client.CacheCommand.AskAgain;
import io.hera.client.CacheCommand.AskOther;
import io.hera.client.CacheCommand.AskStatus;
import io.hera.client.CacheCommand.Move;
import io.hera.client.CacheCommand.WakeAt;
import io.hera.client.CacheEvent.Confirmed;
import io.hera.client.CacheEvent.Differed;
import io.hera.client.CacheEvent.NoOther;
import io.hera.client.CacheEvent.OnlyNode;
import io.hera.client.CacheEvent.Silent;
import io.hera.client.CacheEvent.StatusKnown;
import io.hera.client.CacheEvent.Woken;
import io.hera.json.JsonFields;
import io.hera.json.Malformed;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** Asks what the {@link CacheRule} of a watch wants to know. Owned by the loop. */
final class RuleCommands {
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private final Watch watch;
  private final WatchedService service;
  private final Watch.Parts parts;
  private final Set<Call> open = new HashSet<>();
  private Optional<Loop.Timer> wake = Optional.empty();
  private Optional<Loop.Timer> again = Optional.empty();
  private Optional<Loop.Timer> other = Optional.empty();

  RuleCommands(Watch watch, WatchedService service, Watch.Parts parts) {
    this.watch = watch;
    this.service = service;
    this.parts = parts;
  }

  void close() {
    Set.copyOf(open).forEach(Call::cancel);
    wake.ifPresent(Loop.Timer::cancel);
    again.ifPresent(Loop.Timer::cancel);
    other.ifPresent(Loop.Timer::cancel);
  }

  void run(CacheCommand command) {
    if (command instanceof WakeAt at) {
      wake.ifPresent(Loop.Timer::cancel);
      Duration left = Duration.ofNanos(Math.max(0, at.nanos() - loop().nanos()));
      wake = Optional.of(loop().after(left, () -> watch.on(new Woken())));
    } else if (command instanceof AskAgain ask) {
      again.ifPresent(Loop.Timer::cancel);
      again = Optional.of(loop().after(ask.delay(), watch::askPlainly));
    } else if (command instanceof AskStatus ask) {
      node(ask.node()).ifPresent(this::askStatus);
    } else if (command instanceof AskOther ask) {
      other.ifPresent(Loop.Timer::cancel);
      other = Optional.of(loop().after(ask.delay(), () -> askOther(ask)));
    } else if (command instanceof Move move) {
      node(move.node()).ifPresent(watch::moveTo);
    }
  }

  private void askStatus(Node node) {
    ask(node, Request.get("/_status", PATIENCE), outcome -> {
      boolean answered = outcome instanceof Outcome.Answered;
      watch.on(new StatusKnown(
          node.toString(),
          answered ? settled(((Outcome.Answered) outcome).answer()) : Reply.Settled.NO));
    });
  }

  private Reply.Settled settled(Answer status) {
    try {
      JsonFields json = JsonFields.parse(status.body());
      return json.flag("ready", false)
          ? watch.settled(json.number("uptime_seconds", 0))
          : Reply.Settled.NO;
    } catch (Malformed flaw) {
      return Reply.Settled.NO;
    }
  }

  private void askOther(AskOther ask) {
    Set<Node> asked = new HashSet<>();
    ask.except().forEach(url -> node(url).ifPresent(asked::add));
    Optional<Node> next = parts.nodes().all().stream()
        .filter(node -> !asked.contains(node) && !node.isAside(loop().nanos()))
        .findFirst();
    if (next.isPresent()) {
      askOther(ask, next.get());
    } else {
      boolean single = parts.nodes().all().size() == 1;
      watch.on(single ? new OnlyNode(ask.question()) : new NoOther(ask.question()));
    }
  }

  private void askOther(AskOther ask, Node node) {
    Request plain = Request.get(service.target(), PATIENCE);
    Request request = ask.tag().isEmpty() ? plain : plain.with("if-none-match", ask.tag());
    ask(node, request, outcome -> watch.on(opinion(ask.question(), node, outcome)));
  }

  private CacheEvent opinion(int question, Node node, Outcome outcome) {
    if (outcome instanceof Outcome.Answered answered) {
      Answer answer = answered.answer();
      if (answer.status() == 304) {
        return new Confirmed(question, node.toString(), watch.settled(answer));
      }
      if (answer.status() == 200
          && Listing.read(service.name(), answer.body()) instanceof Listing.Instances listed) {
        String tag = answer.header("etag").orElse("");
        return new Differed(
            question, new Reply(node.toString(), tag, listed.instances(), watch.settled(answer)));
      }
    }
    return new Silent(question, node.toString());
  }

  private void ask(Node node, Request request, Consumer<Outcome> then) {
    Call[] call = new Call[1];
    call[0] = parts.calls().send(node, request, outcome -> {
      open.remove(call[0]);
      then.accept(outcome);
    });
    open.add(call[0]);
  }

  private Optional<Node> node(String url) {
    return parts.nodes().all().stream()
        .filter(node -> node.toString().equals(url))
        .findFirst();
  }

  private Loop loop() {
    return parts.calls().loop;
  }
}

package io.hera.client;

import io.hera.client.CacheCommand.AskOther;
import io.hera.client.CacheEvent.Confirmed;
import io.hera.client.CacheEvent.Differed;
import io.hera.client.CacheEvent.OnlyNode;
import io.hera.client.CacheEvent.Opinion;
import io.hera.client.CacheEvent.Silent;
import io.hera.client.Reply.Settled;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The question to other nodes whether they show the same as the newest answer. At most one is open,
 * and at most two nodes are asked, one after the other. Owned by a {@link CacheRule}.
 */
final class SecondOpinion {
  private static final int OTHERS_MAX = 2;

  /** The result of an opinion. */
  sealed interface Step {
    /** The next node has to be asked. */
    record Ask(AskOther command) implements Step {}

    /** It counts only if that node is settled, and that is not known yet. */
    record AskStatus(String node) implements Step {}

    /** The newest answer is right: what it lacks is gone. */
    record Right() implements Step {}

    /** Another node shows something else. */
    record Other(Reply reply) implements Step {}

    /** No other node can say. */
    record Unknown() implements Step {}
  }

  private final Set<String> asked = new HashSet<>();
  private int number;
  private boolean open;
  private Reply answer = new Reply("", "", List.of(), Settled.UNKNOWN);
  private Optional<Opinion> waiting = Optional.empty();

  boolean isOpen() {
    return open;
  }

  /** Opens the question about an answer. */
  AskOther open(Reply newest, Duration delay) {
    number++;
    open = true;
    answer = newest;
    asked.clear();
    asked.add(newest.node());
    return ask(delay);
  }

  private AskOther ask(Duration delay) {
    waiting = Optional.empty();
    return new AskOther(number, answer.tag(), asked, delay);
  }

  /** Closes the question: opinions that come later are ignored. */
  void close() {
    open = false;
    waiting = Optional.empty();
  }

  /** Returns what follows from an opinion; empty if it answers an earlier question. */
  Optional<Step> weigh(Opinion opinion) {
    return open && opinion.question() == number ? Optional.of(step(opinion)) : Optional.empty();
  }

  /** Returns what follows when it is known whether a node is settled; empty if that was not asked for this question. */
  Optional<Step> statusKnown(String node, Settled settled) {
    return waiting.filter(opinion -> nodeOf(opinion).equals(node)).map(opinion -> {
      waiting = Optional.empty();
      return step(
          opinion instanceof Differed differed
              ? differed.with(settled)
              : new Confirmed(number, node, settled));
    });
  }

  private Step step(Opinion opinion) {
    if (opinion instanceof Confirmed confirmed) {
      return switch (confirmed.settled()) {
        case YES -> closing(new Step.Right());
        case NO -> next(confirmed.node());
        case UNKNOWN -> askStatus(opinion);
      };
    }
    if (opinion instanceof Differed differed) {
      return switch (differed.reply().settled()) {
        case YES -> closing(new Step.Other(differed.reply()));
        case NO ->
          differed.reply().instances().size() > answer.instances().size()
              ? closing(new Step.Other(differed.reply()))
              : next(differed.reply().node());
        case UNKNOWN -> askStatus(opinion);
      };
    }
    if (opinion instanceof Silent silent) {
      return next(silent.node());
    }
    return closing(opinion instanceof OnlyNode ? new Step.Right() : new Step.Unknown());
  }

  private Step askStatus(Opinion opinion) {
    waiting = Optional.of(opinion);
    return new Step.AskStatus(nodeOf(opinion));
  }

  private Step next(String node) {
    asked.add(node);
    return asked.size() <= OTHERS_MAX
        ? new Step.Ask(ask(Duration.ZERO))
        : closing(new Step.Unknown());
  }

  private Step closing(Step step) {
    close();
    return step;
  }

  private static String nodeOf(Opinion opinion) {
    if (opinion instanceof Confirmed confirmed) {
      return confirmed.node();
    }
    return opinion instanceof Differed differed ? differed.reply().node() : "";
  }
}

package io.hera.client;

import io.hera.client.CacheCommand.AskAgain;
import io.hera.client.CacheCommand.AskStatus;
import io.hera.client.CacheCommand.Move;
import io.hera.client.CacheCommand.Show;
import io.hera.client.CacheCommand.WakeAt;
import io.hera.client.CacheEvent.Answered;
import io.hera.client.CacheEvent.Opinion;
import io.hera.client.CacheEvent.StatusKnown;
import io.hera.client.CacheEvent.Unchanged;
import io.hera.client.CacheEvent.Woken;
import io.hera.client.Reply.Settled;
import io.hera.client.Snapshot.Freshness;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.random.RandomGenerator;

/**
 * The rule by which the answers of nodes change what a view shows: events in, commands out, without
 * I/O, threads or clocks. One per view; its owner calls it from one thread.
 *
 * <p><b>Idea.</b> An answer is right about the instances that it has. It can be wrong about those that
 * it lacks: the node has just started and waits for heartbeats, is cut off from its peers, or was
 * wiped. Callers suffer far more from a living instance that is missing than from a dead one that is
 * shown, because they can call another one. So an answer adds and changes at once, and takes away only
 * what it can prove. An instance that an answer lacks, and that is not proven to be gone, is held: it is
 * shown, and marked.
 *
 * <ol>
 *   <li>The first answer is taken as it is, even if it is empty.
 *   <li>New and changed instances count at once, from any node.
 *   <li>A node is settled if it is ready and up for a grace period (60 s): each living instance
 *       has sent it, or a peer of it, a heartbeat. A settled node that lacks at most half of the
 *       instances is believed at once. In the first answer after a change of nodes, it is asked once
 *       more after 2 s, because nodes are apart by milliseconds.
 *   <li>A settled node that lacks more than half has to be confirmed: another node is asked whether it
 *       shows the same, after up to 500 ms, so that not all clients ask at once. Nodes with the same content
 *       have the same tag, so this costs a 304. An instance that two settled nodes lack is gone. If the
 *       other node has more instances, the view moves there. A cluster of one node confirms itself. This
 *       doubt lasts until answers lack none any more: a node that lost all fills up, and passes half.
 *   <li>Without proof, a held instance is dropped when answers have lacked it for a grace period.
 *       Heartbeats come within 30 s after a total loss, so a cluster that comes back with nothing
 *       empties no view, also while it fills up.
 *   <li>While no node answers, everything stays, with no end, and the grace period stands still.
 * </ol>
 *
 * <p><b>Trade-off.</b> A cluster of which only one of several nodes is left shows a service that was
 * scaled to zero for up to a grace period longer. A grace period of zero switches 3 to 5 off: then each
 * answer is the truth.
 *
 * <p><b>Suspension.</b> A process that was stopped for minutes wakes up with a timer that is late and an
 * answer that was not read yet. So a late timer drops nothing; the next one, 2 s later, does.
 */
final class CacheRule {
  /** How far the contents of nodes may be apart in time, generously. */
  static final Duration SETTLE = Duration.ofSeconds(2);

  /** Over which time the second opinions of all clients are spread. */
  static final Duration OPINION_SPREAD = Duration.ofMillis(500);

  private static final long LATE_NANOS = Duration.ofSeconds(1).toNanos();

  private final String service;
  private final Duration grace;
  private final RandomGenerator random;
  private final KnownInstances known = new KnownInstances();
  private final SecondOpinion opinion = new SecondOpinion();
  private final List<CacheCommand> commands = new ArrayList<>();

  private Snapshot current;
  private Freshness freshness = Freshness.COLD;
  private Optional<Reply> newest = Optional.empty();
  private long now;

  /** The clock of {@link KnownInstances}: it runs while the view is fresh. */
  private long freshNanos;

  /** Until when the node is new to this view. */
  private long newUntil;

  private boolean askedAgain;
  private OptionalLong wakeAt = OptionalLong.empty();

  /**
   * Creates the rule of a view.
   *
   * @param grace how long an instance is held without proof; zero switches holding off
   */
  CacheRule(String service, Duration grace, RandomGenerator random, long nowNanos) {
    this.service = service;
    this.grace = grace;
    this.random = random;
    this.now = nowNanos;
    this.newUntil = nowNanos;
    this.current = Snapshot.cold(service, nowNanos);
  }

  /** Returns what the view shows. */
  Snapshot current() {
    return current;
  }

  /** Takes an event; returns the commands that follow from it, in their order. */
  List<CacheCommand> on(CacheEvent event, long nowNanos) {
    commands.clear();
    freshNanos += freshness == Freshness.FRESH ? nowNanos - now : 0;
    now = nowNanos;
    handle(event);
    show();
    planWake();
    return List.copyOf(commands);
  }

  private void handle(CacheEvent event) {
    if (event instanceof Answered answered) {
      take(answered.reply());
    } else if (event instanceof Unchanged same) {
      newest.ifPresent(reply -> take(reply.by(same.node(), same.settled())));
    } else if (event instanceof StatusKnown status) {
      learn(status.node(), status.settled() == Settled.YES ? Settled.YES : Settled.NO);
    } else if (event instanceof Opinion given) {
      opinion.weigh(given).ifPresent(this::follow);
    } else if (event instanceof Woken) {
      dropOverdue();
    } else if (freshness == Freshness.FRESH) {
      freshness = Freshness.HELD;
      opinion.close();
    }
  }

  /** Takes the newest answer of the node that is followed. */
  private void take(Reply reply) {
    boolean sameNode = newest.filter(last -> last.node().equals(reply.node())).isPresent();
    boolean sameTag = newest.filter(last -> last.tag().equals(reply.tag())).isPresent();
    if (freshness == Freshness.HELD || (newest.isPresent() && !sameNode)) {
      doubt();
    }
    if (!sameNode || !sameTag || reply.tag().isEmpty()) {
      opinion.close();
    }
    freshness = Freshness.FRESH;
    newest = Optional.of(reply);
    known.take(reply.instances(), freshNanos);
    judge(reply);
  }

  /** Begins the time in which the node is new to this view. */
  private void doubt() {
    newUntil = now + SETTLE.toNanos();
    askedAgain = false;
  }

  /** Decides on the instances that the newest answer lacks. */
  private void judge(Reply reply) {
    if (!known.lacksSome()) {
      opinion.close();
    } else if (grace.isZero()) {
      known.dropMissing();
    } else if (reply.settled() == Settled.UNKNOWN) {
      commands.add(new AskStatus(reply.node()));
    } else if (reply.settled() == Settled.YES) {
      judgeSettled(reply);
    }
  }

  private void judgeSettled(Reply reply) {
    if (reply.instances().isEmpty() || known.lackedMost()) {
      if (!opinion.isOpen()) {
        long delay = random.nextLong(OPINION_SPREAD.toNanos());
        commands.add(opinion.open(reply, Duration.ofNanos(delay)));
      }
    } else if (now - newUntil >= 0) {
      known.dropMissing();
    } else if (!askedAgain) {
      askedAgain = true;
      commands.add(new AskAgain(Duration.ofNanos(newUntil - now)));
    }
  }

  private void learn(String node, Settled settled) {
    opinion.statusKnown(node, settled).ifPresent(this::follow);
    newest
        .filter(reply -> reply.node().equals(node) && reply.settled() == Settled.UNKNOWN)
        .ifPresent(reply -> {
          newest = Optional.of(reply.with(settled));
          judge(reply.with(settled));
        });
  }

  private void follow(SecondOpinion.Step step) {
    if (step instanceof SecondOpinion.Step.Ask ask) {
      commands.add(ask.command());
    } else if (step instanceof SecondOpinion.Step.AskStatus ask) {
      commands.add(new AskStatus(ask.node()));
    } else if (step instanceof SecondOpinion.Step.Right) {
      known.dropMissing();
    } else if (step instanceof SecondOpinion.Step.Other other) {
      compare(other.reply());
    }
  }

  /** Weighs the newest answer against that of another node: the fuller one wins. */
  private void compare(Reply other) {
    if (other.settled() == Settled.YES) {
      known.dropMissingExcept(other.instances());
    }
    if (other.instances().size() > newest.orElseThrow().instances().size()) {
      doubt();
      newest = Optional.of(other);
      known.take(other.instances(), freshNanos);
      commands.add(new Move(other.node(), other.tag()));
      judge(other);
    }
  }

  private void dropOverdue() {
    boolean late = wakeAt.isPresent() && now - wakeAt.getAsLong() > LATE_NANOS;
    wakeAt = OptionalLong.empty();
    if (late) {
      wakeAt = OptionalLong.of(now + SETTLE.toNanos());
      commands.add(new WakeAt(wakeAt.getAsLong()));
    } else if (freshness == Freshness.FRESH) {
      known.dropMissingFor(grace, freshNanos);
    }
  }

  private void show() {
    Reply reply = newest.orElse(new Reply("", "", List.of(), Settled.UNKNOWN));
    long since = current.freshness() == freshness ? current.sinceNanos() : now;
    Snapshot next =
        new Snapshot(service, known.list(), reply.tag(), reply.node(), freshness, since);
    if (!next.equals(current)) {
      current = next;
      commands.add(0, new Show(next));
    }
  }

  /** Wakes up when the first of the missing instances is overdue. */
  private void planWake() {
    OptionalLong since = known.firstMissingSince();
    if (freshness != Freshness.FRESH || since.isEmpty()) {
      wakeAt = OptionalLong.empty();
      return;
    }
    long due = now + Math.max(0, since.getAsLong() + grace.toNanos() - freshNanos);
    if (wakeAt.isEmpty() || due - wakeAt.getAsLong() > 0) {
      wakeAt = OptionalLong.of(due);
      commands.add(new WakeAt(due));
    }
  }
}

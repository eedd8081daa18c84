package io.hera.client;

import io.hera.client.CacheEvent.Answered;
import io.hera.client.CacheEvent.Lost;
import io.hera.client.CacheEvent.Unchanged;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * Follows a service at one node at a time: it asks with the tag of the last answer, and the node answers
 * when the content is another, or when the wait is over. What the answers mean is up to the {@link
 * CacheRule}. Owned by the loop.
 *
 * <p>Nodes with the same content have the same tag, so the next node answers nothing when a node dies,
 * unless something has changed. The watches of all clients come to it within the spread, not at once.
 */
final class Watch implements Contacts.Follower {
  /** The middle of the waits: clients that began together do not come back together. */
  static final Duration WAIT = Duration.ofSeconds(40);

  private static final double WAIT_JITTER = 0.25;
  private static final Duration FIRST_WAIT = Duration.ofSeconds(11);
  private static final double FIRST_JITTER = 0.8;

  /** A node may wait a sixteenth longer, so as to spread its answers. */
  private static final int NODE_JITTER = 16;

  private static final Duration MARGIN = Duration.ofSeconds(3);
  private static final Duration PLAIN_PATIENCE = Duration.ofSeconds(5);
  private static final Duration POLL = Duration.ofMillis(4_500);
  private static final Duration POLL_FULL = Duration.ofMillis(7_500);
  private static final double POLL_JITTER = 1 / 3.0;

  private final WatchedService service;
  private final Parts parts;
  private final CacheRule rule;
  private final RuleCommands commands;
  private final Spacing spacing;
  private final Set<Node> withoutRoom = new HashSet<>();
  private Optional<Call> poll = Optional.empty();
  private Optional<Loop.Timer> pause = Optional.empty();

  /** How long the node was asked to wait; zero if it was asked for an answer at once. */
  private Duration wait = Duration.ZERO;

  private boolean plainNext;
  private boolean closed;
  private int refusals;

  /** What all watches of a client share. */
  record Parts(Calls calls, Nodes nodes, Backoff backoff, Timing timing) {}

  /** Follows what a watch shows; called on the loop. */
  interface Follower {
    void shows(Snapshot snapshot);

    /** A node refuses the question. */
    void refused(HeraProblem problem);
  }

  private final Follower follower;

  Watch(WatchedService service, Parts parts, CacheRule rule, Follower follower) {
    this.service = service;
    this.parts = parts;
    this.rule = rule;
    this.follower = follower;
    this.spacing = new Spacing(now());
    this.commands = new RuleCommands(this, service, parts);
  }

  void begin() {
    next(Duration.ZERO);
  }

  void close() {
    closed = true;
    stop();
    commands.close();
    parts.calls().outage.leave(this);
  }

  /** Returns the node at which it waits for a change; empty if it does not wait. */
  Optional<Node> waitsAt() {
    return wait.isZero() ? Optional.empty() : poll.map(Call::node);
  }

  @Override
  public void wentAside(Node node) {
    if (poll.isPresent() && !poll.get().isOver() && poll.get().node() == node) {
      lost();
    }
  }

  @Override
  public void answers(Node node) {}

  /** Asks the followed node once more, without waiting for a change. */
  void askPlainly() {
    plainNext = true;
    stop();
    next(Duration.ZERO);
  }

  /** Follows the service at this node from now on. */
  void moveTo(Node node) {
    parts.nodes().use(node);
    stop();
    next(Duration.ZERO);
  }

  /** Hands an event to the rule, and does what follows from it. */
  void on(CacheEvent event) {
    if (!closed) {
      rule.on(event, now()).forEach(this::follow);
    }
  }

  private void follow(CacheCommand command) {
    if (command instanceof CacheCommand.Show show) {
      follower.shows(show.snapshot());
    } else {
      commands.run(command);
    }
  }

  private void next(Duration after) {
    pause.ifPresent(Loop.Timer::cancel);
    pause = Optional.of(parts
        .calls()
        .loop
        .after(after, () -> parts.calls().outage.pass(this, this::ask)));
  }

  private void stop() {
    poll.ifPresent(Call::cancel);
    poll = Optional.empty();
    wait = Duration.ZERO;
    pause.ifPresent(Loop.Timer::cancel);
    parts.calls().outage.leave(this);
  }

  private void ask(Outage.Pass pass) {
    Optional<Node> node = pass.isProbe()
        ? parts.nodes().longestAsideBut(Set.of())
        : parts.nodes().usableBut(withoutRoom, now()).or(() -> parts.nodes().usable(now()));
    if (closed || node.isEmpty()) {
      return;
    }
    String tag = rule.current().tag();
    boolean plain = pass.isProbe() || plainNext || !mayWait(node.get(), tag);
    wait = plain ? Duration.ZERO : nextWait();
    plainNext = false;
    Request request = request();
    long askedAt = now();
    Node asked = node.get();
    poll = Optional.of(parts
        .calls()
        .send(
            asked,
            tag.isEmpty() ? request : request.with("if-none-match", tag),
            outcome -> ended(asked, outcome, askedAt)));
  }

  private boolean mayWait(Node node, String tag) {
    return !tag.isEmpty() && node.kind() != Node.Kind.OF_2012 && !withoutRoom.contains(node);
  }

  /** At another node, only its first answer shows that it has the same; so that one comes sooner. */
  private Duration nextWait() {
    return rule.current().freshness() == Snapshot.Freshness.HELD
        ? parts.backoff().around(FIRST_WAIT, FIRST_JITTER)
        : parts.backoff().around(WAIT, WAIT_JITTER);
  }

  private Request request() {
    if (wait.isZero()) {
      return Request.get(service.target(), PLAIN_PATIENCE);
    }
    String target = service.target();
    return Request.get(
        target + (target.contains("?") ? "&" : "?") + "wait=" + wait.toMillis() + "ms",
        wait.plus(wait.dividedBy(NODE_JITTER)).plus(MARGIN));
  }

  private void ended(Node node, Outcome outcome, long askedAt) {
    boolean early = now() - askedAt < wait.toNanos() / 2;
    wait = Duration.ZERO;
    poll = Optional.empty();
    if (outcome instanceof Outcome.Answered answered) {
      answered(node, answered.answer(), early);
    } else {
      lost();
    }
  }

  private void answered(Node node, Answer answer, boolean early) {
    switch (answer.status()) {
      case 200 -> listed(node, answer);
      case 304 -> unchanged(node, answer, early);
      case 503 -> hasNoRoom(node);
      case 404 -> {
        parts.calls().contacts.notHera(node, "it answered 404 for a service");
        lost();
      }
      default -> refused(HeraProblem.of(answer));
    }
  }

  private void listed(Node node, Answer answer) {
    Listing listing = Listing.read(service.name(), answer.body());
    if (listing instanceof Listing.Instances instances) {
      refusals = 0;
      Duration quiet = spacing.take(answer.transferred(), now());
      String tag = answer.header("etag").orElse("");
      next(tag.isEmpty() || withoutRoom.contains(node) ? pollPause(node) : quiet);
      on(new Answered(new Reply(node.toString(), tag, instances.instances(), settled(answer))));
    } else if (listing instanceof Listing.Flawed flawed) {
      parts
          .calls()
          .contacts
          .notHera(node, "its answer is not a list of instances: " + flawed.reason());
      lost();
    }
  }

  /** A node that answers early is stopping: it would do so again at once. */
  private void unchanged(Node node, Answer answer, boolean early) {
    refusals = 0;
    if (early) {
      parts.calls().contacts.away(node, Optional.empty(), "it ends its waits");
      lost();
    } else {
      next(withoutRoom.contains(node) ? pollPause(node) : Duration.ZERO);
      on(new Unchanged(node.toString(), settled(answer)));
    }
  }

  /** Asks another node at once; if none has room, without waiting, now and then. */
  private void hasNoRoom(Node node) {
    withoutRoom.add(node);
    boolean all = parts.nodes().usableBut(withoutRoom, now()).isEmpty();
    next(all ? pollPause(node) : Duration.ZERO);
    parts.calls().loop.after(Duration.ofMinutes(1), () -> withoutRoom.remove(node));
  }

  private void refused(HeraProblem problem) {
    follower.refused(problem);
    on(new Lost());
    next(parts.backoff().after(refusals++, Backoff.CAP));
  }

  private void lost() {
    stop();
    on(new Lost());
    next(parts.backoff().upTo(parts.timing().spread()));
  }

  private Duration pollPause(Node node) {
    return parts.backoff().around(withoutRoom.contains(node) ? POLL_FULL : POLL, POLL_JITTER);
  }

  /** Returns whether the node is up for so long that it knows all instances, if the answer says so. */
  Reply.Settled settled(Answer answer) {
    try {
      return answer
          .header("hera-uptime")
          .map(seconds -> settled(Long.parseLong(seconds)))
          .orElse(Reply.Settled.UNKNOWN);
    } catch (NumberFormatException flaw) {
      return Reply.Settled.UNKNOWN;
    }
  }

  Reply.Settled settled(long uptimeSeconds) {
    return uptimeSeconds >= parts.timing().grace().toSeconds()
        ? Reply.Settled.YES
        : Reply.Settled.NO;
  }

  private long now() {
    return parts.calls().loop.nanos();
  }
}

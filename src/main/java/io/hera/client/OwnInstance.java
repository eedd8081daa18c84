package io.hera.client;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;

/**
 * An instance that this client keeps registered: its newest document, what nodes have accepted of it,
 * and when its next heartbeat is due. Any thread may change the document and read the condition; all
 * else belongs to the loop.
 */
final class OwnInstance {
  /** The wish of its owner. */
  enum Life {
    /** Its host, or its first health check, is awaited. */
    WAITING,
    LIVE,
    PAUSED,
    CLOSED
  }

  /**
   * How it stands.
   *
   * @param acceptedAt nanoseconds of the newest heartbeat that a node accepted
   */
  record Condition(
      Registration.State state, Optional<HeraProblem> problem, OptionalLong acceptedAt) {}

  /** The newest document; the revision grows with each change. */
  private record Revision(Document document, long number) {}

  /** Follows the condition; called on the loop. */
  interface Follower {
    void changed(Condition before, Condition after);

    /** A node has another document for it. */
    void overwritten(Document theirs);
  }

  private static final long NEVER = -1;
  private static final int BEATS_PER_TTL = 3;

  final String service;
  final Duration ttl;
  private final Loop loop;
  private final Follower follower;
  private final Lateness lateness;
  private final AtomicReference<Revision> newest;
  private volatile String id;
  private volatile Condition condition =
      new Condition(Registration.State.STARTING, Optional.empty(), OptionalLong.empty());
  private volatile boolean down;
  private Life life = Life.WAITING;
  private Duration period;
  private long dueAt;
  private long sentRevision = NEVER;
  private long acceptedRevision = NEVER;
  private int misses;
  private boolean stopped;
  private Optional<String> tag = Optional.empty();
  private Optional<Node> acceptedBy = Optional.empty();
  private final Map<Node, Long> unansweredAt = new HashMap<>();

  OwnInstance(Offer offer, Loop loop, Follower follower) {
    this.service = offer.service();
    this.id = offer.id();
    this.ttl = offer.ttl();
    this.loop = loop;
    this.follower = follower;
    this.lateness = new Lateness(loop, ttl, state -> set(state, condition.problem()));
    this.newest = new AtomicReference<>(new Revision(offer.document(), 0));
    this.period = offer.ttl().dividedBy(BEATS_PER_TTL);
    this.dueAt = loop.nanos();
  }

  String id() {
    return id;
  }

  Condition condition() {
    return condition;
  }

  private Revision newest() {
    return Objects.requireNonNull(newest.get());
  }

  /** Returns the newest document, as its owner made it. */
  Document document() {
    return newest().document();
  }

  /** Changes the document, in the thread of the caller. */
  void update(UnaryOperator<Document> change) {
    newest.updateAndGet(
        before -> new Revision(change.apply(before.document()), before.number() + 1));
  }

  /** The host of an offer that had none is known. */
  void locate(Offer offer) {
    id = offer.id();
    update(document ->
        offer.document().get("host").map(host -> document.with("host", host)).orElse(document));
  }

  Life life() {
    return life;
  }

  /** Sets the wish of its owner; the next heartbeat of a living instance is due at once. */
  void become(Life wanted) {
    life = wanted;
    switch (wanted) {
      case WAITING -> {}
      case LIVE -> {
        acceptedRevision = NEVER;
        set(Registration.State.STARTING, Optional.empty());
        dueNow();
      }
      case PAUSED, CLOSED -> {
        lateness.cancel();
        set(
            wanted == Life.PAUSED ? Registration.State.PAUSED : Registration.State.CLOSED,
            Optional.empty());
      }
    }
  }

  /** Sets whether the document says that the instance is down. */
  void setHealth(boolean healthy) {
    if (down == healthy) {
      down = !healthy;
      update(UnaryOperator.identity());
      dueNow();
    }
  }

  /** The next heartbeat is due at once, also if nodes have refused the earlier document. */
  void dueNow() {
    stopped = false;
    dueAt = loop.nanos();
  }

  /** Returns whether heartbeats are sent. */
  boolean isActive() {
    return life == Life.LIVE && !stopped;
  }

  long dueAt() {
    return dueAt;
  }

  Duration period() {
    return period;
  }

  /** Returns whether the next heartbeat has the document: no node has it, or it may have expired. */
  boolean needsDocument() {
    return acceptedRevision != newest().number() || isExpired();
  }

  private boolean isExpired() {
    OptionalLong at = condition.acceptedAt();
    return at.isEmpty() || loop.nanos() - at.getAsLong() >= ttl.toNanos();
  }

  /** Returns the document to send now. */
  byte[] toSend() {
    Revision now = newest();
    sentRevision = now.number();
    return (down ? now.document().with("status", "down") : now.document()).bytes();
  }

  /** A renewal is sent now. */
  void renewalSent() {
    sentRevision = acceptedRevision;
  }

  /** A node has accepted the heartbeat that was sent. */
  void accepted(Node node, Duration next) {
    misses = 0;
    acceptedRevision = sentRevision;
    acceptedBy = Optional.of(node);
    dueAt = needsNewDocument() ? loop.nanos() : loop.nanos() + next.toNanos();
    condition =
        new Condition(condition.state(), condition.problem(), OptionalLong.of(loop.nanos()));
    if (life == Life.LIVE) {
      set(Registration.State.REGISTERED, Optional.empty());
      lateness.watch(period);
    }
  }

  private boolean needsNewDocument() {
    return acceptedRevision != newest().number();
  }

  /** The node says how long the instance lives: it may have moved the ttl into its bounds. */
  void livesFor(Duration granted) {
    Duration shorter = granted.compareTo(ttl) < 0 ? granted : ttl;
    period = shorter.dividedBy(BEATS_PER_TTL);
  }

  /** The node does not know the instance. */
  void unknown() {
    acceptedRevision = NEVER;
  }

  /** No node has taken the heartbeat; the next one comes after this time. */
  void missed(HeraProblem problem, Duration next) {
    misses++;
    dueAt = loop.nanos() + next.toNanos();
    if (life == Life.LIVE) {
      set(condition.state(), Optional.of(problem));
    }
  }

  int misses() {
    return misses;
  }

  /** A node refuses the instance; the next heartbeat comes after this time, if there is one. */
  void refused(HeraProblem problem, Optional<Duration> next) {
    misses++;
    acceptedRevision = NEVER;
    stopped = next.isEmpty() && sentRevision == newest().number();
    dueAt = loop.nanos() + next.orElse(Duration.ZERO).toNanos();
    if (life == Life.LIVE || life == Life.WAITING) {
      lateness.cancel();
      set(Registration.State.REFUSED, Optional.of(problem));
    }
  }

  /** A write to this node has ended without an answer: it may come into effect still. */
  void unanswered(Node node) {
    unansweredAt.put(node, loop.nanos());
  }

  /** Returns the nodes that may have a write of which this client does not know. */
  Set<Node> doubtful() {
    unansweredAt.values().removeIf(at -> loop.nanos() - at > ttl.toNanos());
    return Set.copyOf(unansweredAt.keySet());
  }

  Optional<Node> acceptedBy() {
    return acceptedBy;
  }

  /** Returns the tag of the document that the nodes have from this client. */
  Optional<String> tag() {
    return tag;
  }

  void setTag(Optional<String> now) {
    tag = now;
  }

  /** A node has this document instead of the one that was sent. */
  void overwritten(Document theirs) {
    follower.overwritten(theirs);
  }

  /** Takes over the document that a node has, as if it had been sent from here. */
  void adopt(Document theirs) {
    Revision now = newest.updateAndGet(before -> new Revision(theirs, before.number() + 1));
    acceptedRevision = now.number();
  }

  private void set(Registration.State state, Optional<HeraProblem> problem) {
    Condition before = condition;
    condition = new Condition(state, problem, before.acceptedAt());
    if (before.state() != state || !before.problem().equals(problem)) {
      follower.changed(before, condition);
    }
  }

  @Override
  public String toString() {
    return service + "/" + id;
  }
}

package io.hera.client;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Paces a client while none of its nodes answers. It begins when the last request to each node
 * has failed, and ends with the first answer. In between, one purpose at a time (the heartbeat, a watch, a read)
 * may try, at intervals that grow up to {@link Backoff#CAP}; so a client with any number of watches
 * asks as seldom as a small one. Owned by the loop.
 */
final class Outage {
  /** How a purpose may use nodes now. */
  enum Pass {
    /** At least one node can be used. */
    FREE(3),
    /** None answered lately, and the client is young: it tries several, so as to start soon. */
    WIDE(3),
    /** None answered lately: it tries one. */
    NARROW(1);

    /** How many nodes the attempt may try. */
    final int nodesMax;

    Pass(int nodesMax) {
      this.nodesMax = nodesMax;
    }

    /** Returns whether the attempt finds out whether a node is there. Then it must not wait for a change. */
    boolean isProbe() {
      return this != FREE;
    }
  }

  /** One try of a purpose. If it fails, the purpose asks for its next pass by itself. */
  interface Attempt {
    void run(Pass pass);
  }

  private static final Duration YOUTH = Duration.ofMinutes(1);

  private final Loop loop;
  private final Nodes nodes;
  private final Backoff backoff;
  private final long bornAt;
  private final Map<Object, Attempt> queue = new LinkedHashMap<>();
  private boolean on;
  private int steps;
  private int probes;
  private long nextAt;
  private Optional<Loop.Timer> timer = Optional.empty();

  Outage(Loop loop, Nodes nodes, Backoff backoff) {
    this.loop = loop;
    this.nodes = nodes;
    this.backoff = backoff;
    this.bornAt = loop.nanos();
  }

  /** Returns whether no node answers. */
  boolean isOn() {
    return on;
  }

  /** Runs the attempt now, or when its turn in an outage comes. A purpose has one attempt at most. */
  void pass(Object purpose, Attempt attempt) {
    if (!on && nodes.areAllFailing()) {
      begin();
    }
    if (on) {
      queue.put(purpose, attempt);
      arm();
    } else {
      attempt.run(Pass.FREE);
    }
  }

  /** Forgets the attempt of a purpose that has ended. */
  void leave(Object purpose) {
    queue.remove(purpose);
  }

  /** A request begins; returns whether it is a probe, for {@link #ended}. */
  boolean requestBegins() {
    if (on) {
      probes++;
    }
    return on;
  }

  /** A request has ended without an answer, after the nodes have been put aside. */
  void ended(boolean wasProbe) {
    if (wasProbe) {
      probes = Math.max(0, probes - 1);
      steps++;
      nextAt = loop.nanos() + pause().toNanos();
    } else if (!on && nodes.areAllFailing()) {
      begin();
    }
    arm();
  }

  /** A node has answered: the outage is over. */
  void answered() {
    if (on) {
      end();
    }
  }

  /** The names of nodes have been resolved: the next attempt comes at once. */
  void namesChanged() {
    if (on) {
      nextAt = loop.nanos();
      arm();
    }
  }

  private void begin() {
    on = true;
    steps = 0;
    probes = 0;
    nextAt = loop.nanos() + pause().toNanos();
  }

  private void end() {
    on = false;
    timer.ifPresent(Loop.Timer::cancel);
    Map<Object, Attempt> waiting = new LinkedHashMap<>(queue);
    queue.clear();
    waiting.forEach(this::pass);
  }

  /** Sets the timer for the next step, unless a probe is on its way. */
  private void arm() {
    timer.ifPresent(Loop.Timer::cancel);
    timer = Optional.empty();
    if (on && probes == 0 && !queue.isEmpty()) {
      Duration left = Duration.ofNanos(Math.max(0, nextAt - loop.nanos()));
      timer = Optional.of(loop.after(left, this::step));
    }
  }

  private void step() {
    if (!on || probes > 0 || queue.isEmpty()) {
      return;
    }
    if (nodes.all().isEmpty()) {
      steps++;
      nextAt = loop.nanos() + pause().toNanos();
      arm();
      return;
    }
    Object first = queue.keySet().iterator().next();
    Optional<Attempt> attempt = Optional.ofNullable(queue.remove(first));
    attempt.ifPresent(one -> one.run(isYoung() ? Pass.WIDE : Pass.NARROW));
    if (probes == 0) {
      arm();
    }
  }

  private Duration pause() {
    return backoff.after(steps, isYoung() ? Backoff.FIRST_CAP : Backoff.CAP);
  }

  private boolean isYoung() {
    return loop.nanos() - bornAt < YOUTH.toNanos();
  }
}

package io.hera.client;

import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The heartbeats of a client: one {@link Beat} at a time, for all instances that are due. Owned by the
 * loop.
 *
 * <p>A beat comes every third of the ttl, 10 % earlier or later. All that becomes due within half of its
 * period goes with it, so instances with one ttl share their requests soon.
 */
final class Beats {
  private static final double JITTER = 0.1;
  private static final double TOGETHER = 0.5;
  private static final Duration FULL_PAUSE = Duration.ofSeconds(30);
  private static final double FULL_JITTER = 0.5;
  private static final Duration LAST_WAIT = Duration.ofSeconds(1);

  private final Calls calls;
  private final Nodes nodes;
  private final Backoff backoff;
  private final Ownership ownership;
  private final Set<OwnInstance> all = new LinkedHashSet<>();
  private final Map<OwnInstance, Runnable> waiting = new HashMap<>();
  private Optional<Beat> running = Optional.empty();
  private Optional<Loop.Timer> timer = Optional.empty();
  private final Turns farewells = new Turns();
  private boolean asked;

  /** The share of its period after which each instance of the present beat is due again. */
  private double jitter = 1;

  Beats(Calls calls, Nodes nodes, Backoff backoff, Ownership ownership) {
    this.calls = calls;
    this.nodes = nodes;
    this.backoff = backoff;
    this.ownership = ownership;
  }

  void add(OwnInstance instance) {
    all.add(instance);
    wake();
  }

  void remove(OwnInstance instance) {
    all.remove(instance);
  }

  /** Begins a beat if one is due, or sets the timer for it. */
  void wake() {
    timer.ifPresent(Loop.Timer::cancel);
    timer = Optional.empty();
    if (running.isPresent() || asked) {
      return;
    }
    all.stream()
        .filter(OwnInstance::isActive)
        .mapToLong(one -> one.dueAt() - now())
        .min()
        .ifPresent(this::beatIn);
  }

  private void beatIn(long nanos) {
    if (nanos <= 0) {
      asked = true;
      calls.outage.pass(this, this::begin);
    } else {
      timer = Optional.of(calls.loop.after(Duration.ofNanos(nanos), this::wake));
    }
  }

  private void begin(Outage.Pass pass) {
    asked = false;
    List<OwnInstance> due = all.stream()
        .filter(OwnInstance::isActive)
        .filter(one -> one.dueAt() - now() <= one.period().toNanos() * TOGETHER)
        .toList();
    if (due.isEmpty()) {
      wake();
      return;
    }
    jitter = backoff.around(Duration.ofSeconds(1), JITTER).toNanos() / 1e9;
    Beat beat = new Beat(this, pass, due);
    running = Optional.of(beat);
    beat.begin();
  }

  void ended() {
    running = Optional.empty();
    wake();
  }

  /**
   * Runs this when no request for the instance is on its way. After a second, such a request is ended;
   * its node then counts as one that may have the instance.
   */
  void whenFree(OwnInstance instance, Runnable then) {
    if (running.isEmpty() || !running.get().isSending(instance)) {
      then.run();
      return;
    }
    Beat beat = running.get();
    waiting.put(instance, then);
    calls.loop.after(LAST_WAIT, () -> {
      if (waiting.containsKey(instance) && beat.isSending(instance)) {
        beat.giveUpRequest();
      }
    });
  }

  void released(OwnInstance instance) {
    Optional.ofNullable(waiting.remove(instance)).ifPresent(Runnable::run);
  }

  void accepted(OwnInstance instance, Beat.Acceptance how) {
    ownership.accepted(instance, how);
    instance.accepted(how.node(), Duration.ofNanos((long) (instance.period().toNanos() * jitter)));
  }

  void refused(OwnInstance instance, HeraProblem problem) {
    Duration longer = backoff.after(instance.misses(), Backoff.CAP);
    if (problem.retryable()) {
      missed(instance, problem);
      return;
    }
    instance.refused(
        problem,
        switch (problem.status()) {
          case 507 -> Optional.of(backoff.around(FULL_PAUSE, FULL_JITTER));
          case 401, 403 -> Optional.of(longer);
          default -> Optional.empty();
        });
  }

  void missed(OwnInstance instance, HeraProblem problem) {
    Duration pause = backoff.after(instance.misses(), Backoff.CAP);
    Duration period = instance.period();
    instance.missed(problem, pause.compareTo(period) < 0 ? pause : period);
  }

  HeraProblem unreachable() {
    return HeraProblem.unanswered(nodes.reasons());
  }

  /** Returns the turns of farewells: many DELETEs at once would need as many connections. */
  Turns farewells() {
    return farewells;
  }

  Calls calls() {
    return calls;
  }

  Nodes nodes() {
    return nodes;
  }

  long now() {
    return calls.loop.nanos();
  }
}

package io.hera.sim;

import io.hera.registry.Delta;
import io.hera.registry.Dialect;
import io.hera.registry.Inspection.StoredEntry;
import io.hera.registry.Key;
import io.hera.registry.OriginDelta;
import io.hera.registry.Outcome;
import io.hera.registry.Selector;
import io.hera.registry.SnapshotPage;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The observer of a simulated cluster: it looks at all nodes, changes nothing, and checks the
 * invariants of the protocol. Owned by {@link World}.
 *
 * <p>It records what happens in {@link Allowances} and {@link ClientWrites}, and hands each event
 * to the class that checks the invariants which it concerns.
 */
final class Observer implements NodeObserver {
  /** Time after which a node is checked again, although it has not changed. */
  private static final long LOOK_MILLIS = 1_000;

  private final World world;
  private final Checker checker;
  private final Allowances allowances;
  private final ClientWrites writes;
  private final HorizonChecks horizons;
  private final AnswerChecks answers;
  private final ClockChecks clocks;
  private final OrderChecks order;
  private final LifetimeChecks lifetimes;
  private final CapacityChecks capacity;
  private final IndependenceChecks independence;
  private final RecoveryChecks recovery;
  private final PropagationChecks propagation;
  private final MemberChecks members;
  private final TwinChecks twins;
  private final FreshnessChecks freshness;
  private final ConvergenceChecks convergence;
  private final RestoreChecks restores;
  private final HistoryChecks histories;
  private final DrainChecks drains;
  private final Map<String, Look> looks = new HashMap<>();
  private final Map<String, Integer> counts = new TreeMap<>();

  Observer(World world) {
    this.world = world;
    this.checker = new Checker(world.timeline);
    this.allowances = new Allowances(world.plan, world.timeline);
    this.writes = new ClientWrites(world.plan.cluster(), world.timeline);
    this.horizons = new HorizonChecks(world, allowances, checker);
    this.answers = new AnswerChecks(checker);
    this.clocks = new ClockChecks(world, allowances, checker, this::agreedTimeMoved);
    this.order = new OrderChecks(world, writes, allowances, checker);
    this.capacity = new CapacityChecks(world.plan.cluster(), checker);
    this.independence = new IndependenceChecks(world, checker);
    this.lifetimes = new LifetimeChecks(world, writes, allowances, independence, checker);
    this.recovery = new RecoveryChecks(world, writes, allowances, checker);
    this.propagation = new PropagationChecks(world, allowances, checker);
    this.members = new MemberChecks(world, checker);
    this.twins = new TwinChecks(world, allowances, checker);
    this.freshness = new FreshnessChecks(world, writes, allowances, independence, checker);
    this.convergence = new ConvergenceChecks(world, writes, allowances, checker);
    this.restores = new RestoreChecks(world, writes, allowances, checker);
    this.histories = new HistoryChecks(checker);
    this.drains = new DrainChecks(world, allowances, checker);
  }

  /** The state of a node when it was checked last. */
  private record Look(long fingerprint, long atMillis) {}

  // Events.

  void happens(Event event) {
    count(event.verb());
    allowances.happens(event);
    switch (event.verb()) {
      case "pause", "suspend" -> independence.paused(event.node());
      case "crash", "reboot", "shutdown" -> writes.crashed(event.node());
      default -> {
        // The checks need no more than the allowances.
      }
    }
  }

  private void agreedTimeMoved(String node) {
    answers.forget(node);
    order.agreedTimeMoved(node);
  }

  @Override
  public void booted(SimNode node) {
    looks.remove(node.name);
    answers.forget(node.name);
    clocks.booted(node.name);
    order.booted(node.name);
    recovery.booted(node);
    restores.booted(node);
    histories.booted(node);
  }

  @Override
  public void saves(SimNode node, long above, SnapshotPage page) {
    count("page");
    clocks.look(node);
    answers.saves(node, above, page);
  }

  @Override
  public void restores(SimNode node, SimDisk.Snapshot snapshot) {
    count("restore");
    restores.restores(node, snapshot);
  }

  @Override
  public void restored(SimNode node, SimDisk.Snapshot snapshot, List<OriginDelta> parts) {
    answers.restored(node, parts);
    drains.restored(node, parts);
    restores.restored(node, snapshot);
  }

  @Override
  public void merged(SimNode node) {
    restores.merged(node);
  }

  @Override
  public void takesWrites(SimNode node) {
    recovery.takesWrites(node);
  }

  @Override
  public void recovered(SimNode node) {
    recovery.recovered(node);
  }

  @Override
  public void paid(SimNode node, String peer) {
    recovery.paid(node, peer);
  }

  @Override
  public void lifted(SimNode node) {
    allowances.versionsRaised();
  }

  @Override
  public void synchronised(SimNode node) {
    recovery.synchronised(node);
    histories.synchronised(node);
  }

  @Override
  public void repaired() {
    count("repair");
  }

  @Override
  public void conflicts(SimNode node, String reason) {
    count("conflict");
    twins.conflicts(node, reason);
  }

  /** A second process under the name of a node ends, which has run for a time. */
  void twinEnds(String name, long ranMillis) {
    twins.ends(name, ranMillis);
  }

  /** Simulated nodes differ only in their members. */
  @Override
  public void settingsDiffer(SimNode node, String peer) {
    checker.check(
        allowances.membersChanged(), "P17", "the settings of %s are said to differ", peer);
  }

  /** Returns the counts of events, by kind. */
  Map<String, Integer> counts() {
    return counts;
  }

  private void count(String what) {
    counts.merge(what, 1, Integer::sum);
  }

  // Clients.

  @Override
  public void answered(SimNode node, Key key, boolean shown, Outcome outcome) {
    if (!outcome.isDone()) {
      capacity.refused(node, key, shown, outcome);
      count(outcome.name());
      return;
    }
    StoredEntry entry = node.inspection.winner(key);
    checker.check(
        entry != null && entry.registered(),
        "S6",
        "%s does not show what it accepted: %s",
        node.name,
        key);
    clocks.look(node);
    answers.wrote(node, entry);
    writes.registered(node, entry);
    restores.wrote(key);
    propagation.wrote(node, entry);
  }

  @Override
  public void deleted(SimNode node, Key key) {
    StoredEntry entry = node.inspection.winner(key);
    clocks.look(node);
    if (entry != null) {
      answers.wrote(node, entry);
      propagation.wrote(node, entry);
    }
    writes.deleted(key, entry);
    restores.wrote(key);
  }

  @Override
  public void drained(SimNode node, Selector selector) {
    StoredEntry entry = node.inspection.winner(selector.drainKey());
    clocks.look(node);
    checker.check(entry != null, "W4", "%s has no entry of %s", node.name, selector.text());
    if (entry != null) {
      answers.wrote(node, entry);
      drains.commanded(selector, entry);
    }
  }

  void wroteAtOldNode(String document) {
    writes.registeredAtOldNode(document);
  }

  // Nodes.

  @Override
  public void answers(SimNode node, Delta delta, Dialect dialect) {
    answers.answers(node, delta, dialect);
  }

  @Override
  public void look(SimNode node) {
    clocks.look(node);
    long now = world.timeline.now();
    long fingerprint = node.inspection.fingerprint();
    Look before = looks.get(node.name);
    if (before != null
        && before.fingerprint == fingerprint
        && now - before.atMillis < LOOK_MILLIS) {
      return;
    }
    looks.put(node.name, new Look(fingerprint, now));
    Sight sight = Sight.of(node);
    lifetimes.look(sight);
    histories.look(sight);
    restores.look(sight);
    order.look(sight);
    capacity.look(node);
    horizons.look(node);
    drains.look(sight);
  }

  @Override
  public void round(SimNode node) {
    independence.round(node);
    members.round(node);
    freshness.round(node);
    recovery.round(node);
    restores.round(node);
  }

  // The end of the run.

  /** Whether L2 applies: no entry was lost and no agreed time was wrong. */
  boolean tame() {
    return !allowances.losses()
        && !allowances.agreedTimeWrong()
        && !allowances.agesWrong()
        && !allowances.tight();
  }

  /** Returns how much later than at its origin an entry may end elsewhere. */
  long tolerance() {
    return allowances.tolerance();
  }

  /** Checks L2 or L4, by the id given. */
  void checkEqual(String invariant) {
    convergence.checkEqual(invariant);
    drains.checkEqual();
  }

  /** Checks L3: {@code living} has the documents of living clients by path. */
  void checkLiving(Map<String, String> living) {
    convergence.checkLiving(living);
    restores.checkNone();
  }
}

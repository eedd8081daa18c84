package io.hera.sim;

import io.hera.registry.Inspection.StoredEntry;
import io.hera.registry.Key;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The checks of P14: a node brings back what it has saved, for one grace; it shows what its clients
 * renew; what a peer knows to have ended goes with the first pull from it; and restored entries keep
 * their versions.
 *
 * <p>That versions hold across lives is left to S3, that nothing outlives its grace to S5, for which
 * this class extends the ends of restored documents, and that all nodes become equal to L2 and L3.
 */
final class RestoreChecks {
  /** Those that were restored together end within a tenth of their time. */
  private static final double LOT = 0.1;

  private static final long ROUNDING_MILLIS = 2;

  /** By how much the reading of a peer's clock may err: its tick, and the time on the way. */
  private static final long READ_MILLIS = 4_000;

  private final World world;
  private final ClientWrites writes;
  private final Allowances allowances;
  private final Checker checker;
  private final Map<String, Life> lives = new HashMap<>();
  /** All registrations that any node has brought back from a snapshot. */
  private final Set<Identity> saved = new HashSet<>();

  RestoreChecks(World world, ClientWrites writes, Allowances allowances, Checker checker) {
    this.world = world;
    this.writes = writes;
    this.allowances = allowances;
    this.checker = checker;
  }

  /** The present life of a node that has brought back a snapshot. */
  private static final class Life {
    final SimNode node;
    final long beganMillis;
    /** Entries that were restored in this life and are so still. */
    final Map<Identity, StoredEntry> open = new HashMap<>();
    /** What peers know that may confirm or contradict restored entries. */
    final Set<Judge> judges = new HashSet<>();
    /** Path → a write of a client that the snapshot has. */
    final Map<String, Promise> promises = new TreeMap<>();

    boolean merged;

    Life(SimNode node, long beganMillis) {
      this.node = node;
      this.beganMillis = beganMillis;
    }
  }

  /** A peer that has everything of an origin up to a horizon, in one life. */
  private record Judge(String peer, int life, String origin, long horizon) {}

  /**
   * A document that has to be shown.
   *
   * @param untilMillis while no peer was asked
   * @param endMillis the end of the write
   */
  private record Promise(String document, long untilMillis, long endMillis) {}

  void booted(SimNode node) {
    lives.remove(node.name);
  }

  // What a start brings back.

  /** Extends the ends of what a node is about to restore. */
  void restores(SimNode node, SimDisk.Snapshot snapshot) {
    long now = world.timeline.now();
    for (SimDisk.Page page : snapshot.pages()) {
      for (SimDisk.Kept kept : page.kept()) {
        if (kept.registered()) {
          saved.add(Identity.of(kept.entry()));
          writes.prolonged(kept.entry().text(), now + mostMillis(kept));
        }
      }
    }
  }

  /** Returns the longest time for which an entry is shown after a restore. */
  private long mostMillis(SimDisk.Kept kept) {
    return kept.entry().restored()
        ? kept.leftMillis()
        : (long) (graceMillis(kept) * (1 + LOT)) + ROUNDING_MILLIS;
  }

  /** Returns the shortest time for which an entry is shown after a restore, if nothing contradicts it. */
  private long leastMillis(SimDisk.Kept kept) {
    return kept.entry().restored()
        ? Math.min(kept.leftMillis(), kept.entry().ttlMillis())
        : graceMillis(kept);
  }

  private long graceMillis(SimDisk.Kept kept) {
    long ttl = kept.entry().ttlMillis();
    return Math.max(kept.leftMillis(), Math.min(ttl, world.plan.cluster().livenessMillis()));
  }

  /** Checks what a node has restored. */
  void restored(SimNode node, SimDisk.Snapshot snapshot) {
    Life life = new Life(node, world.timeline.now());
    lives.put(node.name, life);
    Map<Identity, SimDisk.Kept> kept = new HashMap<>();
    snapshot.pages().stream()
        .flatMap(page -> page.kept().stream())
        .forEach(one -> kept.put(Identity.of(one.entry()), one));
    for (StoredEntry entry : Sight.entries(node)) {
      SimDisk.Kept known = kept.get(Identity.of(entry));
      checker.check(
          known != null
              && entry.registered() == known.registered()
              && entry.registered() == entry.restored(),
          "P14",
          "%s brings back %s, and has saved %s",
          node.name,
          entry,
          known);
      if (known != null && entry.restored()) {
        lives(node, entry, known);
        life.open.put(Identity.of(entry), entry);
      }
    }
    if (!allowances.tight()) {
      kept.values().forEach(one -> holds(node, one));
      snapshot.shown().ifPresent(shown -> showsAgain(node, shown, kept));
      promises(life, kept);
    }
    judges(life);
  }

  private void lives(SimNode node, StoredEntry entry, SimDisk.Kept saved) {
    long left = entry.dueMillis() - node.inspection.bootMillis();
    checker.check(
        left >= leastMillis(saved) && left <= mostMillis(saved),
        "P14",
        "%s restores %s for %s ms instead of %s to %s",
        node.name,
        entry,
        left,
        leastMillis(saved),
        mostMillis(saved));
  }

  private void holds(SimNode node, SimDisk.Kept saved) {
    StoredEntry entry = saved.entry();
    checker.check(
        saved.leftMillis() <= 0
            || node.inspection.entries(entry.origin()).stream()
                .anyMatch(one -> one.key().equals(entry.key()) && one.version() >= entry.version()),
        "P14",
        "%s does not bring back %s",
        node.name,
        entry);
  }

  /** A node that has ended in order shows again what it showed at its end, but for expired entries. */
  private void showsAgain(
      SimNode node, Map<String, byte[]> shown, Map<Identity, SimDisk.Kept> kept) {
    Map<String, byte[]> now = node.inspection.registrations();
    shown.forEach((path, document) -> {
      boolean alive = kept.values().stream()
          .anyMatch(one -> one.entry().winner()
              && one.registered()
              && one.entry().path().equals(path)
              && Arrays.equals(one.entry().document(), document));
      checker.check(
          !alive || Arrays.equals(document, now.get(path)),
          "P14",
          "%s has ended in order with %s, which it does not show again",
          node.name,
          new String(document, StandardCharsets.UTF_8));
    });
  }

  /** Notes the writes of clients that were saved, and not replaced before the end of the process. */
  private void promises(Life life, Map<Identity, SimDisk.Kept> kept) {
    Map<String, ClientWrites.Write> former = writes.forgotten(life.node.name);
    kept.values().stream()
        .filter(one -> one.entry().origin().equals(life.node.name))
        .filter(one -> one.registered() && one.entry().winner())
        .forEach(one -> {
          ClientWrites.Write write = former.get(one.entry().path());
          if (write != null
              && write.document().equals(one.entry().text())
              && shows(life.node, one.entry())
              && writes.staysAt(life.node, one.entry().path())) {
            long until = life.beganMillis + leastMillis(one);
            life.promises.put(
                one.entry().path(), new Promise(write.document(), until, endMillis(one, write)));
          }
        });
  }

  /** Whether no later page of the snapshot has another entry on the key. */
  private static boolean shows(SimNode node, StoredEntry saved) {
    StoredEntry shown = node.inspection.winner(saved.key());
    return shown != null && Identity.of(shown).equals(Identity.of(saved));
  }

  /** Returns the time at which the entry ends on the peers, which may know a later write of the same document. */
  private static long endMillis(SimDisk.Kept kept, ClientWrites.Write write) {
    return kept.entry().restored()
        ? Long.MIN_VALUE / 2
        : Math.min(kept.savedMillis() + kept.leftMillis(), write.endMillis());
  }

  /** Notes the peers that have a complete memory of an origin. */
  private void judges(Life life) {
    for (SimNode peer : world.allNodes()) {
      if (peer != life.node && peer.running() && life.node.knows(peer.name)) {
        peer.inspection.origins().stream()
            .filter(origin -> peer.inspection.restored(origin) == 0)
            .filter(origin -> !origin.equals(peer.name) || !peer.inspection.recovering())
            .map(origin ->
                new Judge(peer.name, peer.life(), origin, peer.inspection.horizon(origin)))
            .forEach(life.judges::add);
      }
    }
  }

  // While the run goes on.

  /** A client has written or deleted an instance. */
  void wrote(Key key) {
    lives.values().forEach(life -> life.promises.remove(SimNode.path(key)));
  }

  /** A node has merged what a peer knows. */
  void merged(SimNode node) {
    Life life = lives.get(node.name);
    if (life != null) {
      life.merged = true;
    }
  }

  void look(Sight sight) {
    SimNode node = sight.node();
    checker.check(
        node.inspection.restoredAddsUp(), "P14", "%s counts its restored entries wrong", node.name);
    Set<Identity> restored = new HashSet<>();
    for (StoredEntry entry : sight.entries()) {
      if (entry.restored()) {
        restored.add(Identity.of(entry));
        checker.check(
            saved.contains(Identity.of(entry)),
            "P14",
            "%s has %s as restored, which no snapshot had at that version",
            node.name,
            entry);
      }
    }
    lives
        .values()
        .forEach(life -> life.judges.removeIf(judge -> judge.peer.equals(node.name)
            && (judge.life != node.life() || node.inspection.restored(judge.origin) > 0)));
    Life life = lives.get(node.name);
    if (life != null) {
      life.open.keySet().retainAll(restored);
      keepsPromises(life);
    }
  }

  private void keepsPromises(Life life) {
    if (allowances.agreedTimeWrong() || allowances.falsePromises()) {
      return;
    }
    long now = world.timeline.now();
    life.promises.values().removeIf(promise -> now >= until(life, promise));
    life.promises.forEach((path, promise) -> {
      StoredEntry shown = life.node.inspection.winner(SimNode.key(path));
      checker.check(
          shown != null && promise.document.equals(shown.text()),
          "P14",
          "%s has restored %s at %s, and shows %s before %s",
          life.node.name,
          promise.document,
          new Event.Time(life.beganMillis),
          shown,
          new Event.Time(until(life, promise)));
    });
  }

  /** Until a peer was asked, nothing can have confirmed or contradicted a restored entry. */
  private long until(Life life, Promise promise) {
    long end = life.merged ? promise.endMillis - allowances.tolerance() : promise.untilMillis;
    return end - allowances.driftMillis();
  }

  /** Checks that nothing is restored still of which a peer knows more that was pulled from. */
  void round(SimNode node) {
    Life life = lives.get(node.name);
    if (life == null
        || allowances.agreedTimeWrong()
        || allowances.falsePromises()
        || allowances.tight()) {
      return;
    }
    life.judges.stream()
        .filter(judge -> heard(life, judge) && mayTell(life.node, judge.origin))
        .forEach(judge -> judged(life, judge));
  }

  /** Nodes without the name of a cluster, and with other members, tell each other of members alone (P16). */
  private boolean mayTell(SimNode node, String origin) {
    return node.knows(origin) || !allowances.membersChanged();
  }

  /** Whether a whole pull from the peer has ended in this life, and a purge has followed. */
  private boolean heard(Life life, Judge judge) {
    SimGossip.Link link = life.node.gossip().links().get(judge.peer);
    return link != null
        && link.pulled
        && world.timeline.now() - link.pulledMillis > Allowances.PURGED_MILLIS;
  }

  private void judged(Life life, Judge judge) {
    SimNode peer = (SimNode) world.machine(judge.peer);
    long since = sinceMillis(life.node.gossip().links().get(judge.peer), peer);
    long horizon = Math.min(judge.horizon, peer.inspection.horizon(judge.origin));
    for (StoredEntry entry : life.open.values()) {
      boolean known = entry.origin().equals(judge.origin)
          && entry.version() > since
          && entry.version() <= horizon;
      checker.check(
          !known,
          "P14",
          "%s has pulled from %s since its start at %s, and neither confirmed nor dropped %s",
          life.node.name,
          judge.peer,
          new Event.Time(life.beganMillis),
          entry);
    }
  }

  /** Returns when the life of a peer began, at the latest, as a node saw it by its pull; the peer's clock may be behind. */
  private long sinceMillis(SimGossip.Link link, SimNode peer) {
    long readMillis = peer.clock.millis() - (world.timeline.now() - link.pulledMillis);
    long behindMillis = link.agreedMillis - readMillis;
    return peer.handshake().sinceMillis() + Math.max(0, behindMillis) + READ_MILLIS;
  }

  /** Checks that no entry is restored at the end of a run. */
  void checkNone() {
    for (SimNode node : world.nodes()) {
      checker.check(
          node.inspection.restoredInstances() == 0
              && node.inspection.origins().stream()
                  .allMatch(origin -> node.inspection.restored(origin) == 0),
          "P14",
          "%s has restored entries at the end: %s",
          node.name,
          Sight.entries(node).stream().filter(StoredEntry::restored).toList());
    }
  }
}

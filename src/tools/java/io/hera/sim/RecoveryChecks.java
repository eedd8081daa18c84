package io.hera.sim;

import io.hera.registry.Inspection.StoredEntry;
import io.hera.registry.Key;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * The checks of P7. Entries of departed origins are left to L2: nodes exchange them when their
 * configurations are equal again (P16). A node that has recovered shows the entries of its former life that a peer
 * still sends; a peer that pays later brings those that it held. A node that begins to answer reads
 * shows what the peers held that it has pulled from.
 */
final class RecoveryChecks {
  private final World world;
  private final ClientWrites writes;
  private final Allowances allowances;
  private final Checker checker;
  /** Node → its last start. */
  private final Map<String, Start> starts = new HashMap<>();

  RecoveryChecks(World world, ClientWrites writes, Allowances allowances, Checker checker) {
    this.world = world;
    this.writes = writes;
    this.allowances = allowances;
    this.checker = checker;
  }

  /** The start of a node, and what its running peers held then. */
  private record Start(long atMillis, Map<String, Held> peers) {}

  /** The entries that one life of a peer sent at some time. */
  private record Held(int life, List<Sent> entries) {}

  /**
   * An entry, and the time of the world at which it ends.
   *
   * @param toAll whether nodes other than that of the entry get it
   */
  private record Sent(StoredEntry entry, long endMillis, boolean toAll) {}

  /** A node is started: notes what its peers hold. */
  void booted(SimNode node) {
    Map<String, Held> peers = new TreeMap<>();
    for (SimNode peer : world.allNodes()) {
      if (peer != node && peer.running() && node.knows(peer.name)) {
        peers.put(peer.name, new Held(peer.life(), sent(peer)));
      }
    }
    starts.put(node.name, new Start(world.timeline.now(), peers));
  }

  /** Returns the registrations that a peer shows and sends. */
  private List<Sent> sent(SimNode peer) {
    List<Sent> sent = new ArrayList<>();
    for (String origin : peer.inspection.origins()) {
      long horizon = peer.inspection.horizon(origin);
      boolean answers = !origin.equals(peer.name) || !peer.inspection.recovering();
      for (StoredEntry entry : peer.inspection.entries(origin)) {
        if (answers && entry.registered() && entry.winner()) {
          long left = entry.dueMillis() - peer.inspection.bootMillis();
          sent.add(new Sent(entry, world.timeline.now() + left, entry.version() <= horizon));
        }
      }
    }
    return sent;
  }

  /** Checks that a node which takes writes soon has been paid by all peers that do not refuse. */
  void takesWrites(SimNode node) {
    eachPeerOfASoonEnd(node, link -> link.paid, "%s takes writes, and has not been paid by %s");
  }

  /** Checks a condition for the peers that run since before the start of a node, if no time-out can have ended a wait yet. */
  private void eachPeerOfASoonEnd(
      SimNode node, Predicate<SimGossip.Link> condition, String violation) {
    Start start = starts.get(node.name);
    long soonMillis = NodeSettings.RECOVERY_MILLIS - allowances.driftMillis();
    if (start == null || world.timeline.now() - start.atMillis >= soonMillis) {
      return;
    }
    start.peers.forEach((peer, known) -> {
      boolean runs = known.life == world.machine(peer).life() && !world.leadsElsewhere(peer);
      SimGossip.Link link = node.gossip().links().get(peer);
      checker.check(
          !runs || link == null || condition.test(link), "P7", violation, node.name, peer);
    });
  }

  /** Checks that a peer which has worked for some rounds has paid, and that no own entry is missing that it sends. */
  void round(SimNode node) {
    for (SimGossip.Link link : node.gossip().links().values()) {
      if (works(node, link) && !allowances.agreedTimeWrong()) {
        checker.check(
            link.paid,
            "P7",
            "%s works since %s, and owes %s its entries",
            link.peer,
            new Event.Time(link.wellSince),
            node.name);
        holdsOwn(node, link.peer);
      }
    }
  }

  /** Whether a peer must have been asked since the start of the node, and since its link works. */
  private boolean works(SimNode node, SimGossip.Link link) {
    Start start = starts.get(node.name);
    long interval = world.plan.cluster().intervalMillis();
    return start != null
        && link.wellSince != Long.MAX_VALUE
        && world.timeline.now() - Math.max(link.wellSince, start.atMillis)
            > (3L * world.names().size() + 1) * interval;
  }

  /** Checks that a node holds the entries of its former lives that a peer sends now. */
  private void holdsOwn(SimNode node, String name) {
    if (unsure()
        || node.inspection.recovering()
        || !(world.machine(name) instanceof SimNode peer)) {
      return;
    }
    for (Sent sent : sent(peer)) {
      if (isFormer(node, sent)) {
        checker.check(
            holds(node, sent.entry),
            "P7",
            "%s works, and holds %s, which %s lacks",
            name,
            sent.entry,
            node.name);
      }
    }
  }

  /** Whether an entry is of a former life of a node, and lives. */
  private boolean isFormer(SimNode node, Sent sent) {
    return sent.entry.origin().equals(node.name)
        && sent.entry.version() < node.inspection.first()
        && !isNotSaved(node, sent.entry)
        && writes.staysAt(node, sent.entry.path())
        && lives(sent);
  }

  /** Whether a peer has restored what the snapshot of its node has no more (P14). */
  private static boolean isNotSaved(SimNode node, StoredEntry own) {
    return own.restored() && own.version() <= node.inspection.savedUpTo();
  }

  private static boolean holds(SimNode node, StoredEntry entry) {
    return node.inspection.entries(node.name).stream()
        .anyMatch(own -> own.key().equals(entry.key()) && own.version() >= entry.version());
  }

  /** Checks that a peer which has paid has brought the own entries that it held at the start. */
  void paid(SimNode node, String peer) {
    Held known = heldAtStart(node).get(peer);
    if (known == null || known.life != world.machine(peer).life() || unsure()) {
      return;
    }
    for (Sent sent : known.entries) {
      if (isFormer(node, sent)) {
        checker.check(
            holds(node, sent.entry),
            "P7",
            "%s has been paid by %s, and lacks %s",
            node.name,
            peer,
            sent.entry);
      }
    }
  }

  /** Checks that a node which begins to answer reads shows what the peers that it has pulled held. */
  void synchronised(SimNode node) {
    eachPeerOfASoonEnd(node, link -> link.pulled, "%s answers reads, and has not pulled from %s");
    if (unsure() || allowances.hasOldNodes()) {
      return;
    }
    heldAtStart(node).forEach((peer, known) -> {
      SimGossip.Link link = node.gossip().links().get(peer);
      if (link != null && link.pulled && known.life == world.machine(peer).life()) {
        known.entries.forEach(sent -> showsOther(node, sent));
      }
    });
  }

  private void showsOther(SimNode node, Sent sent) {
    StoredEntry entry = sent.entry;
    ClientWrites.Write write = writes.last().get(entry.path());
    boolean due = sent.toAll
        && write != null
        && write.node() != node
        && write.node().name.equals(entry.origin())
        && write.document().equals(entry.text())
        && writes.staysAt(write.node(), entry.path())
        && !allowances.broken(entry.origin())
        && node.knows(entry.origin())
        && lives(sent);
    if (due) {
      StoredEntry shown = node.inspection.winner(entry.key());
      checker.check(
          shown != null && shown.text().equals(entry.text()),
          "P7",
          "%s answers reads, and shows %s instead of %s",
          node.name,
          shown,
          entry);
    }
  }

  private Map<String, Held> heldAtStart(SimNode node) {
    Start start = starts.get(node.name);
    return start == null ? Map.of() : start.peers;
  }

  private boolean lives(Sent sent) {
    return world.timeline.now() + allowances.tolerance() < sent.endMillis;
  }

  /** Whether entries may be refused, because of a cap or of their versions (S7, P3). */
  private boolean unsure() {
    return allowances.tight() || allowances.agreedTimeWrong();
  }

  /** Checks a starting node that all peers have answered. */
  void recovered(SimNode node) {
    writes.takeForgotten(node.name).forEach((path, write) -> {
      if (due(node, path, write)) {
        StoredEntry shown = node.inspection.winner(SimNode.key(path));
        checker.check(
            shown != null && shown.text().equals(write.document()),
            "P7",
            "%s has recovered, and shows %s instead of %s",
            node.name,
            shown,
            write.document());
      }
    });
  }

  /** Whether a peer returns the write, and instances of others have not reached a cap before. */
  private boolean due(SimNode node, String path, ClientWrites.Write write) {
    return writes.staysAt(node, path)
        && !allowances.tight()
        && world.timeline.now() + allowances.tolerance() < write.endMillis()
        && returned(node, SimNode.key(path))
            .filter(Returned::alive)
            .map(Returned::entry)
            .filter(entry -> entry.registered() && entry.text().equals(write.document()))
            .filter(entry -> wasHeldAtStart(node, entry))
            .filter(entry -> !isBelowRestored(node, entry))
            .isPresent();
  }

  /** A snapshot from before the clock was put back has a higher version of the own entry than the latest write (P4, P14). */
  private static boolean isBelowRestored(SimNode node, StoredEntry own) {
    StoredEntry shown = node.inspection.winner(own.key());
    return shown != null
        && shown.restored()
        && shown.origin().equals(own.origin())
        && shown.version() > own.version();
  }

  /** An entry that was on its way to a peer at the start may arrive there after the peer has paid. */
  private boolean wasHeldAtStart(SimNode node, StoredEntry own) {
    return heldAtStart(node).values().stream()
        .flatMap(held -> held.entries.stream())
        .anyMatch(sent -> sent.entry.origin().equals(own.origin())
            && sent.entry.key().equals(own.key())
            && sent.entry.version() == own.version());
  }

  /**
   * Returns the latest own entry on the key that peers return to a node, and that it accepts. It
   * does not take back what its own snapshot has no more (P14), and refuses entries from far ahead
   * of the agreed time (P3). A peer may hold a later tombstone from before the clock was put back
   * (P4). It sends what it has not purged yet as a tombstone (P10).
   */
  private Optional<Returned> returned(SimNode asker, Key key) {
    long limit = asker.inspection.nowMillis() + Allowances.MAX_SKEW_MILLIS / 2;
    return world.allNodes().stream()
        .filter(peer -> peer != asker && peer.running() && asker.knows(peer.name))
        .flatMap(peer -> peer.inspection.entries(asker.name).stream()
            .filter(entry -> entry.key().equals(key))
            .filter(entry -> entry.version() <= limit && !isNotSaved(asker, entry))
            .map(entry -> new Returned(entry, entry.dueMillis() > peer.inspection.bootMillis())))
        .max(Comparator.comparingLong((Returned one) -> one.entry.version())
            .thenComparing(one -> !one.alive));
  }

  /** An own entry at a peer, and whether its deadline there is still to come. */
  private record Returned(StoredEntry entry, boolean alive) {}
}

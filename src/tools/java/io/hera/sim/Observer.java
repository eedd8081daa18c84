package io.hera.sim;

import io.hera.registry.Delta;
import io.hera.registry.Dialect;
import io.hera.registry.Entry;
import io.hera.registry.Inspection;
import io.hera.registry.Inspection.StoredEntry;
import io.hera.registry.Key;
import io.hera.registry.OriginDelta;
import io.hera.registry.Outcome;
import io.hera.registry.Registration;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The checks of the invariants of the protocol on a simulated cluster. It looks at all nodes and
 * changes nothing. Owned by {@link World}.
 *
 * <p>Some invariants do not hold after some events, as the protocol says. The check is then off,
 * for that node or origin: S1 of an origin that has lost entries which others know, or whose clock
 * was put back; S3 and S4 of the past of a node whose clock was corrected (P3, P4).
 */
final class Observer {
  private static final long PURGED_MILLIS = 1_000;

  /**
   * How far wall clocks differ at first. Ages of entries from nodes of 2012 are derived from them.
   */
  private static final long SKEW_MILLIS = 4_000;

  private static final long MAX_SKEW_MILLIS = 60_000;

  private final World world;
  private final Map<String, Life> lives = new HashMap<>();
  /** Document → the latest time at which it expires, by the world's clock. */
  private final Map<String, Long> endOfLife = new HashMap<>();
  /** Document → the time of its last acceptance. */
  private final Map<String, Long> accepted = new HashMap<>();
  /** Path and stamp → the time of the write; restamped entries are not here. */
  private final Map<String, Long> stamped = new HashMap<>();
  /** Path → the last accepted write. */
  private final Map<String, Write> last = new TreeMap<>();

  /** Node → the writes that it had accepted before it was killed, by path. */
  private final Map<String, Map<String, Write>> forgotten = new HashMap<>();

  private final Set<String> broken = new HashSet<>();
  private final Map<String, Integer> counts = new TreeMap<>();
  private long pausedMillis;
  private boolean slow;
  private boolean clocksMoved;
  private boolean losses;

  Observer(World world) {
    this.world = world;
  }

  /** A write of a client, with its end by the world's clock. */
  record Write(SimNode node, int life, String document, long endMillis) {}

  /** The record of one node in its present life. */
  private static final class Life {
    long fingerprint;
    long claimed;
    long lookedMillis = -1;
    /** Time by which it has dropped entries from the future, after a change of its clock (P3). */
    long believesFrom;

    final Map<String, Shown> floors = new HashMap<>();
    final Map<String, Set<Stamp>> held = new HashMap<>();
    final Map<String, Long> wrongSince = new HashMap<>();
  }

  /** The place of an entry in the order of P2. */
  private record Stamp(long version, String origin) implements Comparable<Stamp> {
    @Override
    public int compareTo(Stamp other) {
      return version != other.version
          ? Long.compare(version, other.version)
          : origin.compareTo(other.origin);
    }
  }

  private record Shown(Stamp stamp, String document, long acceptedMillis) {}

  // Events.

  void happens(Event event) {
    count(event.verb());
    switch (event.verb()) {
      case "pause" -> pause(event);
      case "clock" -> clock(event);
      case "crash" -> crash(event.node());
      case "corrupt" -> {
        losses = true;
        broken.add(event.argument(1)); // and peers pass it on
      }
      case "bad" -> slow |= Fault.of(event.argument(1)) == Fault.SLOW;
      default -> {
        // The other events change no promise.
      }
    }
  }

  /**
   * After a pause, entries of other origins are kept until a pull has ended well, for at most L
   * (P11).
   */
  private void pause(Event event) {
    pausedMillis += event.millis() + world.plan.cluster().livenessMillis();
    if (world.machine(event.node()) instanceof SimNode node) {
      node.gossip().links().values().forEach(link -> link.wellSince = Long.MAX_VALUE);
    }
  }

  private void clock(Event event) {
    if (event.atMillis() == 0) {
      return; // before the first write
    }
    clocksMoved = true;
    Life life = lives.get(event.node());
    if (life != null) {
      life.claimed = 0;
      life.believesFrom = world.timeline.now() + PURGED_MILLIS;
    }
    if (event.millis() < 0) {
      broken.add(event.node());
    }
  }

  /** A node that is killed while a peer is unreachable may not get all its entries back. */
  private void crash(String name) {
    losses = true;
    broken.add(name);
    Map<String, Write> lost = forgotten.computeIfAbsent(name, any -> new TreeMap<>());
    last.forEach((path, write) -> {
      if (write.node.name.equals(name)) {
        lost.put(path, write);
      }
    });
    last.keySet().removeAll(lost.keySet());
  }

  /**
   * Checks P7: all peers have answered a starting node, so it shows the entries of its former life
   * that a peer still sends, unless instances of others have reached a cap before.
   */
  void recovered(SimNode node) {
    Map<String, Write> lost = forgotten.getOrDefault(node.name, Map.of());
    lost.forEach((path, write) -> {
      Key key = SimNode.key(path);
      boolean due = settledAt(path, node)
          && !tight()
          && world.timeline.now() + tolerance() < write.endMillis
          && returned(node, key)
              .filter(entry -> entry.registered() && text(entry).equals(write.document))
              .isPresent();
      StoredEntry shown = node.inspection.winner(key);
      check(
          !due || (shown != null && text(shown).equals(write.document)),
          "P7",
          "%s has recovered, and shows %s instead of %s",
          node.name,
          shown,
          write.document);
    });
    forgotten.remove(node.name);
  }

  /** Whether its clock is good enough to accept entries written by correct clocks (P3). */
  private static boolean believing(SimNode node) {
    return node.clock.offsetMillis() > -MAX_SKEW_MILLIS / 2;
  }

  /**
   * Returns the latest own entry on the key that peers return to a node, and that it accepts. A
   * peer does not send entries above its horizon, if it refused one below (P5). The asker refuses
   * entries from far ahead of its clock (P3). A peer may hold a later tombstone from before the
   * clock was put back (P4).
   */
  private Optional<StoredEntry> returned(SimNode asker, Key key) {
    long limit = asker.clock.millis() + MAX_SKEW_MILLIS / 2;
    return world.nodes().stream()
        .filter(peer -> peer != asker && peer.running())
        .flatMap(peer -> {
          long horizon = peer.inspection.horizon(asker.name);
          return peer.inspection.entries(asker.name).stream()
              .filter(entry -> entry.version() <= Math.min(horizon, limit));
        })
        .filter(entry -> entry.key().equals(key))
        .max(Comparator.comparingLong(StoredEntry::version));
  }

  /** Records that all clocks were corrected. */
  void clocksCorrected() {
    lives.values().forEach(life -> {
      life.claimed = 0;
      life.believesFrom = world.timeline.now() + PURGED_MILLIS;
    });
    world.nodes().forEach(node -> broken.add(node.name));
  }

  void booted(SimNode node) {
    lives.put(node.name, new Life());
  }

  /** Returns the counts of events, by kind. */
  Map<String, Integer> counts() {
    return counts;
  }

  void repaired() {
    count("repair");
  }

  void conflicts() {
    count("conflict");
  }

  private void count(String what) {
    counts.merge(what, 1, Integer::sum);
  }

  /** Whether L2 applies: no entry was lost and no clock was wrong. */
  boolean tame() {
    return !losses && !clocksMoved && !tight();
  }

  /** Whether there may be more instances than a node takes: nodes then hold the first ones. */
  private boolean tight() {
    return world.plan.cluster().instancesMax() < 100;
  }

  long tolerance() {
    Plan.Cluster cluster = world.plan.cluster();
    long hop = world.plan.weather().delayMaxMillis() + (slow ? 3 * cluster.intervalMillis() : 0);
    long skew = (clocksMoved ? MAX_SKEW_MILLIS : SKEW_MILLIS) + cluster.clockTickMillis();
    long wallClocks = cluster.old().isEmpty() ? 0 : skew;
    return PURGED_MILLIS + pausedMillis + wallClocks + cluster.nodes().size() * hop;
  }

  // Clients.

  boolean shows(SimNode node, Key key) {
    StoredEntry winner = node.inspection.winner(key);
    return winner != null && winner.registered();
  }

  /** Checks the answer to a registration or renewal. */
  void answered(SimNode node, Key key, boolean known, Outcome outcome) {
    if (outcome != Outcome.DONE) {
      boolean full = outcome == Outcome.INSTANCES_FULL
          || outcome == Outcome.SERVICES_FULL
          || outcome == Outcome.BYTES_FULL;
      check(
          !(known && full), "S7", "a renewal of %s at %s is refused: %s", key, node.name, outcome);
      count(outcome.name());
      return;
    }
    StoredEntry entry = node.inspection.winner(key);
    check(
        entry != null && entry.registered(),
        "S6",
        "%s does not show what it accepted: %s",
        node.name,
        key);
    wrote(node, entry);
    long ttl = world.plan.cluster().old().isEmpty()
        ? entry.ttlMillis()
        : Math.max(entry.ttlMillis(), world.plan.cluster().livenessMillis());
    String document = text(entry);
    long now = world.timeline.now();
    endOfLife.merge(document, now + ttl, Math::max);
    accepted.put(document, now);
    last.put(path(key), new Write(node, node.life(), document, now + entry.ttlMillis()));
  }

  void deleted(SimNode node, Key key) {
    StoredEntry entry = node.inspection.winner(key);
    if (entry != null) {
      wrote(node, entry);
    }
    last.remove(path(key));
  }

  void wroteAtOldNode(String document) {
    long now = world.timeline.now();
    endOfLife.merge(document, now + world.plan.cluster().livenessMillis(), Math::max);
    accepted.put(document, now);
  }

  /** Checks S3. */
  private void wrote(SimNode node, StoredEntry entry) {
    Life life = lives.get(node.name);
    stamped.put(
        path(entry.key()) + new Stamp(entry.version(), entry.origin()), world.timeline.now());
    check(
        entry.version() > life.claimed,
        "S3",
        "%s writes %s at %s but has claimed everything up to %s",
        node.name,
        entry.key(),
        entry.version(),
        life.claimed);
  }

  // Answers.

  /** Checks S2, and records the claims for S3. */
  void answers(SimNode node, Delta delta, Dialect dialect) {
    for (OriginDelta part : delta.origins()) {
      Set<String> due = new HashSet<>();
      for (StoredEntry entry : node.inspection.entries(part.origin())) {
        boolean within = entry.version() > part.from() && entry.version() <= part.to();
        String kind = within ? sentAs(node, entry, dialect) : "";
        if (!kind.isEmpty()) {
          due.add(kind + path(entry.key()) + "@" + entry.version());
        }
      }
      Set<String> given = new HashSet<>();
      part.entries()
          .forEach(entry -> given.add(kind(entry) + path(entry.key()) + "@" + entry.version()));
      check(due.equals(given), "S2", "%s answers %s for %s", node.name, part, due);
      if (part.origin().equals(node.name) && part.to() > part.from()) {
        Life life = lives.get(node.name);
        life.claimed = Math.max(life.claimed, part.to());
      }
    }
  }

  private static String kind(Entry entry) {
    return entry instanceof Registration ? "+" : "-";
  }

  /** Returns how an entry must be sent: as a registration, as a tombstone, or not at all. */
  private static String sentAs(SimNode node, StoredEntry entry, Dialect dialect) {
    boolean over = entry.dueMillis() <= node.inspection.monotonicMillis();
    if (entry.registered() && !over) {
      return "+";
    }
    boolean tombstone =
        entry.registered() ? entry.ttlMillis() < node.inspection.longestTtlMillis() : !over;
    return tombstone && dialect == Dialect.V2 ? "-" : "";
  }

  // States.

  /**
   * Checks the invariants that hold at any time. Entries that are held already may be shown again
   * above a cap, so the cap is not exact.
   */
  void look(SimNode node) {
    Life life = lives.get(node.name);
    long fingerprint = node.inspection.fingerprint();
    boolean changed = fingerprint != life.fingerprint;
    if (!changed && world.timeline.now() - life.lookedMillis < 1_000) {
      return;
    }
    life.fingerprint = fingerprint;
    life.lookedMillis = world.timeline.now();
    documents(node);
    if (believing(node) && world.timeline.now() >= life.believesFrom) {
      order(node, life);
    } else { // its wrong clock refuses new entries (P3)
      life.floors.clear();
      life.held.clear();
    }
    settled(node);
    check(
        node.inspection.instances() <= 2 * world.plan.cluster().instancesMax(),
        "S7",
        "%s shows %s instances",
        node.name,
        node.inspection.instances());
    for (SimNode other : world.nodes()) {
      horizon(node, other);
      horizon(other, node);
    }
  }

  /** Checks S1: no entry of an origin up to the horizon is missing, and no older one is left. */
  private void horizon(SimNode node, SimNode origin) {
    if (node == origin || broken.contains(origin.name)) {
      return;
    }
    long horizon = node.inspection.horizon(origin.name);
    Map<Key, StoredEntry> held = new HashMap<>();
    node.inspection.entries(origin.name).forEach(entry -> held.put(entry.key(), entry));
    for (StoredEntry theirs : origin.inspection.entries(origin.name)) {
      check(
          theirs.version() > horizon
              || expired(origin, theirs)
              || keeps(held.get(theirs.key()), theirs)
              || tombstoneMissing(held.get(theirs.key()), theirs),
          "S1",
          "%s has everything of %s up to %s but not %s: %s",
          node.name,
          origin.name,
          horizon,
          theirs,
          held.get(theirs.key()));
    }
  }

  /**
   * Whether the entry may have expired elsewhere. Its age does not include the time of an answer
   * under way and of a pause; a node of 2012 passes on neither ttls nor tombstones.
   */
  private boolean expired(SimNode origin, StoredEntry theirs) {
    return bridged(theirs)
        || theirs.dueMillis() - origin.inspection.monotonicMillis() <= tolerance();
  }

  /**
   * Whether a tombstone may be missing on the way. A full node that refused the instance with the
   * longest ttl does not know that ttl, and sends no tombstone that only this ttl requires.
   */
  private boolean tombstoneMissing(@Nullable StoredEntry held, StoredEntry theirs) {
    return tight() && !theirs.registered() && held != null && !held.registered();
  }

  private boolean bridged(StoredEntry theirs) {
    Plan.Cluster cluster = world.plan.cluster();
    boolean plain = theirs.registered() && theirs.ttlMillis() == cluster.livenessMillis();
    return !cluster.old().isEmpty() && !plain;
  }

  private static boolean keeps(@Nullable StoredEntry held, StoredEntry theirs) {
    if (held == null) {
      return !theirs.registered();
    }
    boolean same = !theirs.registered()
        || (held.registered() && Arrays.equals(held.document(), theirs.document()));
    return held.version() == theirs.version() ? same : held.version() > theirs.version();
  }

  /**
   * Checks the upper bound of S5, and S6. A node of 2012 derives ages from versions, and a
   * restamped entry has a new version (P4, P8).
   */
  private void documents(SimNode node) {
    boolean byVersions = (clocksMoved || losses) && !world.plan.cluster().old().isEmpty();
    node.inspection.view().forEach((path, bytes) -> {
      String document = new String(bytes, StandardCharsets.UTF_8);
      Long end = endOfLife.get(document);
      check(
          end != null && document.contains("\"" + path + "\""),
          "S6",
          "%s shows %s, which was never written, of %s",
          node.name,
          document,
          path);
      check(
          byVersions || world.timeline.now() <= end + tolerance(),
          "S5",
          "%s shows %s, which expired at %s",
          node.name,
          document,
          Event.time(end));
    });
  }

  /**
   * Checks the lower bound of S5: an instance that stays at one node is shown until its ttl is
   * over.
   */
  private void settled(SimNode node) {
    for (Map.Entry<String, Write> written : last.entrySet()) {
      Write write = written.getValue();
      if (write.node == node && write.life == node.life() && settledAt(written.getKey(), node)) {
        StoredEntry entry = node.inspection.winner(SimNode.key(written.getKey()));
        check(
            world.timeline.now() >= write.endMillis
                || (entry != null && write.document.equals(text(entry))),
            "S5",
            "%s does not show %s until %s but %s",
            node.name,
            write.document,
            Event.time(write.endMillis),
            entry);
      }
    }
  }

  private boolean settledAt(String path, SimNode node) {
    int id = Integer.parseInt(path.substring(path.indexOf('/') + 1));
    List<String> names = world.plan.cluster().nodes();
    return id < names.size() && names.get(id).equals(node.name);
  }

  /**
   * Checks S4: a hidden entry is not shown again. A write that arrives late may be older, by a
   * clock that is behind.
   */
  private void order(SimNode node, Life life) {
    for (String origin : world.plan.cluster().nodes()) {
      for (StoredEntry entry : node.inspection.entries(origin)) {
        String path = path(entry.key());
        Stamp stamp = new Stamp(entry.version(), origin);
        boolean known = !life.held.computeIfAbsent(path, any -> new HashSet<>()).add(stamp);
        if (entry.winner()) {
          order(node, life, entry, known);
        }
      }
    }
  }

  private void order(SimNode node, Life life, StoredEntry entry, boolean known) {
    String path = path(entry.key());
    long now = world.timeline.now();
    Shown shown = new Shown(
        new Stamp(entry.version(), entry.origin()),
        text(entry),
        entry.registered()
            ? accepted.getOrDefault(text(entry), now)
            : stamped.getOrDefault(
                path + new Stamp(entry.version(), entry.origin()), Long.MIN_VALUE));
    Shown floor = life.floors.get(path);
    boolean later = floor == null || shown.stamp.compareTo(floor.stamp) >= 0;
    boolean newer = floor != null
        && (shown.document.equals(floor.document) || shown.acceptedMillis > floor.acceptedMillis);
    if (later || newer || !known || !entry.registered()) {
      if (later && floor != null && shown.stamp.equals(floor.stamp)) {
        return;
      }
      life.floors.put(path, shown);
      life.wrongSince.remove(path);
    } else {
      long since = life.wrongSince.computeIfAbsent(path, any -> now);
      check(
          now - since <= tolerance() - PURGED_MILLIS,
          "S4",
          "%s shows %s after %s",
          node.name,
          entry,
          floor);
    }
  }

  /** Checks S8: a reachable peer is asked when its turn has come, whatever the others do. */
  void round(SimNode node) {
    long now = world.timeline.now();
    long interval = world.plan.cluster().intervalMillis();
    Map<String, SimGossip.Link> links = node.gossip().links();
    for (SimGossip.Link link : links.values()) {
      boolean well = world.well(node.name, link.peer) && !link.failing && world.calm();
      link.wellSince = well ? Math.min(link.wellSince, now) : Long.MAX_VALUE;
    }
    long healthy = links.values().stream().filter(link -> !link.failing).count();
    long bound = (2 * healthy + 2) * interval * 11 / 10 + 2 * interval;
    for (SimGossip.Link link : links.values()) {
      long since = Math.max(link.wellSince, link.begunMillis);
      check(
          link.wellSince == Long.MAX_VALUE || now - since <= bound,
          "S8",
          "%s has not asked %s since %s",
          node.name,
          link.peer,
          Event.time(link.begunMillis));
    }
  }

  // At the end.

  /** Checks L2: all nodes show the same, except for entries that are about to expire. */
  void checkEqual(String invariant) {
    List<SimNode> nodes = world.nodes();
    Set<String> paths = new HashSet<>();
    for (SimNode node : nodes) {
      paths.addAll(node.inspection.view().keySet());
      check(
          node.inspection.contentAddsUp(node.contents),
          invariant,
          "the content version of %s is not that of its instances",
          node.name);
    }
    for (String path : paths) {
      Key key = SimNode.key(path);
      String first = shown(nodes.get(0), key);
      for (SimNode node : nodes) {
        check(
            shown(node, key).equals(first) || ending(key),
            invariant,
            "of %s %s shows %s, %s shows %s",
            path,
            nodes.get(0).name,
            first,
            node.name,
            shown(node, key));
      }
    }
  }

  private static String shown(SimNode node, Key key) {
    StoredEntry winner = node.inspection.winner(key);
    return winner != null && winner.registered() ? text(winner) : "nothing";
  }

  /** Whether an entry on the key expires about now, at any node. */
  private boolean ending(Key key) {
    for (SimNode node : world.nodes()) {
      Inspection inspection = node.inspection;
      for (String origin : world.plan.cluster().nodes()) {
        for (StoredEntry entry : inspection.entries(origin)) {
          long left = entry.dueMillis() - inspection.monotonicMillis();
          boolean ends = left <= tolerance() + PURGED_MILLIS || bridged(entry);
          if (entry.key().equals(key) && ends) {
            return true;
          }
        }
      }
    }
    return endOfLife.entrySet().stream()
        .anyMatch(end -> end.getKey().contains("\"" + path(key) + "\"")
            && Math.abs(end.getValue() - world.timeline.now()) <= tolerance() + PURGED_MILLIS);
  }

  /** Checks L3: every node shows exactly the instances of living clients. */
  void checkLiving(Map<String, String> living) {
    for (SimNode node : world.nodes()) {
      Map<String, String> view = new TreeMap<>();
      node.inspection
          .view()
          .forEach((path, bytes) -> view.put(path, new String(bytes, StandardCharsets.UTF_8)));
      check(view.equals(living), "L3", "%s shows %s instead of %s", node.name, view, living);
    }
  }

  private void check(boolean holds, String invariant, String what, Object... arguments) {
    if (!holds) {
      throw new Violation(
          invariant,
          world.timeline.now(),
          what.formatted(Arrays.stream(arguments).map(Objects::toString).toArray()));
    }
  }

  private static String text(StoredEntry entry) {
    return new String(entry.document(), StandardCharsets.UTF_8);
  }

  private static String path(Key key) {
    return key.service() + "/" + key.id();
  }
}

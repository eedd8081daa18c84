package io.hera.sim;

import io.hera.registry.Delta;
import io.hera.registry.Dialect;
import io.hera.registry.Entry;
import io.hera.registry.Inspection;
import io.hera.registry.Inspection.Word;
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
 * Sees everything and compares it with the invariants S1 to L4, without touching anything. Owned by {@link World}.
 *
 * <p>Some promises do not hold after some events, which the protocol says; then that one check is off, for that one node or
 * origin: S1 of an origin that has lost what others know or whose clock was put back; S3 and S4 of a node's own past when its
 * clock is corrected (P3, P4).
 */
final class Observer {
  private static final long PURGED_MILLIS = 1_000;

  /** By how much wall clocks differ at first, and at most to be believed: of 2012 nodes ages are known by them alone. */
  private static final long SKEW_MILLIS = 4_000;

  private static final long MAX_SKEW_MILLIS = 60_000;

  private final World world;
  private final Map<String, Life> lives = new HashMap<>();
  /** Document → when it is over at the latest, by the world's clock. */
  private final Map<String, Long> endOfLife = new HashMap<>();
  /** Document → when it was last accepted. */
  private final Map<String, Long> accepted = new HashMap<>();
  /** Path and stamp → when it was written; what was written anew later is not here. */
  private final Map<String, Long> stamped = new HashMap<>();
  /** Path → what was last accepted for it. */
  private final Map<String, Write> last = new TreeMap<>();

  /** Node → what it had accepted before it was killed, by path. */
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

  /** A write of a client, by the world's clock. */
  record Write(SimNode node, int life, String document, long endMillis) {}

  /** What is remembered of one node in its present life. */
  private static final class Life {
    long fingerprint;
    long claimed;
    long lookedMillis = -1;
    /** When, after a change of its clock, it has dropped what it believes no more (P3). */
    long believesFrom;

    final Map<String, Shown> floors = new HashMap<>();
    final Map<String, Set<Stamp>> held = new HashMap<>();
    final Map<String, Long> wrongSince = new HashMap<>();
  }

  /** The place of a word in the order of P2. */
  private record Stamp(long version, String origin) implements Comparable<Stamp> {
    @Override
    public int compareTo(Stamp other) {
      return version != other.version
          ? Long.compare(version, other.version)
          : origin.compareTo(other.origin);
    }
  }

  private record Shown(Stamp stamp, String document, long acceptedMillis) {}

  // What happens.

  void happens(Event event) {
    count(event.verb());
    switch (event.verb()) {
      case "pause" -> pause(event);
      case "clock" -> clock(event);
      case "crash" -> crash(event.node());
      case "corrupt" -> {
        losses = true;
        broken.add(event.word(1)); // and is passed on
      }
      case "bad" -> slow |= Fault.of(event.word(1)) == Fault.SLOW;
      default -> {
        // Nothing that changes what is promised.
      }
    }
  }

  /** After a pause other origins' entries are kept until a pull has gone well, at most for L (P11). */
  private void pause(Event event) {
    pausedMillis += event.millis() + world.plan.cluster().livenessMillis();
    if (world.machine(event.node()) instanceof SimNode node) {
      node.gossip().links().values().forEach(link -> link.wellSince = Long.MAX_VALUE);
    }
  }

  private void clock(Event event) {
    if (event.atMillis() == 0) {
      return; // nobody has written anything yet
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

  /** Who is killed while somebody cannot be asked may not get everything back that others know of it. */
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
   * P7: all peers have answered a starting node, so it shows what any of them still holds of its former life; unless others'
   * instances, which came first, have taken all the room there is.
   */
  void recovered(SimNode node) {
    Map<String, Write> lost = forgotten.getOrDefault(node.name, Map.of());
    lost.forEach((path, write) -> {
      Key key = SimNode.key(path);
      boolean due = settledAt(path, node)
          && !tight()
          && world.timeline.now() + tolerance() < write.endMillis
          && told(node, key)
              .filter(word -> word.registered() && text(word).equals(write.document))
              .isPresent();
      Word shown = node.inspection.winner(key);
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

  /** Whether its clock is good enough for it to believe what others wrote by good ones (P3). */
  private static boolean believing(SimNode node) {
    return node.clock.offsetMillis() > -MAX_SKEW_MILLIS / 2;
  }

  /**
   * The latest own word on the key that peers tell a node of, and that it believes. What lies above a horizon, as something
   * below it was refused, is told to nobody (P5); what was written by a clock far ahead of the asker's is not taken (P3); and a
   * peer may hold a later trace from before the node's clock was put back (P4).
   */
  private Optional<Word> told(SimNode asker, Key key) {
    long limit = asker.clock.millis() + MAX_SKEW_MILLIS / 2;
    return world.nodes().stream()
        .filter(peer -> peer != asker && peer.running())
        .flatMap(peer -> {
          long horizon = peer.inspection.horizon(asker.name);
          return peer.inspection.words(asker.name).stream()
              .filter(word -> word.version() <= Math.min(horizon, limit));
        })
        .filter(word -> word.key().equals(key))
        .max(Comparator.comparingLong(Word::version));
  }

  /** The clocks of all were set right. */
  void clocksSetRight() {
    lives.values().forEach(life -> {
      life.claimed = 0;
      life.believesFrom = world.timeline.now() + PURGED_MILLIS;
    });
    world.nodes().forEach(node -> broken.add(node.name));
  }

  void booted(SimNode node) {
    lives.put(node.name, new Life());
  }

  /** How often each kind of thing has happened. */
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

  /** Whether nothing has been lost or made wrong that L2 would need. */
  boolean tame() {
    return !losses && !clocksMoved && !tight();
  }

  /** Whether there may be more instances than a node takes: then nodes hold what came first. */
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
    Word winner = node.inspection.winner(key);
    return winner != null && winner.registered();
  }

  /** A registration or renewal was answered. */
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
    Word word = node.inspection.winner(key);
    check(
        word != null && word.registered(),
        "S6",
        "%s does not show what it took: %s",
        node.name,
        key);
    wrote(node, word);
    long ttl = world.plan.cluster().old().isEmpty()
        ? word.ttlMillis()
        : Math.max(word.ttlMillis(), world.plan.cluster().livenessMillis());
    String document = text(word);
    long now = world.timeline.now();
    endOfLife.merge(document, now + ttl, Math::max);
    accepted.put(document, now);
    last.put(path(key), new Write(node, node.life(), document, now + word.ttlMillis()));
  }

  void deleted(SimNode node, Key key) {
    Word word = node.inspection.winner(key);
    if (word != null) {
      wrote(node, word);
    }
    last.remove(path(key));
  }

  void wroteInOldStyle(String document) {
    long now = world.timeline.now();
    endOfLife.merge(document, now + world.plan.cluster().livenessMillis(), Math::max);
    accepted.put(document, now);
  }

  /** S3. */
  private void wrote(SimNode node, Word word) {
    Life life = lives.get(node.name);
    stamped.put(path(word.key()) + new Stamp(word.version(), word.origin()), world.timeline.now());
    check(
        word.version() > life.claimed,
        "S3",
        "%s writes %s at %s but has claimed everything up to %s",
        node.name,
        word.key(),
        word.version(),
        life.claimed);
  }

  // Answers.

  /** S2, and what S3 remembers. */
  void answers(SimNode node, Delta delta, Dialect dialect) {
    for (OriginDelta part : delta.origins()) {
      Set<String> due = new HashSet<>();
      for (Word word : node.inspection.words(part.origin())) {
        boolean within = word.version() > part.from() && word.version() <= part.to();
        String kind = within ? told(node, word, dialect) : "";
        if (!kind.isEmpty()) {
          due.add(kind + path(word.key()) + "@" + word.version());
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

  /** As what a word is to be told: not at all, as a registration or as a tombstone. */
  private static String told(SimNode node, Word word, Dialect dialect) {
    boolean over = word.dueMillis() <= node.inspection.monotonicMillis();
    if (word.registered() && !over) {
      return "+";
    }
    boolean trace =
        word.registered() ? word.ttlMillis() < node.inspection.longestTtlMillis() : !over;
    return trace && dialect == Dialect.V2 ? "-" : "";
  }

  // States.

  /** All that is true of a node at any time. What is held already may be shown again beyond a cap, so the cap is not exact. */
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
    } else { // it does not believe what is new (P3)
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

  /** S1: of what an origin says up to the horizon nothing is missing, and nothing older is left. */
  private void horizon(SimNode node, SimNode origin) {
    if (node == origin || broken.contains(origin.name)) {
      return;
    }
    long horizon = node.inspection.horizon(origin.name);
    Map<Key, Word> held = new HashMap<>();
    node.inspection.words(origin.name).forEach(word -> held.put(word.key(), word));
    for (Word said : origin.inspection.words(origin.name)) {
      check(
          said.version() > horizon
              || over(origin, said)
              || keeps(held.get(said.key()), said)
              || untraced(held.get(said.key()), said),
          "S1",
          "%s has everything of %s up to %s but not %s: %s",
          node.name,
          origin.name,
          horizon,
          said,
          held.get(said.key()));
    }
  }

  /**
   * Whether it may have expired elsewhere. The time that an answer is under way and a process is held up is nobody's; a node of
   * 2012 passes on neither ttls nor tombstones.
   */
  private boolean over(SimNode origin, Word said) {
    return bridged(said) || said.dueMillis() - origin.inspection.monotonicMillis() <= tolerance();
  }

  /**
   * Whether a trace may be missing on the way: who has refused the instance of the longest ttl, being full, knows nothing of that
   * ttl, and tells of no trace that is needed for it only.
   */
  private boolean untraced(@Nullable Word held, Word said) {
    return tight() && !said.registered() && held != null && !held.registered();
  }

  private boolean bridged(Word said) {
    Plan.Cluster cluster = world.plan.cluster();
    boolean plain = said.registered() && said.ttlMillis() == cluster.livenessMillis();
    return !cluster.old().isEmpty() && !plain;
  }

  private static boolean keeps(@Nullable Word held, Word said) {
    if (held == null) {
      return !said.registered();
    }
    boolean same = !said.registered()
        || (held.registered() && Arrays.equals(held.document(), said.document()));
    return held.version() == said.version() ? same : held.version() > said.version();
  }

  /** S5, the upper bound, and S6. A node of 2012 tells ages by versions alone, and what was written anew has a new one (P4, P8). */
  private void documents(SimNode node) {
    boolean byVersions = (clocksMoved || losses) && !world.plan.cluster().old().isEmpty();
    node.inspection.view().forEach((path, bytes) -> {
      String document = new String(bytes, StandardCharsets.UTF_8);
      Long end = endOfLife.get(document);
      check(
          end != null && document.contains("\"" + path + "\""),
          "S6",
          "%s shows %s, which nobody wrote, of %s",
          node.name,
          document,
          path);
      check(
          byVersions || world.timeline.now() <= end + tolerance(),
          "S5",
          "%s shows %s, which was over at %s",
          node.name,
          document,
          Event.time(end));
    });
  }

  /** S5, the lower bound: an instance with one node of its own is there until its ttl is over. */
  private void settled(SimNode node) {
    for (Map.Entry<String, Write> entry : last.entrySet()) {
      Write write = entry.getValue();
      if (write.node == node && write.life == node.life() && settledAt(entry.getKey(), node)) {
        Word word = node.inspection.winner(SimNode.key(entry.getKey()));
        check(
            world.timeline.now() >= write.endMillis
                || (word != null && write.document.equals(text(word))),
            "S5",
            "%s does not show %s until %s but %s",
            node.name,
            write.document,
            Event.time(write.endMillis),
            word);
      }
    }
  }

  private boolean settledAt(String path, SimNode node) {
    int id = Integer.parseInt(path.substring(path.indexOf('/') + 1));
    List<String> names = world.plan.cluster().nodes();
    return id < names.size() && names.get(id).equals(node.name);
  }

  /** S4: what was hidden is not shown again. A write that comes late may be older by a clock that is behind. */
  private void order(SimNode node, Life life) {
    for (String origin : world.plan.cluster().nodes()) {
      for (Word word : node.inspection.words(origin)) {
        String path = path(word.key());
        Stamp stamp = new Stamp(word.version(), origin);
        boolean known = !life.held.computeIfAbsent(path, any -> new HashSet<>()).add(stamp);
        if (word.shown()) {
          order(node, life, word, known);
        }
      }
    }
  }

  private void order(SimNode node, Life life, Word word, boolean known) {
    String path = path(word.key());
    long now = world.timeline.now();
    Shown shown = new Shown(
        new Stamp(word.version(), word.origin()),
        text(word),
        word.registered()
            ? accepted.getOrDefault(text(word), now)
            : stamped.getOrDefault(
                path + new Stamp(word.version(), word.origin()), Long.MIN_VALUE));
    Shown floor = life.floors.get(path);
    boolean later = floor == null || shown.stamp.compareTo(floor.stamp) >= 0;
    boolean newer = floor != null
        && (shown.document.equals(floor.document) || shown.acceptedMillis > floor.acceptedMillis);
    if (later || newer || !known || !word.registered()) {
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
          word,
          floor);
    }
  }

  /** S8: whom nothing stands in the way of is asked when its turn has come, whatever the others do. */
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

  // In the end.

  /** L2: all show the same, but for what is about to expire. */
  void checkEqual(String invariant) {
    List<SimNode> nodes = world.nodes();
    Set<String> paths = new HashSet<>();
    for (SimNode node : nodes) {
      paths.addAll(node.inspection.view().keySet());
      check(
          node.inspection.contentAddsUp(node.contents),
          invariant,
          "the content version of %s is not that of what it shows",
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
    Word winner = node.inspection.winner(key);
    return winner != null && winner.registered() ? text(winner) : "nothing";
  }

  /** Whether some word on the key ends about now, somewhere. */
  private boolean ending(Key key) {
    for (SimNode node : world.nodes()) {
      Inspection inspection = node.inspection;
      for (String origin : world.plan.cluster().nodes()) {
        for (Word word : inspection.words(origin)) {
          long left = word.dueMillis() - inspection.monotonicMillis();
          boolean ends = left <= tolerance() + PURGED_MILLIS || bridged(word);
          if (word.key().equals(key) && ends) {
            return true;
          }
        }
      }
    }
    return endOfLife.entrySet().stream()
        .anyMatch(end -> end.getKey().contains("\"" + path(key) + "\"")
            && Math.abs(end.getValue() - world.timeline.now()) <= tolerance() + PURGED_MILLIS);
  }

  /** L3: every node shows exactly the living. */
  void checkLiving(Map<String, String> living) {
    for (SimNode node : world.nodes()) {
      Map<String, String> view = new TreeMap<>();
      node.inspection
          .view()
          .forEach((path, bytes) -> view.put(path, new String(bytes, StandardCharsets.UTF_8)));
      check(view.equals(living), "L3", "%s shows %s instead of %s", node.name, view, living);
    }
  }

  private void check(boolean holds, String invariant, String what, Object... words) {
    if (!holds) {
      throw new Violation(
          invariant,
          world.timeline.now(),
          what.formatted(Arrays.stream(words).map(Objects::toString).toArray()));
    }
  }

  private static String text(Word word) {
    return new String(word.document(), StandardCharsets.UTF_8);
  }

  private static String path(Key key) {
    return key.service() + "/" + key.id();
  }
}

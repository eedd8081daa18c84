package io.hera.sim;

import io.hera.registry.Delta;
import io.hera.registry.Dialect;
import io.hera.registry.Drains;
import io.hera.registry.Entry;
import io.hera.registry.Inspection.StoredEntry;
import io.hera.registry.Key;
import io.hera.registry.OriginDelta;
import io.hera.registry.Registration;
import io.hera.registry.SnapshotPage;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * The checks of S2 and S3: an answer has exactly what P5 says, and the origin writes nothing at or
 * below a version that one of its answers has claimed.
 *
 * <p>A node whose agreed time was corrected has claimed nothing (P4).
 */
final class AnswerChecks {
  /** A node whose versions are further ahead of the agreed time sets its clock back (P4). */
  private static final long AHEAD_MILLIS = Allowances.MAX_SKEW_MILLIS + 1_000;

  private final Checker checker;
  /** Node → the newest version that an answer of its present life has claimed. */
  private final Map<String, Long> claimed = new HashMap<>();

  AnswerChecks(Checker checker) {
    this.checker = checker;
  }

  /** Forgets what a node has claimed: it starts, or its agreed time was corrected. */
  void forget(String node) {
    claimed.remove(node);
  }

  /** Checks S2, and records the claims for S3. */
  void answers(SimNode node, Delta delta, Dialect dialect) {
    for (OriginDelta part : delta.origins()) {
      Set<String> due = due(node, part.origin(), part.from(), part.to(), dialect);
      Set<String> given = given(part, stays(node, part));
      checker.check(due.equals(given), "S2", "%s answers %s for %s", node.name, part, due);
      claims(node, part);
    }
  }

  private void claims(SimNode node, OriginDelta part) {
    if (part.origin().equals(node.name) && part.to() > part.from()) {
      claimed.merge(node.name, part.to(), Math::max);
    }
  }

  /** Checks S2 for a page of a snapshot, which claims what an answer would claim (P14). */
  void saves(SimNode node, long above, SnapshotPage page) {
    String origin = page.part().origin();
    long to = page.more() ? page.next() : Long.MAX_VALUE;
    Set<String> due = due(node, origin, above, to, Dialect.V2_DRAINS);
    checker.check(
        due.equals(given(page.part(), entry -> true)),
        "S2",
        "%s saves %s for %s",
        node.name,
        page.part(),
        due);
    claims(node, page.part());
  }

  /** Records the claims of a snapshot that a starting node has brought back: they hold across its lives. */
  void restored(SimNode node, List<OriginDelta> saved) {
    saved.forEach(part -> claims(node, part));
  }

  /** Checks S3 for a new entry of a node. What a node has claimed while it was ahead is withdrawn (P4). */
  void wrote(SimNode node, StoredEntry entry) {
    long exposed = claimed.getOrDefault(node.name, 0L);
    long aheadMillis = exposed - node.inspection.nowMillis();
    checker.check(
        entry.version() > exposed || aheadMillis > AHEAD_MILLIS,
        "S3",
        "%s writes %s at %s but has claimed everything up to %s",
        node.name,
        entry.key(),
        entry.version(),
        exposed);
  }

  private static Set<String> due(SimNode node, String origin, long from, long to, Dialect dialect) {
    Set<String> due = new HashSet<>();
    for (StoredEntry entry : node.inspection.allEntries(origin)) {
      boolean within = entry.version() > from && entry.version() <= to;
      String kind = within ? kindSent(node, entry, dialect) : "";
      if (!kind.isEmpty()) {
        due.add(kind + entry.path() + "@" + entry.version());
      }
    }
    return due;
  }

  private static Set<String> given(OriginDelta part, Predicate<Entry> counts) {
    Set<String> given = new HashSet<>();
    for (Entry entry : part.entries()) {
      if (counts.test(entry)) {
        String kind = entry instanceof Registration ? "+" : "-";
        given.add(kind + SimNode.path(entry.key()) + "@" + entry.version());
      }
    }
    return given;
  }

  /**
   * Returns which entries of an answer are where they were. The notification of writes that ends the turn of the answer may give
   * others a later version, or drop them (P4, P8).
   */
  private static Predicate<Entry> stays(SimNode node, OriginDelta part) {
    if (!part.origin().equals(node.name) || node.inspection.last() <= part.to()) {
      return entry -> true;
    }
    Set<Key> held = node.inspection.allEntries(node.name).stream()
        .filter(entry -> entry.version() <= part.to())
        .map(StoredEntry::key)
        .collect(Collectors.toSet());
    return entry -> held.contains(entry.key());
  }

  /** Returns + if the entry is sent as a registration, - if as a tombstone, or nothing. */
  private static String kindSent(SimNode node, StoredEntry entry, Dialect dialect) {
    if (entry.isOfDrain() && dialect != Dialect.V2_DRAINS) {
      return "";
    }
    boolean over = entry.dueMillis() <= node.inspection.bootMillis();
    if (entry.registered() && !over) {
      return "+";
    }
    long longestMillis = entry.isOfDrain() ? Drains.TTL_MILLIS : node.inspection.longestTtlMillis();
    boolean tombstone = entry.registered() ? entry.ttlMillis() < longestMillis : !over;
    return tombstone && dialect != Dialect.V1 ? "-" : "";
  }
}

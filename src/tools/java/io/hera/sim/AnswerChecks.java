package io.hera.sim;

import io.hera.registry.Delta;
import io.hera.registry.Dialect;
import io.hera.registry.Entry;
import io.hera.registry.Inspection.StoredEntry;
import io.hera.registry.OriginDelta;
import io.hera.registry.Registration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * The checks of S2 and S3: an answer has exactly what P5 says, and the origin writes nothing at or
 * below a version that one of its answers has claimed.
 *
 * <p>A node whose agreed time was corrected has claimed nothing (P4).
 */
final class AnswerChecks {
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
      Set<String> due = due(node, part, dialect);
      checker.check(due.equals(given(part)), "S2", "%s answers %s for %s", node.name, part, due);
      if (part.origin().equals(node.name) && part.to() > part.from()) {
        claimed.merge(node.name, part.to(), Math::max);
      }
    }
  }

  /** Checks S3 for a new entry of a node. */
  void wrote(SimNode node, StoredEntry entry) {
    long exposed = claimed.getOrDefault(node.name, 0L);
    checker.check(
        entry.version() > exposed,
        "S3",
        "%s writes %s at %s but has claimed everything up to %s",
        node.name,
        entry.key(),
        entry.version(),
        exposed);
  }

  private static Set<String> due(SimNode node, OriginDelta part, Dialect dialect) {
    Set<String> due = new HashSet<>();
    for (StoredEntry entry : node.inspection.entries(part.origin())) {
      boolean within = entry.version() > part.from() && entry.version() <= part.to();
      String kind = within ? kindSent(node, entry, dialect) : "";
      if (!kind.isEmpty()) {
        due.add(kind + entry.path() + "@" + entry.version());
      }
    }
    return due;
  }

  private static Set<String> given(OriginDelta part) {
    Set<String> given = new HashSet<>();
    for (Entry entry : part.entries()) {
      String kind = entry instanceof Registration ? "+" : "-";
      given.add(kind + SimNode.path(entry.key()) + "@" + entry.version());
    }
    return given;
  }

  /** Returns + if the entry is sent as a registration, - if as a tombstone, or nothing. */
  private static String kindSent(SimNode node, StoredEntry entry, Dialect dialect) {
    boolean over = entry.dueMillis() <= node.inspection.bootMillis();
    if (entry.registered() && !over) {
      return "+";
    }
    boolean tombstone =
        entry.registered() ? entry.ttlMillis() < node.inspection.longestTtlMillis() : !over;
    return tombstone && dialect == Dialect.V2 ? "-" : "";
  }
}

package io.hera.sim.model;

import io.hera.registry.Entry;
import io.hera.registry.Inspection;
import io.hera.registry.Inspection.StoredEntry;
import io.hera.registry.Key;
import io.hera.registry.OriginDelta;
import io.hera.registry.Registration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The checks of S1 to S4 on the states of the registries. Owned by one {@link World}. */
final class Invariants {
  private final List<String> names;
  private final List<Life> lives;

  Invariants(List<String> names) {
    this.names = names;
    this.lives = new ArrayList<>(names.stream().map(name -> new Life()).toList());
  }

  /** The record of one node since it last lost its memory. */
  private static final class Life {
    /** S3: the version up to which an answer has claimed everything of the own origin. */
    long claimed;
    /** S4: per key, the latest entry that was the winner. */
    final Map<String, Stamp> floors = new TreeMap<>();
    /** Per key, the entries that were held. */
    final Map<String, Set<Stamp>> held = new TreeMap<>();
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

  /** Records that a node has lost its memory. */
  void forget(int node) {
    lives.set(node, new Life());
  }

  /** Checks S3: a write has a version above all that were claimed. */
  void wrote(Inspection inspection, int node, String path) {
    Life life = lives.get(node);
    for (StoredEntry stored : inspection.entries(names.get(node))) {
      if (path.equals(path(stored.key())) && stored.version() <= life.claimed) {
        throw new Violation(
            "S3",
            "%s writes %s at %d, but has claimed everything up to %d"
                .formatted(names.get(node), path, stored.version(), life.claimed));
      }
    }
  }

  /** Checks S2: the part has exactly the entries that are held between its bounds. */
  void answered(Inspection inspection, int node, OriginDelta part) {
    Set<String> held = new HashSet<>();
    for (StoredEntry stored : inspection.entries(part.origin())) {
      if (stored.version() > part.from() && stored.version() <= part.to()) {
        held.add(path(stored.key()) + stored.version() + stored.registered());
      }
    }
    Set<String> given = new HashSet<>();
    for (Entry entry : part.entries()) {
      given.add(path(entry.key()) + entry.version() + (entry instanceof Registration));
    }
    if (!held.equals(given)) {
      throw new Violation(
          "S2",
          "%s holds %s of %s above %d to %d, and answers %s"
              .formatted(names.get(node), held, part.origin(), part.from(), part.to(), given));
    }
    if (part.origin().equals(names.get(node))) {
      lives.get(node).claimed = Math.max(lives.get(node).claimed, part.to());
    }
  }

  /** Checks S4, and records what it depends on: after every step. */
  void stepped(List<Inspection> inspections) {
    for (int node = 0; node < names.size(); node++) {
      order(inspections.get(node), node);
    }
  }

  /** Checks S1. */
  void check(List<Inspection> inspections) {
    for (int node = 0; node < names.size(); node++) {
      for (int origin = 0; origin < names.size(); origin++) {
        if (origin != node) {
          horizon(inspections, node, origin);
        }
      }
    }
  }

  private void horizon(List<Inspection> inspections, int node, int origin) {
    long horizon = inspections.get(node).horizon(names.get(origin));
    Map<Key, StoredEntry> held = new HashMap<>();
    inspections
        .get(node)
        .entries(names.get(origin))
        .forEach(stored -> held.put(stored.key(), stored));
    for (StoredEntry stated : inspections.get(origin).entries(names.get(origin))) {
      if (stated.version() <= horizon && !keeps(held.get(stated.key()), stated)) {
        throw new Violation(
            "S1",
            "%s has everything of %s up to %d, but of %s at %d it has %s"
                .formatted(
                    names.get(node),
                    names.get(origin),
                    horizon,
                    path(stated.key()),
                    stated.version(),
                    Objects.toString(held.get(stated.key()), "nothing")));
      }
    }
  }

  /**
   * Whether {@code held} is the entry of the origin or a later one, perhaps of a former life that
   * the origin has forgotten. A tombstone may be missing: it has expired here too.
   */
  private static boolean keeps(@Nullable StoredEntry held, StoredEntry stated) {
    if (held == null) {
      return !stated.registered();
    }
    boolean same = !stated.registered()
        || (held.registered() && Arrays.equals(held.document(), stated.document()));
    return held.version() == stated.version() ? same : held.version() > stated.version();
  }

  /**
   * Checks S4: an entry that was held before is not shown again below the one that hid it. An entry
   * that arrives for the first time may be older.
   */
  private void order(Inspection inspection, int node) {
    Life life = lives.get(node);
    for (String origin : names) {
      for (StoredEntry stored : inspection.entries(origin)) {
        String path = path(stored.key());
        Stamp stamp = new Stamp(stored.version(), origin);
        boolean known = !life.held.computeIfAbsent(path, any -> new TreeSet<>()).add(stamp);
        if (stored.winner()) {
          Stamp floor = life.floors.merge(path, stamp, (a, b) -> a.compareTo(b) >= 0 ? a : b);
          if (known && stored.registered() && stamp.compareTo(floor) < 0) {
            throw new Violation(
                "S4", "%s shows %s of %s after %s".formatted(names.get(node), stamp, path, floor));
          }
        }
      }
    }
  }

  /** Appends all that later checks depend on. */
  void describe(StringBuilder text, long base) {
    for (Life life : lives) {
      text.append('!').append(life.claimed == 0 ? 0 : life.claimed - base);
      life.floors.forEach(
          (path, stamp) -> text.append(path).append(stamp.version - base).append(stamp.origin));
      life.held.forEach((path, stamps) -> stamps.forEach(
          stamp -> text.append(path).append(stamp.version - base).append(stamp.origin)));
    }
  }

  private static String path(Key key) {
    return key.service() + "/" + key.id();
  }
}

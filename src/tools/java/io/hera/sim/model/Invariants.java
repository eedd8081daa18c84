package io.hera.sim.model;

import io.hera.registry.Entry;
import io.hera.registry.Inspection;
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

/** S1–S4 of PROTOCOL §8, by looking on. Owned by one {@link World}. */
final class Invariants {
  private final List<String> names;
  private final List<Life> lives;

  Invariants(List<String> names) {
    this.names = names;
    this.lives = new ArrayList<>(names.stream().map(name -> new Life()).toList());
  }

  /** What is remembered of one node since it has last lost everything. */
  private static final class Life {
    /** S3: up to where an answer has claimed everything of the own origin. */
    long claimed;
    /** S4: per key the latest word that was the winner. */
    final Map<String, Stamp> floors = new TreeMap<>();
    /** Per key the words that were held. */
    final Map<String, Set<Stamp>> held = new TreeMap<>();
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

  /** A node has lost everything. */
  void forget(int node) {
    lives.set(node, new Life());
  }

  /** S3: a write is above all that was claimed. */
  void wrote(Inspection inspection, int node, String path) {
    Life life = lives.get(node);
    for (Inspection.Word word : inspection.words(names.get(node))) {
      if (path.equals(path(word.key())) && word.version() <= life.claimed) {
        throw new Violation(
            "S3",
            "%s writes %s at %d, but has claimed everything up to %d"
                .formatted(names.get(node), path, word.version(), life.claimed));
      }
    }
  }

  /** S2: the part holds exactly what is held between its bounds. */
  void answered(Inspection inspection, int node, OriginDelta part) {
    Set<String> held = new HashSet<>();
    for (Inspection.Word word : inspection.words(part.origin())) {
      if (word.version() > part.from() && word.version() <= part.to()) {
        held.add(path(word.key()) + word.version() + word.registered());
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

  /** S1 and S4, after every step. */
  void check(List<Inspection> inspections) {
    for (int node = 0; node < names.size(); node++) {
      for (int origin = 0; origin < names.size(); origin++) {
        if (origin != node) {
          horizon(inspections, node, origin);
        }
      }
      order(inspections.get(node), node);
    }
  }

  /** S1. */
  private void horizon(List<Inspection> inspections, int node, int origin) {
    long horizon = inspections.get(node).horizon(names.get(origin));
    Map<Key, Inspection.Word> held = new HashMap<>();
    inspections.get(node).words(names.get(origin)).forEach(word -> held.put(word.key(), word));
    for (Inspection.Word said : inspections.get(origin).words(names.get(origin))) {
      if (said.version() <= horizon && !keeps(held.get(said.key()), said)) {
        throw new Violation(
            "S1",
            "%s has everything of %s up to %d, but of %s at %d it has %s"
                .formatted(
                    names.get(node),
                    names.get(origin),
                    horizon,
                    path(said.key()),
                    said.version(),
                    Objects.toString(held.get(said.key()), "nothing")));
      }
    }
  }

  /**
   * Superseded is kept too, also by a word that only an earlier life of the origin knew. What has expired at the origin has the
   * version of its tombstone, and expires here as well.
   */
  private static boolean keeps(Inspection.@Nullable Word held, Inspection.Word said) {
    if (held == null) {
      return !said.registered();
    }
    boolean same = !said.registered()
        || (held.registered() && Arrays.equals(held.document(), said.document()));
    return held.version() == said.version() ? same : held.version() > said.version();
  }

  /** S4: what was held is not shown again below what hid it. A word that comes for the first time may be older (see the manual). */
  private void order(Inspection inspection, int node) {
    Life life = lives.get(node);
    for (String origin : names) {
      for (Inspection.Word word : inspection.words(origin)) {
        String path = path(word.key());
        Stamp stamp = new Stamp(word.version(), origin);
        boolean known = !life.held.computeIfAbsent(path, any -> new TreeSet<>()).add(stamp);
        if (word.shown()) {
          Stamp floor = life.floors.merge(path, stamp, (a, b) -> a.compareTo(b) >= 0 ? a : b);
          if (known && word.registered() && stamp.compareTo(floor) < 0) {
            throw new Violation(
                "S4", "%s shows %s of %s after %s".formatted(names.get(node), stamp, path, floor));
          }
        }
      }
    }
  }

  /** Appends what the checks to come depend on. */
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

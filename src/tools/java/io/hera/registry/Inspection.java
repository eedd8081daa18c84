package io.hera.registry;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Looks into a registry without taking a turn in it: nothing is sealed, no clock is read. For the simulation's observer, and
 * for it alone.
 */
public final class Inspection {
  private final Registry registry;

  public Inspection(Registry registry) {
    this.registry = registry;
  }

  /**
   * What one origin says of one key here.
   *
   * @param ttlMillis of a tombstone: how long it is kept
   * @param shown whether it is the winner of its key
   */
  public record Word(
      String origin,
      Key key,
      boolean registered,
      byte[] document,
      long version,
      long ttlMillis,
      long dueMillis,
      boolean shown) {
    @Override
    public String toString() {
      String what = registered ? new String(document, StandardCharsets.UTF_8) : "tombstone";
      return "%s's %s of %s/%s at %d".formatted(origin, what, key.service(), key.id(), version);
    }
  }

  /** Changes whenever a word, a horizon or a count does; time alone does not change it. */
  public long fingerprint() {
    long print = registry.slots.bytes() * 31 + registry.slots.tombstones();
    for (Replica replica : registry.membership.replicas()) {
      Slot newest = replica.newest();
      print = print * 0x9E3779B97F4A7C15L + replica.sum();
      print = print * 31 + replica.size();
      print = print * 31 + horizon(replica.origin);
      print = print * 31 + (newest == null ? 0 : newest.version);
    }
    return print;
  }

  /** All that is held of {@code origin}, ascending by version. */
  public List<Word> words(String origin) {
    List<Word> words = new ArrayList<>();
    Replica replica = registry.membership.replica(origin);
    for (Slot at = replica.oldest(); at != null; at = at.newer) {
      words.add(word(at));
    }
    return words;
  }

  /** The winner of {@code key} by the registry's own index, or null. */
  public @Nullable Word winner(Key key) {
    Slot winner = registry.view.winner(key);
    return winner == null ? null : word(winner);
  }

  /** Up to where everything of {@code origin} is promised to be here. */
  public long horizon(String origin) {
    Replica replica = registry.membership.replica(origin);
    return replica == registry.membership.own() ? registry.own.last() : replica.horizon();
  }

  /** Whether others know later versions of this node than some of its own words have. */
  public boolean outdated() {
    return registry.own.outdated();
  }

  /** Documents shown, by key. */
  public Map<String, byte[]> view() {
    Map<String, byte[]> shown = new TreeMap<>();
    for (String service : registry.view.instanceCounts().keySet()) {
      registry.view.forEachInstance(
          service, (id, document) -> shown.put(service + "/" + id, document));
    }
    return shown;
  }

  /** Whether the content versions are the sums over what is shown: then nodes that show the same have the same. */
  public boolean contentAddsUp(ContentHash hash) {
    ContentVersion all = ContentVersion.NONE;
    for (String service : registry.view.instanceCounts().keySet()) {
      List<ContentVersion> parts = new ArrayList<>();
      registry.view.forEachInstance(
          service, (id, document) -> parts.add(hash.of(service, id, document)));
      ContentVersion sum = parts.stream().reduce(ContentVersion.NONE, ContentVersion::plus);
      if (!sum.equals(registry.view.content(service))) {
        return false;
      }
      all = all.plus(sum);
    }
    return all.equals(registry.view.content());
  }

  /** How many instances are shown. */
  public int instances() {
    return registry.view.instanceCount();
  }

  /** The time of the last turn, by which deadlines are. */
  public long monotonicMillis() {
    return registry.time.monotonicMillis();
  }

  public long longestTtlMillis() {
    return registry.slots.longestTtlMillis();
  }

  /** Makes a false promise: everything of {@code origin} up to {@code horizon} is here. */
  public void corrupt(String origin, long horizon) {
    registry.membership.replica(origin).reach(horizon);
  }

  /** Up to where this node's own words are promised not to be followed by others (S3). */
  public long exposed() {
    return registry.own.exposed();
  }

  /** Appends all that the future of the registry depends on, versions relative to {@code base}. */
  public void describe(StringBuilder text, long base) {
    text.append(relative(registry.own.last(), base)).append(',');
    text.append(relative(registry.own.exposed(), base)).append(registry.own.outdated());
    text.append(registry.own.recovering()).append(registry.slots.longestTtlMillis());
    for (Replica replica : registry.membership.replicas()) {
      text.append('|').append(relative(replica.horizon(), base));
      text.append(',').append(relative(replica.reached(), base));
      for (Slot at = replica.oldest(); at != null; at = at.newer) {
        long remaining = replica.dueMillis(at.deadlineMillis) - registry.time.monotonicMillis();
        text.append('/').append(at.id).append(at.state).append(relative(at.version, base));
        text.append(',').append(remaining).append(',').append(at.ttlMillis).append(at.ttlChosen);
        text.append(new String(at.document, StandardCharsets.UTF_8));
      }
    }
  }

  private static long relative(long version, long base) {
    return version == 0 ? 0 : version - base;
  }

  private static Word word(Slot slot) {
    return new Word(
        slot.replica.origin,
        new Key(slot.service.name, slot.id),
        slot.registered(),
        slot.document,
        slot.version,
        slot.ttlMillis,
        slot.replica.dueMillis(slot.deadlineMillis),
        slot.service.winner(slot.id) == slot);
  }
}

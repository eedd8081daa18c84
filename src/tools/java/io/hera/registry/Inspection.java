package io.hera.registry;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A read-only view into a registry, for the observer of the simulation only. It takes no turn: no
 * version is sealed, and no clock is read.
 */
public final class Inspection {
  private final Registry registry;

  public Inspection(Registry registry) {
    this.registry = registry;
  }

  /**
   * The entry of one origin on one key.
   *
   * @param ttlMillis for a tombstone, how long it is kept
   * @param winner whether it is the winner of its key
   * @param restored whether it is from a snapshot, and nothing has confirmed it since (P14)
   */
  public record StoredEntry(
      String origin,
      Key key,
      boolean registered,
      byte[] document,
      long version,
      long ttlMillis,
      long dueMillis,
      boolean winner,
      boolean restored) {
    /** Returns the service and the id, separated by a slash. */
    public String path() {
      return key.service() + "/" + key.id();
    }

    /** Whether it is about a drain, and not about an instance (P18). */
    public boolean isOfDrain() {
      return key.isOfDrain();
    }

    /** Returns the document. */
    public String text() {
      return new String(document, StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
      String what = registered ? text() : "tombstone";
      String how = restored ? " restored" : "";
      return "%s's %s of %s at %d%s".formatted(origin, what, path(), version, how);
    }
  }

  /** Returns a hash of all entries, horizons and counts; time alone does not change it. */
  public long fingerprint() {
    long print = registry.slots.bytes() * 31 + registry.slots.tombstones();
    print = print * 31 + registry.view.instanceCount();
    for (Replica replica : registry.membership.replicas()) {
      Slot newest = replica.newest();
      print = print * 0x9E3779B97F4A7C15L + replica.sum();
      print = print * 31 + replica.size();
      print = print * 31 + replica.restored();
      print = print * 31 + horizon(replica.origin);
      print = print * 31 + (newest == null ? 0 : newest.version);
    }
    return print;
  }

  /** Returns the services of which most own instances are silent; of very many, some. */
  public Set<String> mostlySilent() {
    return registry.view().silences().stats().worst().stream()
        .filter(silence -> silence.extent() == Silence.Extent.MOST)
        .map(Silence::service)
        .collect(Collectors.toSet());
  }

  /** Returns the names of the origins of which there is a replica, even an empty one. */
  public List<String> origins() {
    return registry.membership.replicas().stream()
        .map(replica -> replica.origin)
        .toList();
  }

  /** Returns the entries of {@code origin} on instances, in ascending order of versions. */
  public List<StoredEntry> entries(String origin) {
    List<StoredEntry> entries = new ArrayList<>();
    for (Slot at = oldest(origin); at != null; at = at.newer) {
      if (!at.isDrain()) {
        entries.add(entry(at));
      }
    }
    return entries;
  }

  /** Returns the entries of {@code origin}, those of drains among them, in ascending order of versions. */
  public List<StoredEntry> allEntries(String origin) {
    List<StoredEntry> entries = new ArrayList<>();
    for (Slot at = oldest(origin); at != null; at = at.newer) {
      entries.add(entry(at));
    }
    return entries;
  }

  private @Nullable Slot oldest(String origin) {
    Membership membership = registry.membership;
    return membership.isKnown(origin) ? membership.replica(origin).oldest() : null;
  }

  /**
   * Returns the own entries up to a version, but for those of which another registry holds an equal one:
   * with the same version, and the same document or none.
   */
  public List<StoredEntry> ownEntriesUnlike(Inspection other, long horizon) {
    List<StoredEntry> unlike = new ArrayList<>();
    Replica own = registry.membership.own();
    Slot near = other.oldest(own.origin);
    for (Slot at = own.oldest(); at != null; at = at.newer) {
      while (near != null && near.version < at.version) {
        near = near.newer;
      }
      if (at.version <= horizon && !isAmong(at, near)) {
        unlike.add(entry(at));
      }
    }
    return unlike;
  }

  /** Whether one of the slots at a version, of which the first one is given, equals a slot. */
  private static boolean isAmong(Slot slot, @Nullable Slot first) {
    for (Slot at = first; at != null && at.version == slot.version; at = at.newer) {
      if (at.state == slot.state
          && at.id.equals(slot.id)
          && at.service.name.equals(slot.service.name)
          && Arrays.equals(at.document, slot.document)) {
        return true;
      }
    }
    return false;
  }

  /** Returns the winner of {@code key} by the registry's own index, or null. */
  public @Nullable StoredEntry winner(Key key) {
    Slot winner = registry.view.winner(key);
    return winner == null ? null : entry(winner);
  }

  /** Returns the version up to which the registry promises to have everything of {@code origin}. */
  public long horizon(String origin) {
    if (!registry.membership.isKnown(origin)) {
      return 0;
    }
    Replica replica = registry.membership.replica(origin);
    return replica == registry.membership.own() ? registry.own.last() : replica.horizon.version();
  }

  /** Returns the version up to which a snapshot has brought own entries back; 0 without one (P14). */
  public long savedUpTo() {
    return registry.membership.own().horizon.version();
  }

  /** Returns the smallest version that the registry has issued. */
  public long first() {
    return registry.own.first();
  }

  /** Whether the registry takes no writes yet, and does not answer for its own origin. */
  public boolean recovering() {
    return registry.own.recovering();
  }

  /** Whether peers know versions above those of own entries. */
  public boolean outdated() {
    return registry.own.outdated();
  }

  /** Returns the entries of the last commands for the keys of drains, removals among them (P18). */
  public List<StoredEntry> drains() {
    return LastCommands.of(registry.membership.replicas())
        .map(Inspection::entry)
        .toList();
  }

  /** Whether instances are to be looked at for drains (P18). */
  public boolean walking() {
    return registry.view.showing().walking();
  }

  /** Returns the documents of all registrations that win, drained or not, by path. */
  public Map<String, byte[]> registrations() {
    Map<String, byte[]> all = new TreeMap<>();
    registry
        .view
        .counts(View.Extent.ALL)
        .forEach(service -> registry
            .view
            .instances(service.getKey(), View.Extent.ALL)
            .forEach(one -> all.put(service.getKey() + "/" + one.id(), one.document())));
    return all;
  }

  /** Returns the documents that are shown, by path. */
  public Map<String, byte[]> view() {
    Map<String, byte[]> view = new TreeMap<>();
    for (String service : registry.view.instanceCounts().keySet()) {
      registry.view.forEachInstance(
          service, (id, document) -> view.put(service + "/" + id, document));
    }
    return view;
  }

  /**
   * Whether the content versions are the sums over the instances in the view: nodes with equal
   * views then have equal content versions.
   */
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

  /** Returns the number of entries of {@code origin} that are from a snapshot, and not confirmed since (P14). */
  public int restored(String origin) {
    return registry.membership.isKnown(origin)
        ? registry.membership.replica(origin).restored()
        : 0;
  }

  /** Returns the number of instances in the view that are from a snapshot, and not confirmed since (P14). */
  public int restoredInstances() {
    return registry.view.restoredCount();
  }

  /** Whether the counts of restored entries and instances are those of the entries themselves (P14). */
  public boolean restoredAddsUp() {
    Map<String, Integer> shown = new TreeMap<>();
    for (Replica replica : registry.membership.replicas()) {
      int flagged = 0;
      for (Slot at = replica.oldest(); at != null; at = at.newer) {
        flagged += at.restored && !at.isDrain() ? 1 : 0;
        boolean shows = at.restored && !at.isDrain() && at.service.winner(at.id) == at;
        shown.merge(at.service.name, shows ? 1 : 0, Integer::sum);
      }
      if (flagged != replica.restored()) {
        return false;
      }
    }
    return shown.values().stream().mapToInt(Integer::intValue).sum() == restoredInstances()
        && shown.entrySet().stream()
            .allMatch(
                service -> registry.view.restoredCount(service.getKey()) == service.getValue());
  }

  /** Returns the number of instances in the view, drained or not. */
  public int instances() {
    return registry.view.all().registered();
  }

  /** Returns the time of the last turn, to which deadlines relate. */
  public long bootMillis() {
    return registry.time.bootMillis();
  }

  /** Returns the agreed time of the last turn (P15). */
  public long nowMillis() {
    return registry.time.nowMillis();
  }

  /** Returns the state of the clock as of the last turn (P15). */
  public ClockStatus clock() {
    return registry.time.status();
  }

  /** Returns the newest version issued. */
  public long last() {
    return registry.own.last();
  }

  public long longestTtlMillis() {
    return registry.slots.longestTtlMillis();
  }

  /** Lets a turn restamp and drop so few entries that other turns come between. */
  public void turnSlotsMax(int slots) {
    registry.turnSlotsMax = slots;
  }

  /** Makes a false promise: to have everything of {@code origin} up to {@code horizon}. */
  public void corrupt(String origin, long horizon) {
    Horizon believed = registry.membership.replica(origin).horizon;
    believed.reach(horizon);
    believed.reachExactly(0, horizon);
  }

  /** Returns the version up to which no further own entries may be written (S3). */
  public long exposed() {
    return registry.own.exposed();
  }

  /**
   * Appends all that the future of the registry depends on, with versions relative to {@code base}.
   */
  public void describe(StringBuilder text, long base) {
    text.append(relative(registry.own.last(), base)).append(',');
    text.append(relative(registry.own.exposed(), base)).append(registry.own.outdated());
    text.append(registry.own.recovering()).append(registry.slots.longestTtlMillis());
    for (Replica replica : registry.membership.replicas()) {
      text.append('|').append(relative(replica.horizon.version(), base));
      text.append(',').append(relative(replica.horizon.reached(), base));
      text.append(',').append(relative(replica.horizon.exact(), base));
      for (Slot at = replica.oldest(); at != null; at = at.newer) {
        long remaining = replica.dueMillis(at.deadlineMillis) - registry.time.bootMillis();
        text.append('/').append(at.id).append(at.state).append(relative(at.version, base));
        text.append(',').append(remaining).append(',').append(at.ttlMillis).append(at.ttlChosen);
        text.append(new String(at.document, StandardCharsets.UTF_8));
      }
    }
  }

  private static long relative(long version, long base) {
    return version == 0 ? 0 : version - base;
  }

  private static StoredEntry entry(Slot slot) {
    return new StoredEntry(
        slot.replica.origin,
        new Key(slot.service.name, slot.id),
        slot.registered(),
        slot.document,
        slot.version,
        slot.ttlMillis,
        slot.replica.dueMillis(slot.deadlineMillis),
        slot.service.winner(slot.id) == slot,
        slot.restored);
  }
}

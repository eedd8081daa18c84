package io.hera.registry;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Builds one page of a delta: per origin the live entries above a horizon, oldest first (P5). Used
 * once, within one turn.
 *
 * <p>The origins share the page in round-robin order, so an origin with many entries does not delay
 * the others. Each step takes a whole <i>tie</i>, all entries of one origin at one version. A page
 * is therefore never cut within a tie: the asker continues above the last version, and would miss
 * the rest. The page ends after the tie that exceeds its size; {@code to} of an origin that was cut
 * is just below its first entry that was left out.
 */
final class PageBuilder {
  private final Dialect dialect;
  private final long bootMillis;
  private final long longestTtlMillis;
  private final int bytesMax;
  private final List<Part> parts = new ArrayList<>();
  private boolean sendsBack;
  private long bytes;

  /**
   * Creates an empty page.
   *
   * @param longestTtlMillis a registration with a shorter ttl becomes a tombstone when it expires
   * @param bytesMax the size that one tie may exceed
   */
  PageBuilder(Dialect dialect, long bootMillis, long longestTtlMillis, int bytesMax) {
    this.dialect = dialect;
    this.bootMillis = bootMillis;
    this.longestTtlMillis = longestTtlMillis;
    this.bytesMax = Math.max(1, bytesMax);
  }

  /** Adds an origin with its entries above {@code from}, up to {@code to} inclusive. */
  void add(Replica replica, long from, long to) {
    parts.add(new Part(replica, from, to, false));
  }

  /**
   * Adds all entries of an origin up to {@code to}, for a peer to apply whatever its horizon (P8).
   */
  void addReset(Replica replica, long to) {
    parts.add(new Part(replica, 0, to, true));
  }

  /** Adds a reset without entries: the peer is to go back to 0, and to ask again at once (P7). */
  void addEmptyReset(Replica replica) {
    parts.add(new Part(replica, 0, 0, true));
    sendsBack = true;
  }

  /** Fills the page. */
  Delta build() {
    boolean more = true;
    while (more && bytes < bytesMax) {
      more = false;
      for (Part part : parts) {
        more |= bytes < bytesMax && part.takeTie();
      }
    }
    List<OriginDelta> built =
        parts.stream().map(Part::build).filter(this::isWanted).toList();
    return new Delta(built, sendsBack || parts.stream().anyMatch(Part::isCut));
  }

  /** Drops parts that say nothing; a node of 2012 expects one for each origin that it asked for. */
  private boolean isWanted(OriginDelta part) {
    return dialect == Dialect.V1 || part.to() > part.from() || part.reset();
  }

  /** One origin's part of the page, as far as it is filled. */
  private final class Part {
    private final Replica replica;
    private final long from;
    private final long to;
    private final boolean reset;
    private final List<Entry> entries = new ArrayList<>();
    private @Nullable Slot next;

    Part(Replica replica, long from, long to, boolean reset) {
      this.replica = replica;
      this.from = from;
      this.to = to;
      this.reset = reset;
      this.next = replica.after(from);
    }

    /** Takes the next tie that contributes an entry; returns whether there may be another one. */
    boolean takeTie() {
      int before = entries.size();
      while (entries.size() == before && next != null && next.version <= to) {
        long version = next.version;
        while (next != null && next.version == version) {
          take(next);
          next = next.newer;
        }
      }
      return isCut();
    }

    /** Whether entries that were asked for are left out. */
    boolean isCut() {
      return next != null && next.version <= to;
    }

    /**
     * Adds the slot's entry, if the asker is to have it. An expired registration that is not purged
     * yet is sent as the tombstone that it will become, because {@code to} covers its version.
     */
    private void take(Slot slot) {
      long ageMillis = replica.millisAt(bootMillis) - (slot.deadlineMillis - slot.ttlMillis);
      boolean expired = ageMillis >= slot.ttlMillis;
      boolean over = expired && !(slot.registered() && slot.leavesTombstone(longestTtlMillis));
      if (over || (slot.isDrain() && dialect != Dialect.V2_DRAINS)) {
        return;
      }
      Key key = new Key(slot.service.name, slot.id);
      long age = Math.max(0, ageMillis);
      if (slot.registered() && !expired) {
        entries.add(
            new Registration(key, slot.document, slot.version, age, slot.ttlMillis, slot.restored));
      } else if (dialect != Dialect.V1) {
        entries.add(new Tombstone(key, slot.version, age));
      } else {
        return;
      }
      bytes += slot.pageBytes();
    }

    OriginDelta build() {
      long end = next == null || !isCut() ? to : next.version - 1;
      return new OriginDelta(replica.origin, from, end, reset, entries, replica.restored() > 0);
    }
  }
}

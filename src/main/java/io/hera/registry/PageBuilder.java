package io.hera.registry;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Cuts a page out of the replicas: what is above a digest, oldest first, shared among the origins in turn (PROTOCOL P5). A
 * turn takes one whole tie of equal versions, so a page is never cut within one.
 */
final class PageBuilder {
  private final Dialect dialect;
  private final long monotonicMillis;
  private final long longestTtlMillis;
  private final int bytesMax;
  private final List<Part> parts = new ArrayList<>();
  private long bytes;

  PageBuilder(Dialect dialect, long monotonicMillis, long longestTtlMillis, int bytesMax) {
    this.dialect = dialect;
    this.monotonicMillis = monotonicMillis;
    this.longestTtlMillis = longestTtlMillis;
    this.bytesMax = Math.max(1, bytesMax);
  }

  /** One origin is asked for: {@code from} exclusive to {@code to} inclusive. */
  void add(Replica replica, long from, long to, boolean reset) {
    parts.add(new Part(replica, from, to, reset));
  }

  Delta build() {
    boolean more = true;
    while (more && bytes < bytesMax) {
      more = false;
      for (Part part : parts) {
        more |= bytes < bytesMax && part.takeTie();
      }
    }
    return new Delta(parts.stream().map(Part::build).filter(this::isWanted).toList());
  }

  /** A 2012 node expects an answer for each origin that it asked for. */
  private boolean isWanted(OriginDelta part) {
    return dialect == Dialect.V1 || part.to() > part.from() || part.reset();
  }

  /** How far one origin has got. */
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

    /** Takes the next tie that holds a live entry; false when there is none. */
    boolean takeTie() {
      int before = entries.size();
      while (entries.size() == before && next != null && next.version <= to) {
        long version = next.version;
        while (next != null && next.version == version) {
          take(next);
          next = next.newer;
        }
      }
      return next != null && next.version <= to;
    }

    /** What is over but not purged yet is told as the tombstone that it will be: this answer claims its version. */
    private void take(Slot slot) {
      long age = replica.timeAt(monotonicMillis) - (slot.deadline - slot.ttlMillis);
      boolean over = age >= slot.ttlMillis;
      if (over && !(slot.registered() && slot.ttlMillis < longestTtlMillis)) {
        return;
      }
      Key key = new Key(slot.service.name, slot.id);
      if (slot.registered() && !over) {
        entries.add(
            new Registration(key, slot.document, slot.version, Math.max(0, age), slot.ttlMillis));
      } else if (dialect == Dialect.V2) {
        entries.add(new Tombstone(key, slot.version, Math.max(0, age)));
      } else {
        return;
      }
      bytes += slot.cost();
    }

    OriginDelta build() {
      boolean complete = next == null || next.version > to;
      long end = complete || next == null ? to : next.version - 1;
      return new OriginDelta(replica.origin, from, end, reset, entries);
    }
  }
}

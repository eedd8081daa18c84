package io.hera.store;

import io.hera.registry.Delta;
import io.hera.registry.Entry;
import io.hera.registry.OriginDelta;
import io.hera.registry.Registration;
import java.util.ArrayList;
import java.util.List;

/**
 * Cuts a delta into parts, each of which is merged in one turn. They are what the peer would have sent in shorter pages: each
 * origin's entries are in order, and none is cut within a tie (P5).
 */
final class DeltaParts {
  private final List<Delta> parts = new ArrayList<>();
  private List<OriginDelta> part = new ArrayList<>();
  private long work;

  private DeltaParts() {}

  /** Returns the parts, at least one; the origins of a part are those of the delta, in its order. */
  static List<Delta> of(Delta delta) {
    DeltaParts cut = new DeltaParts();
    delta.origins().forEach(cut::add);
    cut.end();
    return cut.parts;
  }

  /** Returns what it costs to merge a delta. */
  static long work(Delta delta) {
    return delta.origins().stream()
        .flatMap(origin -> origin.entries().stream())
        .mapToLong(DeltaParts::work)
        .sum();
  }

  private static long work(Entry entry) {
    return Slices.entry(
        entry instanceof Registration registration ? registration.document().length : 0);
  }

  /** A reset withdraws the horizon: it is the first part of the origin that does so. */
  private void add(OriginDelta origin) {
    List<Entry> entries = origin.entries();
    long above = origin.from();
    boolean reset = origin.reset();
    int from = 0;
    for (int i = 0; i < entries.size(); i++) {
      work += work(entries.get(i));
      boolean tied = i + 1 == entries.size()
          || entries.get(i + 1).version() == entries.get(i).version();
      if (work >= LongWork.PART && !tied) {
        long to = entries.get(i + 1).version() - 1;
        part.add(new OriginDelta(
            origin.origin(), above, to, reset, entries.subList(from, i + 1), origin.restored()));
        end();
        above = to;
        reset = false;
        from = i + 1;
      }
    }
    List<Entry> rest = entries.subList(from, entries.size());
    part.add(new OriginDelta(origin.origin(), above, origin.to(), reset, rest, origin.restored()));
  }

  private void end() {
    parts.add(new Delta(part));
    part = new ArrayList<>();
    work = 0;
  }
}

package io.hera.store.page;

import io.hera.registry.Key;
import io.hera.registry.View;
import io.vertx.core.Future;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The layouts of listings that were asked for, with or without a filter. Owned by {@link Listings}.
 *
 * <p>A layout is built from scratch once, by a worker if it is large. From then on, only the lines
 * that have changed are looked at again: with a filter, each changed document is evaluated once. All
 * layouts of a subject share the list of ids that have changed. The ids of {@link Subject#ALL} are
 * the services.
 *
 * <p>The layouts of a subject of which more than a quarter has changed are dropped, because building
 * them from scratch costs about as much as splicing them. So a service that is no longer looked up
 * leaves the cache after a few heartbeats.
 *
 * <p>Layouts take a bounded amount of heap: those that were asked for longest ago make room for others.
 */
final class ListingCache {
  /** Lines of a layout that is built at once, in about a millisecond. */
  static final int AT_ONCE_MAX = 1_000;

  private static final long AT_ONCE_BYTES_MAX = 256 << 10;

  private static final int CHANGES_MIN = 16;

  /** Lines that are spliced at once, in some milliseconds. */
  private static final int SPLICED_AT_ONCE_MAX = 500;

  /** Times that a worker splices before the rest is spliced at once, however much has changed meanwhile. */
  private static final int SPLICES_MAX = 4;

  private final View view;
  private final PageMemory memory;
  private final Workers workers;
  private final Consumer<Subject> dropped;
  /** The subjects; the one whose layout was asked for longest ago first. */
  private final Map<Subject, Layouts> cached = new LinkedHashMap<>(16, 0.75f, true);

  private long heapBytes;

  /**
   * Caches layouts of {@code view}.
   *
   * @param memory bounds the heap that they take together
   * @param workers build large ones
   * @param dropped is called when the layouts of a subject are dropped to make room for others
   */
  ListingCache(View view, PageMemory memory, Workers workers, Consumer<Subject> dropped) {
    this.view = view;
    this.memory = memory;
    this.workers = workers;
    this.dropped = dropped;
  }

  /** The layouts of one subject, by filter. */
  private static final class Layouts {
    final ChangedIds changed = new ChangedIds();
    final Map<Filter, Current> finished = new HashMap<>();
    final Map<Filter, Future<Layout>> underWay = new HashMap<>();
  }

  /** A layout, and the number of the last change that it includes. */
  private record Current(Layout layout, long number) {}

  /** Records that the line of {@code id} in the layouts of {@code subject} is outdated. */
  void changed(Subject subject, String id) {
    Layouts layouts = cached.get(subject);
    if (layouts == null) {
      return;
    }
    layouts.changed.add(id);
    if (layouts.underWay.isEmpty()
        && layouts.changed.size() > Math.max(CHANGES_MIN, size(subject) / 4)) {
      remove(subject);
    }
  }

  private int size(Subject subject) {
    return subject instanceof Subject.Service service
        ? view.instanceCount(service.name())
        : view.serviceCount();
  }

  /**
   * Returns the present layout. The future completes in a turn in which the layout is still current.
   * An empty one is not kept, because clients may ask for any name.
   */
  Future<Layout> get(Subject subject, Filter filter) {
    Layouts layouts = cached.computeIfAbsent(subject, any -> new Layouts());
    Future<Layout> underWay = layouts.underWay.get(filter);
    if (underWay != null) {
      return underWay;
    }
    Current current = layouts.finished.get(filter);
    return current == null
        ? build(subject, filter, layouts)
        : new Bringing(subject, filter, layouts).from(current, SPLICES_MAX);
  }

  /** Forgets a layout. */
  void drop(Subject subject, Filter filter) {
    Layouts layouts = cached.get(subject);
    if (layouts != null) {
      forget(layouts, filter);
      dropIfUnused(subject, layouts);
    }
  }

  /** Returns the present layout without keeping it, for a reader that does not return. */
  Future<Layout> uncached(Subject subject) {
    return make(Lines.of(view, subject), Filter.ALL);
  }

  private Future<Layout> build(Subject subject, Filter filter, Layouts layouts) {
    long number = layouts.changed.last();
    Future<Layout> made = make(Lines.of(view, subject), filter);
    if (made.succeeded()) {
      return Future.succeededFuture(
          bring(subject, filter, layouts, new Current(made.result(), number)));
    }
    return new Bringing(subject, filter, layouts).after(made, number, SPLICES_MAX);
  }

  /** A layout on its way to the present. */
  private final class Bringing {
    private final Subject subject;
    private final Filter filter;
    private final Layouts layouts;

    Bringing(Subject subject, Filter filter, Layouts layouts) {
      this.subject = subject;
      this.filter = filter;
      this.layouts = layouts;
    }

    /** Splices a few lines at once; has a worker splice many, and then those that have changed meanwhile. */
    Future<Layout> from(Current current, int splicesLeft) {
      if (splicesLeft == 0 || layouts.changed.sizeAfter(current.number) <= SPLICED_AT_ONCE_MAX) {
        return Future.succeededFuture(bring(subject, filter, layouts, current));
      }
      long number = layouts.changed.last();
      Map<String, Optional<byte[]>> lines = new HashMap<>();
      layouts
          .changed
          .unordered(current.number)
          .forEach(id -> lines.put(id, Optional.ofNullable(line(subject, filter, id))));
      return after(workers.run(() -> spliced(current.layout, lines)), number, splicesLeft - 1);
    }

    /** Goes on with a layout that a worker makes, with the changes up to a number. */
    Future<Layout> after(Future<Layout> made, long number, int splicesLeft) {
      Future<Layout> underWay = made.compose(layout -> {
            layouts.underWay.remove(filter);
            return from(new Current(layout, number), splicesLeft);
          })
          .onFailure(defect -> layouts.underWay.remove(filter));
      if (!underWay.isComplete()) {
        layouts.underWay.put(filter, underWay);
      }
      return underWay;
    }
  }

  private static Layout spliced(Layout layout, Map<String, Optional<byte[]>> lines) {
    SortedSet<String> ids = new TreeSet<>(Key.BYTE_ORDER);
    ids.addAll(lines.keySet());
    return layout.with(ids, id -> lines.getOrDefault(id, Optional.empty()).orElse(null));
  }

  private Future<Layout> make(Lines lines, Filter filter) {
    return lines.size() <= AT_ONCE_MAX && lines.bytes() <= AT_ONCE_BYTES_MAX
        ? Future.succeededFuture(layout(lines, filter))
        : workers.run(() -> layout(lines, filter));
  }

  private Layout layout(Lines lines, Filter filter) {
    Consumer<BiConsumer<String, byte[]>> all = reader -> lines.forEach(filter, reader);
    return filter.near().isNone()
        ? Layout.of(all, memory.joinedMax())
        : NearLayout.of(filter.near(), all, memory.joinedMax());
  }

  /** Splices the lines that have changed into a layout, and keeps it. */
  private Layout bring(Subject subject, Filter filter, Layouts layouts, Current current) {
    long number = layouts.changed.last();
    Layout layout =
        current.layout.with(layouts.changed.since(current.number), id -> line(subject, filter, id));
    forget(layouts, filter);
    if (isKept(layout, filter)) {
      layouts.finished.put(filter, new Current(layout, number));
      heapBytes += layout.heapBytes();
    }
    forgetOldChanges(layouts);
    dropIfUnused(subject, layouts);
    makeRoom(subject);
    return layout;
  }

  /** One that has outgrown its form, or shrunk below it, is built anew next time. */
  private boolean isKept(Layout layout, Filter filter) {
    boolean wanted = layout.size() > 0 || !filter.isEmpty();
    return wanted && layout.fits(memory.joinedMax());
  }

  private void forget(Layouts layouts, Filter filter) {
    Current current = layouts.finished.remove(filter);
    heapBytes -= current == null ? 0 : current.layout.heapBytes();
  }

  private void remove(Subject subject) {
    Layouts layouts = cached.remove(subject);
    if (layouts != null) {
      layouts.finished.values().forEach(current -> heapBytes -= current.layout.heapBytes());
    }
  }

  /** Drops the layouts of other subjects than this one, whose replies are about to be sent. */
  private void makeRoom(Subject wanted) {
    Iterator<Map.Entry<Subject, Layouts>> oldest =
        List.copyOf(cached.entrySet()).iterator();
    while (heapBytes > memory.heapMax() && oldest.hasNext()) {
      Map.Entry<Subject, Layouts> next = oldest.next();
      if (!next.getKey().equals(wanted) && next.getValue().underWay.isEmpty()) {
        remove(next.getKey());
        dropped.accept(next.getKey());
      }
    }
  }

  private byte @Nullable [] line(Subject subject, Filter filter, String id) {
    return Lines.line(view, subject, filter, id);
  }

  private static void forgetOldChanges(Layouts layouts) {
    if (layouts.underWay.isEmpty() && layouts.changed.size() > CHANGES_MIN) {
      Optional<Long> oldest =
          layouts.finished.values().stream().map(Current::number).min(Long::compare);
      layouts.changed.forget(oldest.orElse(layouts.changed.last()));
    }
  }

  private void dropIfUnused(Subject subject, Layouts layouts) {
    if (layouts.finished.isEmpty() && layouts.underWay.isEmpty()) {
      cached.remove(subject, layouts);
    }
  }
}

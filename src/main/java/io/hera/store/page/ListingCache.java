package io.hera.store.page;

import io.hera.registry.View;
import io.vertx.core.Future;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
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
 */
final class ListingCache {
  /** Lines of a layout that is built at once, in about a millisecond. */
  static final int AT_ONCE_MAX = 1_000;

  private static final int CHANGES_MIN = 16;

  private final View view;
  private final Workers workers;
  private final Map<Subject, Layouts> cached = new HashMap<>();

  ListingCache(View view, Workers workers) {
    this.view = view;
    this.workers = workers;
  }

  /** The layouts of one subject, by filter. */
  private static final class Layouts {
    final ChangedIds changed = new ChangedIds();
    final Map<Filter, Current> finished = new HashMap<>();
    final Map<Filter, Future<ListingLayout>> underWay = new HashMap<>();
  }

  /** A layout, and the number of the last change that it includes. */
  private record Current(ListingLayout layout, long number) {}

  /** Records that the line of {@code id} in the layouts of {@code subject} is outdated. */
  void changed(Subject subject, String id) {
    Layouts layouts = cached.get(subject);
    if (layouts == null) {
      return;
    }
    layouts.changed.add(id);
    if (layouts.underWay.isEmpty()
        && layouts.changed.size() > Math.max(CHANGES_MIN, size(subject) / 4)) {
      cached.remove(subject);
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
  Future<ListingLayout> get(Subject subject, Filter filter) {
    Layouts layouts = cached.computeIfAbsent(subject, any -> new Layouts());
    Current current = layouts.finished.get(filter);
    if (current != null) {
      return Future.succeededFuture(bring(subject, filter, layouts, current));
    }
    Future<ListingLayout> building = layouts.underWay.get(filter);
    return building == null ? build(subject, filter, layouts) : building;
  }

  /** Forgets a layout. */
  void drop(Subject subject, Filter filter) {
    Layouts layouts = cached.get(subject);
    if (layouts != null) {
      layouts.finished.remove(filter);
      dropIfUnused(subject, layouts);
    }
  }

  /** Returns the present layout without keeping it, for a reader that does not return. */
  Future<ListingLayout> uncached(Subject subject) {
    return make(Lines.of(view, subject), Filter.ALL);
  }

  private Future<ListingLayout> build(Subject subject, Filter filter, Layouts layouts) {
    long number = layouts.changed.last();
    Future<ListingLayout> made = make(Lines.of(view, subject), filter);
    if (made.succeeded()) {
      return Future.succeededFuture(
          bring(subject, filter, layouts, new Current(made.result(), number)));
    }
    Future<ListingLayout> building = made.map(layout -> {
          layouts.underWay.remove(filter);
          return bring(subject, filter, layouts, new Current(layout, number));
        })
        .onFailure(defect -> layouts.underWay.remove(filter));
    layouts.underWay.put(filter, building);
    return building;
  }

  private Future<ListingLayout> make(Lines lines, Filter filter) {
    return lines.size() <= AT_ONCE_MAX
        ? Future.succeededFuture(layout(lines, filter))
        : workers.run(() -> layout(lines, filter));
  }

  private static ListingLayout layout(Lines lines, Filter filter) {
    return ListingLayout.of(reader -> lines.forEach(filter, reader));
  }

  /** Splices the lines that have changed into a layout, and keeps it. */
  private ListingLayout bring(Subject subject, Filter filter, Layouts layouts, Current current) {
    long number = layouts.changed.last();
    ListingLayout layout =
        current.layout.with(layouts.changed.since(current.number), id -> line(subject, filter, id));
    if (layout.size() == 0 && filter.isEmpty()) {
      layouts.finished.remove(filter);
    } else {
      layouts.finished.put(filter, new Current(layout, number));
    }
    forgetOldChanges(layouts);
    dropIfUnused(subject, layouts);
    return layout;
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

package io.hera.store.page;

import io.hera.registry.ContentVersion;
import io.hera.registry.View;
import io.vertx.core.Future;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Lists of some of the services, for clients that may not see all of them. Owned by the store verticle; used on its context only.
 *
 * <p>A list is made once per set of services and change, and shared. Its entity tag is the sum over its services alone: it is the
 * same on all nodes, and a change of a service that the list leaves out does not change it.
 */
final class PartialLists {
  private static final int KEPT_MAX = 64;

  private final View view;
  private final ListingCache layouts;
  private final PageMemory memory;
  /** The lists; the one used longest ago first. Empty after a change of the content. */
  private final Map<Filter, Optional<Listing>> kept = new LinkedHashMap<>(16, 0.75f, true);

  PartialLists(View view, ListingCache layouts, PageMemory memory) {
    this.view = view;
    this.layouts = layouts;
    this.memory = memory;
  }

  /** Returns the list; the future completes in a turn in which it is current. */
  Future<Listing> get(Filter filter) {
    return known(filter)
        .map(Future::succeededFuture)
        .orElseGet(() -> layouts.get(Subject.ALL, filter).map(layout -> list(filter, layout)));
  }

  /** Drops the lists that show a service, whose content has changed. */
  void changed(String service) {
    for (Map.Entry<Filter, Optional<Listing>> list : kept.entrySet()) {
      if (list.getKey().includes(service)) {
        list.setValue(list.getValue().flatMap(PartialLists::retired));
      }
    }
  }

  /** Those that wait for the same layout get the same list. */
  private Listing list(Filter filter, Layout layout) {
    return known(filter).orElseGet(() -> make(filter, layout));
  }

  private Listing make(Filter filter, Layout layout) {
    ContentVersion content =
        layout.ids().map(view::content).reduce(ContentVersion.NONE, ContentVersion::plus);
    Listing made = layout.listing(content);
    made.publish(memory);
    kept.put(filter, Optional.of(made));
    if (kept.size() > KEPT_MAX) {
      dropOldest();
    }
    return made;
  }

  private void dropOldest() {
    Iterator<Map.Entry<Filter, Optional<Listing>>> lists = kept.entrySet().iterator();
    Map.Entry<Filter, Optional<Listing>> oldest = lists.next();
    oldest.getValue().ifPresent(Listing::retire);
    lists.remove();
    layouts.drop(Subject.ALL, oldest.getKey());
  }

  private Optional<Listing> known(Filter filter) {
    Optional<Listing> known = kept.get(filter);
    return known == null ? Optional.empty() : known;
  }

  private static Optional<Listing> retired(Listing outdated) {
    outdated.retire();
    return Optional.empty();
  }
}

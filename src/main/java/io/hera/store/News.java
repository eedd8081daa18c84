package io.hera.store;

import io.hera.registry.ViewChange;
import io.hera.store.page.PublishedListings;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Gathers and numbers the changes of content: a deployment that moves ten instances is to wake its watchers once. A timer
 * runs only after a change. Owned by {@link StoreVerticle}.
 */
final class News {
  private static final long GATHER_MILLIS = 20;

  private final WriteNotifier.Later later;
  private final Consumer<Changes> teller;
  private List<ViewChange> changes = new ArrayList<>();
  private Map<String, Integer> services = new HashMap<>();
  private long bytes;
  private long last;

  News(WriteNotifier.Later later, Consumer<Changes> teller) {
    this.later = later;
    this.teller = teller;
  }

  /** The number of the last change, told or not. */
  long last() {
    return last;
  }

  void of(ViewChange change) {
    if (changes.isEmpty()) {
      later.run(GATHER_MILLIS, this::tell);
      services.put(PublishedListings.ALL_SERVICES, 0);
    }
    last++;
    services.putIfAbsent(change.key().service(), changes.size());
    changes.add(change);
    bytes += size(change.before()) + size(change.after());
  }

  private static int size(byte @Nullable [] document) {
    return document == null ? 0 : document.length;
  }

  private void tell() {
    Changes told = new Changes(last - changes.size() + 1, changes, services, bytes);
    changes = new ArrayList<>();
    services = new HashMap<>();
    bytes = 0;
    teller.accept(told);
  }
}

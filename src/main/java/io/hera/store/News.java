package io.hera.store;

import io.hera.registry.ViewChange;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Gathers and numbers the changes of content: a deployment that moves ten instances is to wake its watchers once. A timer
 * runs only after a change. Owned by {@link StoreVerticle}.
 */
final class News {
  private static final long GATHER_MILLIS = 20;

  private final Written.Later later;
  private final Consumer<Changes> teller;
  private List<ViewChange> changes = new ArrayList<>();
  private Set<String> services = new HashSet<>();
  private long last;

  News(Written.Later later, Consumer<Changes> teller) {
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
      services.add(Views.ALL_SERVICES);
    }
    last++;
    changes.add(change);
    services.add(change.key().service());
  }

  private void tell() {
    Changes told = new Changes(last - changes.size() + 1, changes, services);
    changes = new ArrayList<>();
    services = new HashSet<>();
    teller.accept(told);
  }
}

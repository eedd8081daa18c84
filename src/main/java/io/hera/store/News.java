package io.hera.store;

import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Gathers the services whose content has changed: a deployment that moves ten instances is to wake its watchers once. A timer
 * runs only after a change. Owned by {@link StoreVerticle}.
 */
final class News {
  private static final long GATHER_MILLIS = 20;

  private final Written.Later later;
  private final Consumer<Set<String>> teller;
  private Set<String> services = new HashSet<>();

  News(Written.Later later, Consumer<Set<String>> teller) {
    this.later = later;
    this.teller = teller;
  }

  void of(String service) {
    if (services.isEmpty()) {
      later.run(GATHER_MILLIS, this::tell);
      services.add(Views.ALL_SERVICES);
    }
    services.add(service);
  }

  private void tell() {
    Set<String> told = services;
    services = new HashSet<>();
    teller.accept(told);
  }
}

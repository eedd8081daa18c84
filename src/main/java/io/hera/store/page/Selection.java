package io.hera.store.page;

import io.hera.registry.Key;

/** Which instances a reader wants. */
public sealed interface Selection {
  /** Returns what changes when one of the instances does. */
  Subject subject();

  /** Instances of one service: few enough to be listed at once. */
  sealed interface Part extends Selection {}

  /** All instances of all services. */
  record All() implements Selection {
    @Override
    public Subject subject() {
      return Subject.ALL;
    }
  }

  /** The instances of a service that match. */
  record OfService(Subject.Service subject, Filter filter) implements Part {}

  /** One instance. */
  record Instance(Key key) implements Part {
    @Override
    public Subject subject() {
      return Subject.of(key.service());
    }
  }
}

package io.hera.store.page;

import io.hera.registry.Key;

/** The instances that a reader selects. */
public sealed interface Selection {
  /** Returns the subject that changes when one of the instances does. */
  Subject subject();

  /** Instances of one service, few enough for one listing. */
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

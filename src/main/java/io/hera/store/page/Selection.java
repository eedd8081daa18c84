package io.hera.store.page;

import io.hera.registry.Key;

/** The instances that a reader selects. */
public sealed interface Selection {
  /** Returns the subject that changes when one of the instances does. */
  Subject subject();

  /** Instances of one service, few enough for one listing. */
  sealed interface Part extends Selection {}

  /** Instances that a listing shows. */
  sealed interface Listed extends Selection {
    /** Returns the condition on the lines of the listing. */
    Filter filter();
  }

  /** All instances of the services that match. */
  record All(Filter filter) implements Listed {
    @Override
    public Subject subject() {
      return Subject.ALL;
    }
  }

  /** The instances of a service that match. */
  record OfService(Subject.Service subject, Filter filter) implements Part, Listed {}

  /** One instance. */
  record Instance(Key key) implements Part {
    @Override
    public Subject subject() {
      return Subject.of(key.service());
    }
  }
}

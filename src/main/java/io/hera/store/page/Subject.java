package io.hera.store.page;

/** What a listing is of, and what changes are watched on. */
public sealed interface Subject {
  /** The list of all services. */
  Subject ALL = new All();

  /** Returns the subject of one service. */
  static Service of(String service) {
    return new Service(service);
  }

  /** All services: which there are, and how many instances each has. As a subject of changes: every instance. */
  record All() implements Subject {}

  /** The instances of one service. */
  record Service(String name) implements Subject {}
}

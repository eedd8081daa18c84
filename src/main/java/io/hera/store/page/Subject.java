package io.hera.store.page;

/** The subject of a listing, and of the changes that a client watches. */
public sealed interface Subject {
  /** The list of all services. */
  Subject ALL = new All();

  /** Returns the subject of one service. */
  static Service of(String service) {
    return new Service(service);
  }

  /** All services, with the number of their instances; as a subject of changes, every instance. */
  record All() implements Subject {}

  /** The instances of one service. */
  record Service(String name) implements Subject {}
}

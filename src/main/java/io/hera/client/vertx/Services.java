package io.hera.client.vertx;

/** The source of the services that a resolver finds. Thread-safe. */
interface Services {
  /**
   * Begins to follow a service; never blocks.
   *
   * @throws IllegalArgumentException if the name is not one of a service
   * @throws IllegalStateException if the source is closed
   */
  Followed follow(HeraAddress address);
}

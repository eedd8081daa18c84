package io.hera.client.vertx;

/** The servers to which an address has been resolved. Thread-safe. */
interface Target {
  /** Returns the list of servers, as Vert.x has made it; throws if there is none to call. */
  Object servers();

  /** Vert.x does not use it any more, or has not for a while. */
  void close();

  /** The one server of a plain address. */
  record Fixed(Object servers) implements Target {
    @Override
    public void close() {}
  }
}

package io.hera.client.vertx;

import io.hera.client.Document;
import io.vertx.core.net.SocketAddress;

/** A server that Vert.x may connect to. */
sealed interface Server {
  /** Returns where it listens. */
  SocketAddress address();

  /** A server that an application has named by host and port. */
  record Plain(SocketAddress address) implements Server {}

  /** An instance of a service. It stays the same object as long as its document does. */
  record OfService(String id, Document document, SocketAddress address, Followed service)
      implements Server {
    /** Returns id and address: the document does not belong into logs. */
    @Override
    public String toString() {
      return id + " at " + address;
    }
  }
}

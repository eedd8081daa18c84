package io.hera.config.source;

import io.hera.wire.Address;
import java.util.OptionalInt;

/**
 * Where the others reach a node of the cluster.
 *
 * @param clear host and port; a node with TLS speaks it there, unless it has a port of its own for that
 * @param tlsPort the port of its own
 */
public record NodeAddress(Address clear, OptionalInt tlsPort) {
  /** The address of a node without a port of its own for TLS. */
  public NodeAddress(String host, int port) {
    this(new Address(host, port), OptionalInt.empty());
  }

  /** Returns the host. */
  public String host() {
    return clear.host();
  }

  /** Returns the port. */
  public int port() {
    return clear.port();
  }

  /** Returns where the node speaks TLS, if it does. */
  public Address tls() {
    return tlsPort.isPresent() ? new Address(host(), tlsPort.getAsInt()) : clear;
  }

  /** Returns {@code host:port}, and the port for TLS if there is one. */
  @Override
  public String toString() {
    return clear + (tlsPort.isPresent() ? " (TLS at " + tlsPort.getAsInt() + ")" : "");
  }
}

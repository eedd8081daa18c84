package io.hera.wire;

/**
 * Where a node is reached, as the cluster's configuration has it.
 *
 * @param host name or address, without brackets
 * @param port 1..65535; 0 only for a node alone that is to take any free port
 */
public record Address(String host, int port) {
  /** Refuses what can be no address. */
  public Address {
    if (host.isEmpty() || port < 0 || port > 65_535) {
      throw new IllegalArgumentException("no address: host=" + host + " port=" + port);
    }
  }

  /** {@code host:port}, an IPv6 address in brackets. */
  @Override
  public String toString() {
    return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port;
  }
}

package io.hera.gossip;

/**
 * Where a peer listens.
 *
 * @param host name or IP address
 * @param port 1–65535
 */
public record Address(String host, int port) {
  @Override
  public String toString() {
    return host.contains(":") ? "[" + host + "]:" + port : host + ":" + port;
  }
}

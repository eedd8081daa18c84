package io.hera.http;

import io.hera.wire.WebOrigin;
import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.util.List;

/**
 * The addresses at which a server listens. localhost means both loopback addresses, where both exist: which of them a client takes
 * is up to its resolver, and some try no second one.
 */
final class ListenAddresses {
  private static final List<String> LOOPBACK = List.of("127.0.0.1", "::1");

  private ListenAddresses() {}

  /** Returns the addresses for a host; with port 0, of which each address would get another, a single one. */
  static List<String> of(String host, int port) {
    boolean isLocalhost =
        WebOrigin.of(WebOrigin.HTTP, host).filter(WebOrigin::isLocalhost).isPresent();
    List<String> present =
        isLocalhost ? LOOPBACK.stream().filter(ListenAddresses::isPresent).toList() : List.of();
    if (present.isEmpty()) {
      return List.of(host);
    }
    return port == 0 ? present.subList(0, 1) : present;
  }

  private static boolean isPresent(String address) {
    try {
      return NetworkInterface.getByInetAddress(InetAddress.getByName(address)) != null;
    } catch (IOException unknown) {
      return false;
    }
  }
}

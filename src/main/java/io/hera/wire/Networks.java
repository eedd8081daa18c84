package io.hera.wire;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The networks whose addresses are served.
 *
 * @param text as in a configuration: {@code private}, {@code any} or a list of networks
 */
public record Networks(String text, List<Network> networks) {
  /** Loopback, RFC 1918, 100.64.0.0/10 (RFC 6598), link-local and unique local addresses. */
  public static final Networks PRIVATE = named(
      "private",
      "127.0.0.0/8",
      "10.0.0.0/8",
      "172.16.0.0/12",
      "192.168.0.0/16",
      "100.64.0.0/10",
      "169.254.0.0/16",
      "::1",
      "fc00::/7",
      "fe80::/10");

  /** All addresses. */
  public static final Networks ANY = named("any", "0.0.0.0/0", "::/0");

  public Networks {
    networks = List.copyOf(networks);
  }

  private static Networks named(String text, String... networks) {
    return new Networks(
        text, Stream.of(networks).map(Network::parse).flatMap(Optional::stream).toList());
  }

  /** Returns those of a list. */
  public static Networks of(List<Network> networks) {
    return new Networks(networks.toString(), networks);
  }

  /** Returns whether one of them contains the address. */
  public boolean contain(InetAddress address) {
    for (Network network : networks) {
      if (network.contains(address)) {
        return true;
      }
    }
    return false;
  }
}

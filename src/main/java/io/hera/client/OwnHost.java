package io.hera.client;

import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/** Finds the host that others reach this process at, by the setting or by the routes to the nodes. */
final class OwnHost implements Registrations.Hosts {
  private final AdvertisedAddress search;

  OwnHost(Optional<String> rule) {
    search = AdvertisedAddress.of(rule.orElse(""), LocalAddresses.SYSTEM);
  }

  @Override
  public Optional<String> apply(List<Node> nodes) {
    List<InetSocketAddress> addresses =
        nodes.stream().map(node -> address(node.uri)).toList();
    return search.find(addresses) instanceof Advertised.Known known
        ? Optional.of(known.host())
        : Optional.empty();
  }

  /** Resolves the name of a node with TLS; those of others are addresses. */
  private static InetSocketAddress address(URI node) {
    String host = node.getHost().replaceAll("[\\[\\]]", "");
    return new InetSocketAddress(host, node.getPort());
  }
}

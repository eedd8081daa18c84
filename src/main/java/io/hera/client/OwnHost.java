package io.hera.client;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/**
 * Finds the host that others reach this process at, by the setting or by the routes to the nodes.
 * Never waits for the resolution of a name. Thread-safe.
 */
final class OwnHost {
  private final Optional<String> rule;
  private final LocalAddresses addresses;
  private final AdvertisedAddress search;
  private final Machinery machinery;

  OwnHost(Optional<String> rule, LocalAddresses addresses, Machinery machinery) {
    this.rule = rule;
    this.addresses = addresses;
    this.search = AdvertisedAddress.of(rule.orElse(""), addresses);
    this.machinery = machinery;
  }

  /** Searches; the future completes on the events' thread. */
  CompletableFuture<Advertised> find(List<Node> nodes) {
    CompletableFuture<List<InetSocketAddress>> resolved =
        CompletableFuture.completedFuture(List.of());
    if (isGuess()) {
      for (Node node : nodes) {
        resolved = resolved.thenCombine(resolve(node.uri), OwnHost::joined);
      }
    }
    return resolved.thenApplyAsync(search::find, machinery.events());
  }

  /** Resolves the name of a node with TLS; those of others are addresses. */
  private CompletableFuture<List<InetSocketAddress>> resolve(URI node) {
    String host = node.getHost();
    if (NodeNames.isAddress(host)) {
      InetSocketAddress literal =
          new InetSocketAddress(host.replaceAll("[\\[\\]]", ""), node.getPort());
      return CompletableFuture.completedFuture(List.of(literal));
    }
    return machinery
        .names()
        .resolve(host)
        .handle((found, failure) -> found == null
            ? List.of()
            : found.stream()
                .map(one -> new InetSocketAddress(one, node.getPort()))
                .toList());
  }

  private static <T> List<T> joined(List<T> some, List<T> more) {
    return Stream.concat(some.stream(), more.stream()).toList();
  }

  /** Returns whether the routes decide, and not the setting. */
  boolean isGuess() {
    return rule.isEmpty();
  }

  /** Returns whether a host is an IP address that this machine does not have, or has no more. */
  boolean isGone(String host) {
    Optional<InetAddress> address = AdvertisedAddress.literal(host);
    return address.isPresent() && !has(address.get());
  }

  /**
   * Returns a warning if a node sees this process at an address that this machine does not have: then
   * addresses are translated on the way.
   */
  Optional<String> doubt(String host, String seen) {
    return isGone(seen) ? AdvertisedAddress.doubt(host, seen) : Optional.empty();
  }

  private boolean has(InetAddress address) {
    return addresses.all().stream().anyMatch(local -> local.address().equals(address));
  }
}

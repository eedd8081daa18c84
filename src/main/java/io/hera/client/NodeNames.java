package io.hera.client;

import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Turns the configured URLs into nodes: each address of a name is a node. A URL with an address, and
 * one with TLS, whose name the certificate must prove, is a node as it is. Owned by the loop.
 *
 * <p>A name is resolved at the start, and again when one of its nodes does not serve, at most every 30
 * s. If that fails, its nodes stay.
 */
final class NodeNames implements Contacts.Follower {
  static final Duration PATIENCE = Duration.ofSeconds(2);

  private static final Duration PAUSE = Duration.ofSeconds(30);
  private static final Pattern ADDRESS = Pattern.compile("\\[.*]|[0-9.]+");

  private final Loop loop;
  private final Resolver resolver;
  private final Nodes nodes;
  private final Outage outage;
  private final Backoff backoff;
  private final Map<URI, Long> resolvedAt = new HashMap<>();
  private final Set<URI> underway = new HashSet<>();
  private final Set<URI> named = new HashSet<>();
  private int failures;

  NodeNames(Loop loop, Resolver resolver, Nodes nodes, Outage outage, Backoff backoff) {
    this.loop = loop;
    this.resolver = resolver;
    this.nodes = nodes;
    this.outage = outage;
    this.backoff = backoff;
  }

  /** Resolves all names. */
  void begin() {
    for (URI configured : nodes.configured()) {
      if (NodeList.isTls(configured) || isAddress(configured.getHost())) {
        nodes.resolve(configured, List.of(configured), loop.nanos());
      } else {
        named.add(configured);
        resolve(configured);
      }
    }
  }

  /** Returns whether the host of a URL is an IP address, so that it is not to be resolved. */
  static boolean isAddress(String host) {
    return ADDRESS.matcher(host).matches();
  }

  @Override
  public void wentAside(Node node) {
    for (URI configured : named) {
      long since = loop.nanos() - resolvedAt.getOrDefault(configured, loop.nanos());
      if (since > PAUSE.toNanos()) {
        resolve(configured);
      }
    }
  }

  @Override
  public void answers(Node node) {}

  private void resolve(URI configured) {
    if (underway.add(configured)) {
      loop.after(PATIENCE, () -> ended(configured, List.of()));
      After.of(
          resolver.resolve(configured.getHost()),
          (found, failure) ->
              loop.execute(() -> ended(configured, found == null ? List.of() : found)));
    }
  }

  /** Takes the addresses; none if there was no answer in time. */
  private void ended(URI configured, List<InetAddress> found) {
    boolean late = !underway.remove(configured);
    if (!found.isEmpty()) {
      failures = 0;
      resolvedAt.put(configured, loop.nanos());
      nodes.resolve(configured, at(configured, found), loop.nanos());
      outage.namesChanged();
    } else if (!late && !resolvedAt.containsKey(configured)) {
      loop.after(backoff.after(failures++, Backoff.FIRST_CAP), () -> resolve(configured));
    }
  }

  /** Returns a node for each address of the family of the first one: "localhost" has one of each. */
  private static List<URI> at(URI configured, List<InetAddress> found) {
    Class<?> family = found.get(0).getClass();
    return found.stream()
        .filter(family::isInstance)
        .map(address -> NodeList.at(configured, address.getHostAddress()))
        .distinct()
        .toList();
  }
}

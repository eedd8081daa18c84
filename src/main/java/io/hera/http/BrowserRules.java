package io.hera.http;

import io.hera.wire.WebOrigin;
import java.util.Collection;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which requests of browsers a node serves.
 *
 * @param hosts names by which a browser may call the node, in lower case, besides IP addresses and localhost
 * @param origins origins of pages that may read and write, besides the node's own
 */
public record BrowserRules(Set<String> hosts, Set<WebOrigin> origins) {
  public BrowserRules {
    hosts = Set.copyOf(hosts);
    origins = Set.copyOf(origins);
  }

  /** Returns the rules with these hosts, however their names are written, and these origins. */
  public static BrowserRules of(Collection<String> hosts, Collection<WebOrigin> origins) {
    Set<String> names = hosts.stream()
        .flatMap(host -> WebOrigin.of(WebOrigin.HTTP, host).stream())
        .map(WebOrigin::host)
        .collect(Collectors.toSet());
    return new BrowserRules(names, Set.copyOf(origins));
  }

  /** Returns whether a browser that asks this origin means the node: a page cannot have chosen the name. */
  boolean meansThisNode(WebOrigin asked) {
    return asked.hasIpAddress() || asked.isLocalhost() || hosts.contains(asked.host());
  }
}

package io.hera.client;

import java.net.URI;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The nodes of a configuration, by rank: {@code http://a:8080,http://b:8080;http://far:8080} has two
 * of the first rank and one of the second, which is used while no node of the first answers.
 *
 * @param ranks the nearest first; each has at least one node
 */
record NodeList(List<List<URI>> ranks) {
  NodeList {
    ranks = ranks.stream().map(List::copyOf).toList();
  }

  /**
   * Parses the text form.
   *
   * @throws IllegalArgumentException if it is not a list of URLs of nodes; the message names value
   *     and rule
   */
  static NodeList parse(String text) {
    List<List<URI>> ranks = new ArrayList<>();
    Set<URI> seen = new HashSet<>();
    for (String rank : text.split(";", -1)) {
      List<URI> nodes = new ArrayList<>();
      for (String url : rank.split(",", -1)) {
        URI node = node(url.strip());
        if (!seen.add(node)) {
          throw new IllegalArgumentException("nodes: " + node + " appears twice");
        }
        nodes.add(node);
      }
      ranks.add(nodes);
    }
    return new NodeList(ranks);
  }

  /** Returns whether any node is reached by TLS. */
  boolean hasTls() {
    return ranks.stream().flatMap(List::stream).anyMatch(node -> isTls(node));
  }

  static boolean isTls(URI node) {
    return node.getScheme().equals("https");
  }

  /** Returns the same node at another host, which is a name or an address. */
  static URI at(URI node, String host) {
    String literal = host.contains(":") ? "[" + host + "]" : host;
    return URI.create(node.getScheme() + "://" + literal + ":" + node.getPort());
  }

  private static URI node(String url) {
    URI uri = uri(url);
    String scheme =
        uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(java.util.Locale.ROOT);
    if (!scheme.equals("http") && !scheme.equals("https")) {
      throw bad(url, "does not begin with http:// or https://");
    }
    if (uri.getHost() == null) {
      throw bad(url, "has no host");
    }
    boolean bare = uri.getPath().isEmpty() || uri.getPath().equals("/");
    if (!bare || uri.getQuery() != null || uri.getFragment() != null || uri.getUserInfo() != null) {
      throw bad(url, "has more than scheme, host and port");
    }
    return URI.create(scheme + "://" + uri.getHost() + ":" + port(uri, url, scheme));
  }

  private static int port(URI uri, String url, String scheme) {
    if (uri.getPort() == -1) {
      return scheme.equals("https") ? 443 : 80;
    }
    if (uri.getPort() < 1 || uri.getPort() > 65_535) {
      throw bad(url, "has a port that is not in 1..65535");
    }
    return uri.getPort();
  }

  private static URI uri(String url) {
    try {
      return new URI(url);
    } catch (java.net.URISyntaxException e) {
      throw bad(url, "is not a URL");
    }
  }

  private static IllegalArgumentException bad(String url, String rule) {
    return new IllegalArgumentException("nodes: \"" + url + "\" " + rule);
  }
}

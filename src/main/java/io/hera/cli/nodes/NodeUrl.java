package io.hera.cli.nodes;

import io.hera.wire.Address;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A node as a client names it. Its text is {@code http://host:port}.
 *
 * @param address host and port
 */
public record NodeUrl(Scheme scheme, Address address) {
  /** Most nodes in a list. */
  private static final int NODES_MAX = 64;

  private static final Pattern TEXT = Pattern.compile("(?:(?i)(https?)://)?([^/?#@\\s]+)/?");

  /** With or without TLS. */
  public enum Scheme {
    HTTP,
    HTTPS;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * Returns the nodes in a list, in the order in which they are asked: a comma separates nodes of one rank, a semicolon ranks.
   *
   * @throws IllegalArgumentException names the rule that is broken
   */
  public static List<NodeUrl> list(String text) {
    List<NodeUrl> nodes = new ArrayList<>();
    for (String rank : text.split(";", -1)) {
      for (String node : rank.split(",", -1)) {
        nodes.add(parse(node.strip()));
      }
    }
    if (nodes.size() > NODES_MAX) {
      throw new IllegalArgumentException("more than " + NODES_MAX + " nodes are in the list");
    }
    return List.copyOf(nodes);
  }

  private static NodeUrl parse(String text) {
    Matcher parts = TEXT.matcher(text);
    Optional<Address> address = parts.matches() ? Address.parse(parts.group(2)) : Optional.empty();
    if (address.isEmpty()) {
      String shown = text.contains("@") ? "a node" : Phrasing.printable(text);
      throw new IllegalArgumentException(shown + " is not http://HOST:PORT or https://HOST:PORT");
    }
    boolean secure = "https".equalsIgnoreCase(parts.group(1));
    return new NodeUrl(secure ? Scheme.HTTPS : Scheme.HTTP, address.get());
  }

  /** Returns whether the node is asked by TLS. */
  public boolean isSecure() {
    return scheme == Scheme.HTTPS;
  }

  @Override
  public String toString() {
    return scheme + "://" + address;
  }
}

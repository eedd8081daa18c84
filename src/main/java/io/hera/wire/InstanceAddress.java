package io.hera.wire;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The address that a document gives for its instance: the member {@code address}, or else
 * {@code host} and {@code port}.
 *
 * @param text the address as a client uses it: the member {@code address} as it is, or
 *     {@code host:port} with an IPv6 address in brackets
 * @param members the members of the document that give the address
 */
public record InstanceAddress(String text, Set<String> members) {
  private static final Pattern PORT = Pattern.compile("[0-9]{1,5}");

  public InstanceAddress {
    members = Set.copyOf(members);
  }

  /**
   * Returns the address in a document; empty if the document has none.
   *
   * @param document its top-level members: strings unescaped, other values as JSON
   */
  public static Optional<InstanceAddress> of(Map<String, String> document) {
    String address = document.getOrDefault("address", "");
    if (!address.isEmpty()) {
      return Optional.of(new InstanceAddress(address, Set.of("address")));
    }
    String host = Address.withoutBrackets(document.getOrDefault("host", ""));
    String port = document.getOrDefault("port", "");
    if (host.isEmpty() || !PORT.matcher(port).matches()) {
      return Optional.empty();
    }
    String text = Address.withBrackets(host) + ":" + port;
    return Optional.of(new InstanceAddress(text, Set.of("address", "host", "port")));
  }

  /** Returns host and port; empty if the text is not an address of a host and a port. */
  public Optional<Address> hostAndPort() {
    return Address.parse(text);
  }
}

package io.hera.wire;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A host and a port. Its text is {@code host:port}, with an IPv6 address in brackets.
 *
 * @param host name or IP address, without brackets
 * @param port 1..65535; 0 stands for any free port, in an address to listen on
 */
public record Address(String host, int port) {
  private static final int PORT_MAX = 65_535;
  private static final Pattern TEXT =
      Pattern.compile("(\\[[0-9a-fA-F:.]+(?:%[^]\\s]+)?]|[^:/\\[\\]\\s]+):([0-9]{1,5})");

  /** Refuses an empty host and a port outside 0..65535. */
  public Address {
    if (host.isEmpty() || port < 0 || port > PORT_MAX) {
      throw new IllegalArgumentException("not an address: host \"" + host + "\", port " + port);
    }
  }

  /** Parses {@code host:port} with a port in 1..65535; empty if {@code text} is anything else. */
  public static Optional<Address> parse(String text) {
    Matcher parts = TEXT.matcher(text);
    if (!parts.matches()) {
      return Optional.empty();
    }
    int port = Integer.parseInt(parts.group(2));
    return port < 1 || port > PORT_MAX
        ? Optional.empty()
        : Optional.of(new Address(withoutBrackets(parts.group(1)), port));
  }

  /** Returns {@code host} without the brackets that an IPv6 address may have. */
  public static String withoutBrackets(String host) {
    return host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
  }

  /** Returns {@code host:port}, an IPv6 address in brackets. */
  @Override
  public String toString() {
    return withBrackets(host) + ":" + port;
  }

  /** Returns {@code host}, in brackets if it is an IPv6 address. */
  public static String withBrackets(String host) {
    return host.indexOf(':') < 0 ? host : "[" + host + "]";
  }
}

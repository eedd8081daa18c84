package io.hera.registry;

import java.net.InetAddress;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where an instance listens, as its document says: the one reading for all ways out. The first of these counts that has a valid host:
 *
 * <ul>
 *   <li>the member {@code address}, if it is {@code host:port}
 *   <li>the members {@code address}, if it is a host, and {@code port}, as Consul and Curator write
 *   <li>the members {@code host} and {@code port}
 * </ul>
 *
 * @param host name or IP address as the document has it, without brackets
 * @param ip the address that the host is; empty if the host is a name. Nothing is looked up
 * @param port 1..65535; empty if the document has no valid one
 * @param members the members of the document that give it
 */
public record InstanceAddress(
    String host, Optional<InetAddress> ip, OptionalInt port, Set<String> members) {
  /** The member with the port. */
  public static final String PORT = "port";

  private static final String ADDRESS = "address";
  private static final String HOST = "host";
  private static final int PORT_MAX = 65_535;
  private static final String LABEL = "[A-Za-z0-9_](?:[A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?";
  private static final Pattern NAME =
      Pattern.compile("(?=.{1,253}$)" + LABEL + "(?:\\." + LABEL + ")*\\.?");
  private static final Pattern ENDS_IN_NUMBER = Pattern.compile("(?:.*\\.)?[0-9]+\\.?");
  private static final Pattern DIGITS = Pattern.compile("[0-9]{1,5}");
  private static final Pattern WITH_PORT =
      Pattern.compile("(\\[[0-9a-fA-F:.]+]|[^:/\\[\\]\\s]+):([0-9]{1,5})");

  public InstanceAddress {
    members = Set.copyOf(members);
  }

  /**
   * Returns the address that the members of a document give.
   *
   * @param document name → text: the strings among its members, and the port as a string or number
   */
  public static Optional<InstanceAddress> of(Map<String, String> document) {
    String address = document.getOrDefault(ADDRESS, "");
    Matcher whole = WITH_PORT.matcher(address);
    if (whole.matches() && port(whole.group(2)).isPresent() && isHost(plain(whole.group(1)))) {
      return Optional.of(found(whole.group(1), port(whole.group(2)), Set.of(ADDRESS)));
    }
    OptionalInt port = port(document.getOrDefault(PORT, ""));
    if (isHost(plain(address))) {
      return Optional.of(found(address, port, Set.of(ADDRESS, PORT)));
    }
    String host = document.getOrDefault(HOST, "");
    return isHost(plain(host))
        ? Optional.of(found(host, port, Set.of(HOST, PORT)))
        : Optional.empty();
  }

  /** Returns the port that a text is, in 1..65535: digits and nothing else. */
  public static OptionalInt port(String text) {
    if (!DIGITS.matcher(text).matches()) {
      return OptionalInt.empty();
    }
    int port = Integer.parseInt(text);
    return port < 1 || port > PORT_MAX ? OptionalInt.empty() : OptionalInt.of(port);
  }

  private static InstanceAddress found(String host, OptionalInt port, Set<String> members) {
    return new InstanceAddress(plain(host), IpText.parse(plain(host)), port, members);
  }

  /** Returns whether the text is a name or an IP address that other machines can use. */
  private static boolean isHost(String host) {
    return IpText.parse(host).isPresent()
        || (NAME.matcher(host).matches() && !ENDS_IN_NUMBER.matcher(host).matches());
  }

  private static String plain(String host) {
    return host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
  }
}

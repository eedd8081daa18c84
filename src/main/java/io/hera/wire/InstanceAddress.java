package io.hera.wire;

import io.hera.json.ObjectCursor;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The address that a document gives for its instance: the first of these that is a valid host with
 * a port of 1..65535.
 *
 * <ul>
 *   <li>the member {@code address}, if it is {@code host:port}
 *   <li>the members {@code address}, if it is a host, and {@code port}, as Consul and Curator write
 *   <li>the members {@code host} and {@code port}
 * </ul>
 *
 * @param address the address; its text has an IPv6 address in brackets
 * @param members the members of the document that give it
 */
public record InstanceAddress(Address address, Set<String> members) {
  private static final int PORT_MAX = 65_535;
  private static final String ADDRESS = "address";
  private static final String HOST = "host";
  private static final String PORT = "port";
  private static final String LABEL = "[A-Za-z0-9_](?:[A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?";
  private static final Pattern NAME =
      Pattern.compile("(?=.{1,253}$)" + LABEL + "(?:\\." + LABEL + ")*\\.?");
  private static final Pattern ENDS_IN_NUMBER = Pattern.compile("(?:.*\\.)?[0-9]+\\.?");
  private static final Pattern IPV4 =
      Pattern.compile("(?:(?:25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])(?:\\.(?!$)|$)){4}");
  private static final Pattern IPV6 = Pattern.compile("[0-9A-Fa-f:.]{2,45}");

  public InstanceAddress {
    members = Set.copyOf(members);
  }

  /** Returns the address in a checked document; empty if the document has none. */
  public static Optional<InstanceAddress> of(byte[] document) {
    Map<String, String> members = new HashMap<>();
    ObjectCursor cursor = new ObjectCursor(document);
    while (cursor.next()) {
      if (cursor.isText() || cursor.isNamed(PORT)) {
        members.put(cursor.name(), cursor.text());
      }
    }
    return of(members);
  }

  /** Returns the address in the strings of a document, and its port in any form. */
  private static Optional<InstanceAddress> of(Map<String, String> document) {
    String address = document.getOrDefault(ADDRESS, "");
    Optional<Address> whole = Address.parse(address).filter(parsed -> isHost(parsed.host()));
    if (whole.isPresent()) {
      return Optional.of(new InstanceAddress(whole.get(), Set.of(ADDRESS)));
    }
    int port = port(document.getOrDefault(PORT, ""));
    String host = document.getOrDefault(HOST, "");
    if (port > 0 && isHost(Address.withoutBrackets(address))) {
      return found(address, port, Set.of(ADDRESS, PORT));
    }
    return port > 0 && isHost(Address.withoutBrackets(host))
        ? found(host, port, Set.of(HOST, PORT))
        : Optional.empty();
  }

  private static Optional<InstanceAddress> found(String host, int port, Set<String> members) {
    Address address = new Address(Address.withoutBrackets(host), port);
    return Optional.of(new InstanceAddress(address, members));
  }

  /** Returns the port in 1..65535; 0 if there is none. Some languages write 8080.0. */
  private static int port(String text) {
    OptionalLong port = IntegerText.of(text);
    boolean valid = port.isPresent() && port.getAsLong() >= 1 && port.getAsLong() <= PORT_MAX;
    return valid ? (int) port.getAsLong() : 0;
  }

  /** Returns whether the text is a name or an IP address that other machines can use. */
  private static boolean isHost(String host) {
    if (host.indexOf(':') >= 0) {
      return IPV6.matcher(host).matches() && isAddress("[" + host + "]");
    }
    return NAME.matcher(host).matches()
        && (IPV4.matcher(host).matches() || !ENDS_IN_NUMBER.matcher(host).matches());
  }

  /** Nothing is looked up, because of the brackets. */
  private static boolean isAddress(String bracketed) {
    try {
      InetAddress.getByName(bracketed);
      return true;
    } catch (UnknownHostException notAnAddress) {
      return false;
    }
  }
}

package io.hera.client;

import io.hera.client.LocalAddresses.Local;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * The search for the address at which others reach this process, for documents without a host.
 *
 * <p><b>By default</b>, it is the local address from which packets to a node are sent. The routing table
 * picks the interface, so the networks of containers, virtual machines and tunnels lose unless they
 * lead to the nodes. A list of interfaces cannot be sorted so well by their names.
 *
 * <p><b>By a rule</b> ({@link HeraSettings#withAdvertise}), it is a host as it is given, an address of an
 * interface ({@code interface:eth1}), or one in a network ({@code cidr:10.0.0.0/8}); IPv4 first.
 *
 * <p>Others cannot use 0.0.0.0, link-local and multicast addresses, so these are not found. A loopback
 * address is found only for a node at one, or by a rule. The search is cheap and its result changes
 * with the network, so it is repeated for each registration, and by {@link Relocation}.
 */
final class AdvertisedAddress {
  private static final String INTERFACE = "interface:";
  private static final String CIDR = "cidr:";
  private static final Pattern LITERAL = Pattern.compile("[0-9.]+|[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*");
  private static final Pattern HOST = Pattern.compile("[A-Za-z0-9_.-]{1,253}");
  private static final Comparator<Local> IPV4_FIRST =
      Comparator.comparing(local -> !(local.address() instanceof Inet4Address));

  private final String rule;
  private final LocalAddresses addresses;

  private AdvertisedAddress(String rule, LocalAddresses addresses) {
    this.rule = rule;
    this.addresses = addresses;
  }

  /**
   * Returns the search by a rule.
   *
   * @param rule empty for the default
   * @throws IllegalArgumentException if it is not a rule; the message says why
   */
  static AdvertisedAddress of(String rule, LocalAddresses addresses) {
    if (rule.startsWith(CIDR)) {
      Network.parse(rule.substring(CIDR.length()));
    } else if (!rule.isEmpty() && !rule.startsWith(INTERFACE)) {
      checkHost(withoutBrackets(rule));
    }
    return new AdvertisedAddress(rule, addresses);
  }

  private static void checkHost(String host) {
    Optional<InetAddress> literal = literal(host);
    boolean unusable = literal
        .filter(address -> address.isAnyLocalAddress() || address.isMulticastAddress())
        .isPresent();
    if (unusable || (literal.isEmpty() && !HOST.matcher(host).matches())) {
      throw new IllegalArgumentException("advertise: \"" + host
          + "\" is not an address that others can use, a name, interface:<name> or cidr:<network>");
    }
  }

  /**
   * Searches.
   *
   * @param nodes resolved addresses of nodes, the one in use first; only the default needs them
   */
  Advertised find(List<InetSocketAddress> nodes) {
    if (rule.isEmpty()) {
      return towards(nodes);
    }
    if (rule.startsWith(INTERFACE)) {
      String name = rule.substring(INTERFACE.length());
      return first(local -> local.network().equals(name));
    }
    if (rule.startsWith(CIDR)) {
      Network network = Network.parse(rule.substring(CIDR.length()));
      return first(local -> network.contains(local.address()));
    }
    return new Advertised.Known(withoutBrackets(rule));
  }

  private Advertised towards(List<InetSocketAddress> nodes) {
    for (InetSocketAddress node : nodes) {
      Optional<InetAddress> local = addresses.towards(node).filter(AdvertisedAddress::isUsable);
      if (local.isPresent() && (!local.get().isLoopbackAddress() || isLoopback(node))) {
        return new Advertised.Known(text(local.get()));
      }
    }
    return new Advertised.Unknown("no interface leads to a node");
  }

  private static boolean isLoopback(InetSocketAddress node) {
    return !node.isUnresolved() && node.getAddress().isLoopbackAddress();
  }

  private Advertised first(Predicate<Local> wanted) {
    return addresses.all().stream()
        .filter(wanted)
        .filter(local -> isUsable(local.address()))
        .min(IPV4_FIRST)
        .<Advertised>map(local -> new Advertised.Known(text(local.address())))
        .orElseGet(() -> new Advertised.Unknown("no address of this machine matches " + rule));
  }

  private static boolean isUsable(InetAddress address) {
    return !address.isAnyLocalAddress()
        && !address.isLinkLocalAddress()
        && !address.isMulticastAddress();
  }

  /**
   * Returns a warning if a node sees this process at another address than the advertised one: others may
   * not reach it, because of address translation. Empty if the advertised one is a name.
   *
   * @param seen the address of this process as the node sees it
   */
  static Optional<String> doubt(String advertised, String seen) {
    Optional<InetAddress> one = literal(advertised);
    Optional<InetAddress> other = literal(withoutBrackets(seen));
    return one.isEmpty() || other.isEmpty() || one.equals(other)
        ? Optional.empty()
        : Optional.of("this process registers " + advertised + ", and the node sees it at " + seen
            + ": set HERA_ADVERTISE if others cannot reach the former");
  }

  /** Returns the IP address that a text is; looks no name up. */
  static Optional<InetAddress> literal(String host) {
    if (!LITERAL.matcher(host).matches()) {
      return Optional.empty();
    }
    try {
      return Optional.of(InetAddress.getByName(host.contains(":") ? "[" + host + "]" : host));
    } catch (UnknownHostException notAnAddress) {
      return Optional.empty();
    }
  }

  private static String text(InetAddress address) {
    return address.getHostAddress().replaceFirst("%.*", "");
  }

  private static String withoutBrackets(String host) {
    return host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
  }

  /**
   * A range of IP addresses.
   *
   * @param bits how many leading bits are those of the first address
   */
  private record Network(InetAddress first, int bits) {
    static Network parse(String text) {
      String[] parts = text.split("/", 2);
      Optional<InetAddress> first = literal(parts[0]);
      if (parts.length == 2 && first.isPresent() && parts[1].matches("[0-9]{1,3}")) {
        int bits = Integer.parseInt(parts[1]);
        if (bits <= 8 * first.get().getAddress().length) {
          return new Network(first.get(), bits);
        }
      }
      throw new IllegalArgumentException("advertise: cidr:" + text + " is not a network");
    }

    boolean contains(InetAddress address) {
      byte[] own = first.getAddress();
      byte[] other = address.getAddress();
      boolean same = own.length == other.length;
      for (int i = 0; same && i < bits; i++) {
        int mask = 0x80 >> (i % 8);
        same = (own[i / 8] & mask) == (other[i / 8] & mask);
      }
      return same;
    }
  }
}

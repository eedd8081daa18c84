package io.hera.config.source;

import io.hera.wire.Address;
import java.util.Locale;
import java.util.Optional;

/** The text {@code dns:NAME:PORT}: a cluster whose nodes are at the addresses of a DNS name, all at one port. */
final class DnsEntry {
  static final String FORM = "dns:NAME:PORT";

  private static final String PREFIX = "dns:";
  private static final int PORT_MAX = 65_535;

  private DnsEntry() {}

  /** Returns whether a text is meant to be such an entry. */
  static boolean isMeant(String text) {
    return text.startsWith(PREFIX);
  }

  /** Returns the rule that the text breaks. */
  static Optional<String> broken(String text) {
    String entry = text.substring(PREFIX.length());
    int colon = entry.lastIndexOf(':');
    String name = entry.substring(0, Math.max(0, colon));
    String port = entry.substring(colon + 1);
    if (colon < 0) {
      return Optional.of("has no port: " + FORM);
    } else if (HostNames.isAddress(Address.withoutBrackets(name))) {
      return Optional.of("has an IP address where " + FORM + " has a DNS name");
    } else if (HostNames.badHost(name).isPresent()) {
      return Optional.of("has no DNS name: " + FORM);
    }
    return isPort(port)
        ? Optional.empty()
        : Optional.of("has a port that is not in 1.." + PORT_MAX + ": " + FORM);
  }

  /** Returns the entry of a text that breaks no rule, with its name in lower case. */
  static ClusterNodes.Found parse(String text) {
    String entry = text.substring(PREFIX.length());
    int colon = entry.lastIndexOf(':');
    String name = entry.substring(0, colon).toLowerCase(Locale.ROOT);
    return new ClusterNodes.Found(new Address(name, Integer.parseInt(entry.substring(colon + 1))));
  }

  /** Returns the text of an entry. */
  static String text(Address at) {
    return PREFIX + at;
  }

  private static boolean isPort(String text) {
    return text.matches("[0-9]{1,5}")
        && Integer.parseInt(text) >= 1
        && Integer.parseInt(text) <= PORT_MAX;
  }
}

package io.hera.cli.certificates;

import io.hera.config.source.HostNames;
import io.hera.wire.Address;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A node, and the hosts by which others reach it.
 *
 * @param node its name, which a directory can have
 * @param hosts names and IP addresses, at least one
 */
public record NodeHosts(String node, List<String> hosts) {
  /** Copies the hosts. */
  public NodeHosts {
    hosts = List.copyOf(hosts);
  }

  /**
   * Parses {@code NODE=HOST[,HOST]...}.
   *
   * @throws IllegalArgumentException with a line that says why {@code text} is anything else
   */
  public static NodeHosts parse(String text) {
    int equals = text.indexOf('=');
    if (equals < 0) {
      throw new IllegalArgumentException(text + " is not NODE=HOST[,HOST]...");
    }
    String node = text.substring(0, equals);
    HostNames.badName(node).ifPresent(rule -> refuse(node, rule));
    if (node.matches("\\.+")) {
      refuse(node, "cannot be the name of a directory");
    }
    List<String> hosts = Arrays.stream(text.substring(equals + 1).split(",", -1))
        .map(Address::withoutBrackets)
        .distinct()
        .toList();
    hosts.forEach(host -> HostNames.badHost(host).ifPresent(rule -> refuse(host, rule)));
    return new NodeHosts(node, hosts);
  }

  /** Returns the subject alternative names as keytool wants them. */
  String alternativeNames() {
    List<String> names = hosts.stream()
        .map(host -> (HostNames.isAddress(host) ? "ip:" : "dns:") + withoutDot(host))
        .toList();
    return "san=" + String.join(",", names);
  }

  private static String withoutDot(String host) {
    return host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
  }

  private static void refuse(String part, String rule) {
    String shown = Optional.of(part).filter(text -> !text.isEmpty()).orElse("\"\"");
    throw new IllegalArgumentException(shown + " " + rule);
  }
}

package io.hera.client;

import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The address in a document, by the customs that nodes follow too. */
final class InstanceAddress {
  private static final int PORT_MAX = 65_535;
  private static final Pattern HOST_AND_PORT =
      Pattern.compile("(\\[[0-9a-fA-F:.]+(?:%[^]\\s]+)?]|[^:/\\[\\]\\s]+):([0-9]{1,5})");
  private static final Pattern HOST =
      Pattern.compile("[^:/@?#\\[\\]\\s]{1,253}|[0-9A-Fa-f:.]{2,45}");

  private static final Pattern SCHEME = Pattern.compile("[a-z][a-z0-9+.-]{0,19}");

  private InstanceAddress() {}

  static Optional<InetSocketAddress> of(Document document) {
    String address = document.text("address").orElse("");
    Matcher whole = HOST_AND_PORT.matcher(address);
    if (whole.matches()) {
      return of(whole.group(1), Integer.parseInt(whole.group(2)));
    }
    int port = document.integer("port").orElse(0);
    return of(address, port).or(() -> of(document.text("host").orElse(""), port));
  }

  private static Optional<InetSocketAddress> of(String host, int port) {
    String plain = withoutBrackets(host);
    return port >= 1 && port <= PORT_MAX && HOST.matcher(plain).matches()
        ? Optional.of(InetSocketAddress.createUnresolved(plain, port))
        : Optional.empty();
  }

  private static String withoutBrackets(String host) {
    return host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
  }

  /** Returns the URL of a resource of an instance, as {@link Balancer.Pick#uri} says. */
  static URI uri(Instance instance, String pathAndQuery) {
    if (!pathAndQuery.startsWith("/")) {
      throw new IllegalArgumentException("path: \"" + pathAndQuery + "\" does not begin with /");
    }
    InetSocketAddress address = instance
        .address()
        .orElseThrow(() -> new IllegalStateException(
            "the document of " + instance.service() + "/" + instance.id() + " has no address"));
    String scheme =
        instance.document().text("scheme").filter(SCHEME.asMatchPredicate()).orElse("http");
    return URI.create(scheme + "://" + authority(address) + pathAndQuery);
  }

  /** Returns {@code host:port} for a URL: an IPv6 address is in brackets. */
  static String authority(InetSocketAddress address) {
    String host = address.getHostString();
    return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + address.getPort();
  }
}

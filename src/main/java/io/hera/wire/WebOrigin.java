package io.hera.wire;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The origin of a web page (RFC 6454), or that of the node which a browser asks. Two are equal if
 * browsers take them for the same.
 *
 * @param scheme {@code http} or {@code https}
 * @param host in lower case, without a dot at its end; an IPv6 address is written out, in brackets
 * @param port the scheme's standard port if the text has none
 */
public record WebOrigin(String scheme, String host, int port) {
  public static final String HTTP = "http";
  public static final String HTTPS = "https";

  private static final int HTTP_PORT = 80;
  private static final int HTTPS_PORT = 443;
  private static final int PORT_MAX = 65_535;
  private static final Pattern TEXT = Pattern.compile("(https?)://(.*)");
  private static final Pattern AUTHORITY =
      Pattern.compile("(?:(\\[[0-9a-f:.]+])|([a-z0-9._-]*[a-z0-9_-])\\.?)(?::([0-9]{0,5}))?");
  private static final Pattern IPV4 =
      Pattern.compile("(?:(?:25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])(?:\\.(?!$)|$)){4}");

  /** Parses {@code https://host} or {@code https://host:port}; empty if {@code text} is anything else. */
  public static Optional<WebOrigin> parse(String text) {
    Matcher parts = TEXT.matcher(text.toLowerCase(Locale.ROOT));
    return parts.matches() ? of(parts.group(1), parts.group(2)) : Optional.empty();
  }

  /** Returns the origin with an authority, as a Host header has it; empty if it is not {@code host} or {@code host:port}. */
  public static Optional<WebOrigin> of(String scheme, String authority) {
    Matcher parts = AUTHORITY.matcher(authority.toLowerCase(Locale.ROOT));
    if (!parts.matches()) {
      return Optional.empty();
    }
    Optional<String> host =
        parts.group(1) == null ? Optional.of(parts.group(2)) : writtenOut(parts.group(1));
    int port = port(scheme, parts.group(3));
    return host.filter(valid -> port <= PORT_MAX).map(name -> new WebOrigin(scheme, name, port));
  }

  /** Returns whether the host is an IP address: it came without a look-up, so no name server chose it. */
  public boolean hasIpAddress() {
    return host.startsWith("[") || IPV4.matcher(host).matches();
  }

  /** Returns whether the host is a name that browsers resolve to loopback themselves (RFC 6761, 6.3). */
  public boolean isLocalhost() {
    return host.equals("localhost") || host.endsWith(".localhost");
  }

  /** Returns {@code scheme://host}, followed by the port unless it is the scheme's standard port. */
  @Override
  public String toString() {
    return scheme + "://" + host + (port == standardPort(scheme) ? "" : ":" + port);
  }

  private static int port(String scheme, @Nullable String text) {
    return text == null || text.isEmpty() ? standardPort(scheme) : Integer.parseInt(text);
  }

  private static int standardPort(String scheme) {
    return scheme.equals(HTTPS) ? HTTPS_PORT : HTTP_PORT;
  }

  /** Returns the one spelling of an IPv6 address in brackets. Nothing is looked up, because of the brackets. */
  private static Optional<String> writtenOut(String bracketed) {
    try {
      String text = InetAddress.getByName(bracketed).getHostAddress();
      return Optional.of(text.indexOf(':') < 0 ? bracketed : "[" + text + "]");
    } catch (UnknownHostException notAnAddress) {
      return Optional.empty();
    }
  }
}

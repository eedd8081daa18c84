package io.hera.config.source;

import io.hera.registry.IpText;
import io.hera.wire.Address;
import io.netty.util.NetUtil;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** The rules for names of nodes and for hosts. */
public final class HostNames {
  /** A node's name is sent unescaped in query parameters and headers; {@code _} begins other parameters. */
  private static final Pattern NAME = Pattern.compile("(?!_)[A-Za-z0-9._:-]{1,255}");

  private static final Pattern HOST = Pattern.compile(
      "(?=.{1,253}$)[A-Za-z0-9_]([A-Za-z0-9_-]*[A-Za-z0-9_])?(\\.[A-Za-z0-9_]([A-Za-z0-9_-]*[A-Za-z0-9_])?)*\\.?");
  private static final String LABEL = "[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?";
  private static final Pattern DOMAIN = Pattern.compile(LABEL + "(\\." + LABEL + ")*");
  private static final int DOMAIN_MAX = 200;

  private static final Pattern NUMERIC = Pattern.compile("[0-9.]+");

  private static final String LOOPBACK_V4 = "127.0.0.1";
  private static final Set<String> LOOPBACK_V6 = Set.of("::1", "0:0:0:0:0:0:0:1");

  /** The beginning of fe80::/10. */
  private static final Pattern LINK_LOCAL = Pattern.compile("[fF][eE][89abAB][0-9a-fA-F]:");

  private HostNames() {}

  /** Returns the rule that {@code name} breaks as the name of a node. */
  public static Optional<String> badName(String name) {
    return NAME.matcher(name).matches()
        ? Optional.empty()
        : Optional.of("is not a node name: 1 to 255 of A-Z a-z 0-9 . _ : -, not beginning with _");
  }

  /** Returns the rule that {@code host} breaks as a host. */
  public static Optional<String> badHost(String host) {
    if (isAddress(host) && LINK_LOCAL.matcher(host).lookingAt()) {
      return Optional.of("is a link-local address, which means another machine on each link");
    }
    if (isAddress(host) && host.contains("%")) {
      return Optional.of("has a zone, which means something on one machine only");
    }
    boolean named = HOST.matcher(host).matches() && !NUMERIC.matcher(host).matches();
    return named || isAddress(host)
        ? Optional.empty()
        : Optional.of("is not a host name or IP address (the port has a key of its own)");
  }

  /** Returns the loopback address that {@code host} is, if it is one. */
  public static Optional<String> loopback(String host) {
    String plain = plain(host);
    boolean loopback = LOOPBACK_V6.contains(plain)
        || (plain.startsWith("127.") && NetUtil.isValidIpV4Address(plain));
    return loopback ? Optional.of(plain) : Optional.empty();
  }

  /** Returns localhost for the loopback address that it stands for, and any other one as it is. */
  public static String localhost(String loopback) {
    return loopback.equals(LOOPBACK_V4) || LOOPBACK_V6.contains(loopback) ? "localhost" : loopback;
  }

  /** Returns whether {@code host} is an IP address that an interface can have. */
  public static boolean isOneAddress(String host) {
    return isAddress(host)
        && badHost(host).isEmpty()
        && IpText.parse(host).filter(ip -> !ip.isAnyLocalAddress()).isPresent();
  }

  /** Returns the one spelling of a domain: lower case, no dot at the end. */
  static String domain(String text) {
    String lower = text.toLowerCase(Locale.ROOT);
    return lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
  }

  /** Returns the rule that {@code domain} breaks as the domain of names in DNS. */
  static Optional<String> badDomain(String domain) {
    if (domain.equals("local") || domain.endsWith(".local")) {
      return Optional.of(
          "is for multicast DNS (RFC 6762): resolvers ask no server for it; use hera.internal");
    }
    return domain.length() <= DOMAIN_MAX && DOMAIN.matcher(domain).matches()
        ? Optional.empty()
        : Optional.of("is not a domain of up to 200 characters, with labels of up to 63");
  }

  /** Returns whether {@code host} is an IP address. */
  public static boolean isAddress(String host) {
    return NetUtil.isValidIpV4Address(host) || NetUtil.isValidIpV6Address(host);
  }

  /** Returns one text for addresses that are certainly the same. */
  public static String plain(Address address) {
    return new Address(plain(address.host()), address.port()).toString();
  }

  /** Returns the one spelling of a host that has several: lower case, no dot at the end, 127.0.0.1 for localhost. */
  static String plain(String host) {
    String lower = host.toLowerCase(Locale.ROOT);
    String dotless = lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
    return dotless.equals("localhost") || dotless.endsWith(".localhost") ? LOOPBACK_V4 : dotless;
  }
}

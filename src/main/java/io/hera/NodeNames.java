package io.hera;

import io.netty.util.NetUtil;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** What a node may be called and where it may be: the rules for names and hosts in the configuration. */
final class NodeNames {
  /** Node names are query parameters and header values as they are, and {@code _} begins what is not a node. */
  private static final Pattern NAME = Pattern.compile("(?!_)[A-Za-z0-9._:-]{1,255}");

  private static final Pattern HOST = Pattern.compile(
      "(?=.{1,253}$)[A-Za-z0-9_]([A-Za-z0-9_-]*[A-Za-z0-9_])?(\\.[A-Za-z0-9_]([A-Za-z0-9_-]*[A-Za-z0-9_])?)*\\.?");
  private static final Pattern NUMERIC = Pattern.compile("[0-9.]+");

  private NodeNames() {}

  /** The rule that {@code name} breaks. */
  static Optional<String> badName(String name) {
    return NAME.matcher(name).matches()
        ? Optional.empty()
        : Optional.of("is no node name: 1 to 255 of A-Z a-z 0-9 . _ : -, not beginning with _");
  }

  /** The rule that {@code host} breaks. */
  static Optional<String> badHost(String host) {
    if (isAddress(host)
        || (HOST.matcher(host).matches() && !NUMERIC.matcher(host).matches())) {
      return Optional.empty();
    }
    return Optional.of("is no host name and no IP address (the port has a key of its own)");
  }

  static boolean isAddress(String host) {
    return NetUtil.isValidIpV4Address(host) || NetUtil.isValidIpV6Address(host);
  }

  /** The loopback address that {@code host} is, if it is one. */
  static Optional<String> loopback(String host) {
    String plain = plain(host);
    boolean loopback = plain.equals("::1")
        || plain.equals("0:0:0:0:0:0:0:1")
        || (plain.startsWith("127.") && NetUtil.isValidIpV4Address(plain));
    return loopback ? Optional.of(plain) : Optional.empty();
  }

  /** One spelling for hosts that are surely the same. */
  static String plain(String host) {
    String lower = host.toLowerCase(Locale.ROOT);
    String dotless = lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
    return dotless.equals("localhost") || dotless.endsWith(".localhost") ? "127.0.0.1" : dotless;
  }
}

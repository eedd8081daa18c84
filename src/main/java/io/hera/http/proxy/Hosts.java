package io.hera.http.proxy;

import io.hera.registry.InstanceAddress;
import java.net.Inet4Address;
import java.net.Inet6Address;

/** Hosts as proxies write them. */
final class Hosts {
  private Hosts() {}

  /** Returns the host as it stands alone. */
  static String plain(InstanceAddress address) {
    return address.ip().orElse(null) instanceof Inet4Address ip
        ? ip.getHostAddress()
        : address.host();
  }

  /** Returns the host as it stands before a colon and a port: an IPv6 address in brackets. */
  static String beforePort(InstanceAddress address) {
    return address.ip().orElse(null) instanceof Inet6Address
        ? '[' + address.host() + ']'
        : plain(address);
  }
}

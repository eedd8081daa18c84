package io.hera.config;

import io.hera.wire.Networks;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How a node answers DNS; part of {@link Config}. {@link DnsSettings} says what each one means.
 *
 * @param port 0 if it does not
 */
public record Dns(
    int port,
    List<String> hosts,
    String domain,
    Duration ttl,
    Duration negativeTtl,
    int udpBytes,
    Networks allow,
    int tcpConnections,
    Duration idleTimeout) {
  public Dns {
    hosts = List.copyOf(hosts);
  }

  /** Returns the rule that its port breaks. */
  Optional<String> fault(int httpPort) {
    return port != 0 && port == httpPort
        ? Optional.of("is the port of HTTP, which TCP cannot share")
        : Optional.empty();
  }

  static Dns of(Values values) {
    return new Dns(
        values.get(DnsSettings.PORT),
        values.get(DnsSettings.HOST),
        values.get(DnsSettings.DOMAIN),
        values.get(DnsSettings.TTL),
        values.get(DnsSettings.NEGATIVE_TTL),
        values.get(DnsSettings.UDP_BYTES),
        values.get(DnsSettings.ALLOW),
        values.get(DnsSettings.TCP_CONNECTIONS),
        values.get(DnsSettings.IDLE_TIMEOUT));
  }
}

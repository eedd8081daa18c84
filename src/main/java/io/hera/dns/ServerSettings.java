package io.hera.dns;

import java.util.List;

/**
 * The settings with which a DNS server starts.
 *
 * @param hosts addresses to listen at
 * @param port by UDP and TCP
 * @param domain of all names
 * @param udpBytes most bytes of an answer by UDP
 * @param tcpConnections most connections
 * @param idleMillis time within which a message by TCP must be complete
 * @param node its name
 * @param serial of the SOA record, in seconds of unix time
 */
public record ServerSettings(
    List<String> hosts,
    int port,
    String domain,
    int udpBytes,
    int tcpConnections,
    long idleMillis,
    String node,
    long serial) {
  public ServerSettings {
    hosts = List.copyOf(hosts);
  }
}

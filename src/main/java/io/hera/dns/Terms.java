package io.hera.dns;

import io.hera.wire.Networks;
import java.net.InetAddress;
import java.util.Map;

/**
 * The settings of a DNS server that may change while it runs.
 *
 * @param ttlSeconds of the records
 * @param negativeTtlSeconds of negative answers
 * @param allow who is answered
 * @param nodes name → address of the nodes of the cluster whose host is an address
 */
public record Terms(
    int ttlSeconds, int negativeTtlSeconds, Networks allow, Map<String, InetAddress> nodes) {
  public Terms {
    nodes = Map.copyOf(nodes);
  }
}

package io.hera.gossip;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;

/**
 * Finds the IP addresses of a host. Blocks, so a worker calls it.
 *
 * <p>Vert.x reads the files {@code hosts} and {@code resolv.conf} when it starts, and never again. The resolver of the JDK asks
 * the system, which follows both, and remembers an answer for 30 s.
 */
@FunctionalInterface
public interface HostResolver {
  /** The resolver of the system. */
  HostResolver SYSTEM = host -> Arrays.stream(InetAddress.getAllByName(host))
      .map(InetAddress::getHostAddress)
      .toList();

  /** Returns at least one IP address, in the order in which they are to be tried. */
  List<String> resolve(String host) throws UnknownHostException;
}

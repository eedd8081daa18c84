package io.hera.client;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.nio.channels.DatagramChannel;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** The addresses of this machine. Tests have their own. */
interface LocalAddresses {
  /** Those of this machine, as the JDK lists them. */
  LocalAddresses SYSTEM = new SystemAddresses();

  /**
   * An address of an interface.
   *
   * @param network name of the interface
   */
  record Local(String network, InetAddress address) {}

  /** Returns the addresses of all interfaces that are up. */
  List<Local> all();

  /** Returns the local address from which packets to a remote one would be sent; empty without a route. */
  Optional<InetAddress> towards(InetSocketAddress remote);

  /** The implementation. */
  final class SystemAddresses implements LocalAddresses {
    @Override
    public List<Local> all() {
      List<Local> all = new ArrayList<>();
      try {
        for (NetworkInterface network : Collections.list(NetworkInterface.getNetworkInterfaces())) {
          if (network.isUp()) {
            network
                .inetAddresses()
                .forEach(address -> all.add(new Local(network.getName(), address)));
          }
        }
      } catch (SocketException changing) {
        return List.copyOf(all);
      }
      return List.copyOf(all);
    }

    /** A datagram socket that is connected asks the routing table, and sends nothing. */
    @Override
    public Optional<InetAddress> towards(InetSocketAddress remote) {
      if (remote.isUnresolved()) {
        return Optional.empty();
      }
      try (DatagramChannel socket = DatagramChannel.open()) {
        socket.connect(remote);
        return socket.getLocalAddress() instanceof InetSocketAddress local
            ? Optional.of(local.getAddress())
            : Optional.empty();
      } catch (IOException noRoute) {
        return Optional.empty();
      }
    }
  }
}

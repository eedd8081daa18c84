package io.hera.client;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;

/** The addresses of a machine that moves from network to network; it reaches nodes from the first one. */
final class Machine implements LocalAddresses {
  private volatile List<Local> addresses = List.of();

  void moveTo(List<String> literals) {
    addresses = literals.stream()
        .map(literal -> new Local("eth0", AdvertisedAddress.literal(literal).orElseThrow()))
        .toList();
  }

  @Override
  public List<Local> all() {
    return addresses;
  }

  @Override
  public Optional<InetAddress> towards(InetSocketAddress remote) {
    return addresses.stream().findFirst().map(Local::address);
  }
}

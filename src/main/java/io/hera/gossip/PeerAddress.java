package io.hera.gossip;

import io.hera.wire.Address;
import java.util.Optional;

/**
 * Where a peer is reached.
 *
 * @param address where it is asked: by TLS, if this node speaks that
 * @param clear where it is asked without TLS while its answers by TLS fail; empty if it is never asked so
 * @param found the one IP address of the host that is the peer's; empty if all of them are
 */
public record PeerAddress(Address address, Optional<Address> clear, Optional<String> found) {
  /** The address of a peer that is listed. */
  public PeerAddress(Address address, Optional<Address> clear) {
    this(address, clear, Optional.empty());
  }

  /** The address of a peer that is reached in one way. */
  public PeerAddress(Address address) {
    this(address, Optional.empty());
  }

  /** Returns a peer at one of the addresses of a DNS name, which its certificate has to name (P21). */
  public static PeerAddress found(Address dns, String ip) {
    return new PeerAddress(dns, Optional.empty(), Optional.of(ip));
  }

  /** Returns {@code host:port} where it is asked first. */
  @Override
  public String toString() {
    return found.map(ip -> new Address(ip, address.port())).orElse(address).toString();
  }
}

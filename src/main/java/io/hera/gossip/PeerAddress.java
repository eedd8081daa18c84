package io.hera.gossip;

import io.hera.wire.Address;
import java.util.Optional;

/**
 * Where a peer is reached.
 *
 * @param address where it is asked: by TLS, if this node speaks that
 * @param clear where it is asked without TLS while its answers by TLS fail; empty if it is never asked so
 */
public record PeerAddress(Address address, Optional<Address> clear) {
  /** The address of a peer that is reached in one way. */
  public PeerAddress(Address address) {
    this(address, Optional.empty());
  }

  /** Returns {@code host:port} where it is asked first. */
  @Override
  public String toString() {
    return address.toString();
  }
}

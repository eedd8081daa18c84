package io.hera.store;

import io.hera.registry.Dialect;
import io.hera.wire.DeltasTarget;
import java.util.Optional;

/**
 * What a peer asks for.
 *
 * @param claim the sender, as it says itself; empty for a node of 2012, and for a request that is repeated after a wait
 * @param dialect of the answer
 * @param pageBytesMax size at which the delta is cut
 */
public record DeltaRequest(
    Optional<PeerIdentities.Claim> claim, DeltasTarget target, Dialect dialect, int pageBytesMax) {
  /** Returns how long the peer waits for the next write when there is nothing newer; a node of 2012 does not wait. */
  public long waitMillis() {
    return dialect == Dialect.V2 ? target.waitMillis() : 0;
  }

  /** Returns the same request from a peer that was admitted before. */
  public DeltaRequest repeated() {
    return new DeltaRequest(Optional.empty(), target, dialect, pageBytesMax);
  }
}

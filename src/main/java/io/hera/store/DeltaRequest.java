package io.hera.store;

import io.hera.registry.Dialect;
import io.hera.registry.Digest;
import io.hera.wire.DeltasTarget;
import io.hera.wire.Handshake;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What a peer asks for.
 *
 * @param claim the sender, as it says itself; empty for a node of 2012, and for a request that is repeated after a wait
 * @param dialect of the answer
 * @param pageBytesMax size at which the delta is cut
 * @param asker whose request it is
 */
public record DeltaRequest(
    Optional<PeerIdentities.Claim> claim,
    DeltasTarget target,
    Dialect dialect,
    int pageBytesMax,
    Asker asker) {
  /** A node that knows drains gets them (P18). */
  public DeltaRequest {
    boolean knowsDrains =
        claim.filter(one -> one.handshake().can(Handshake.DRAIN_RULE)).isPresent();
    dialect = dialect == Dialect.V2 && knowsDrains ? Dialect.V2_DRAINS : dialect;
  }

  /** Whose request it is. */
  public enum Asker {
    /** A node's. */
    PEER,
    /** An operator's: its digest proves nothing, and nothing of it is noted. */
    ONLOOKER
  }

  /** A request of a peer. */
  public DeltaRequest(
      Optional<PeerIdentities.Claim> claim,
      DeltasTarget target,
      Dialect dialect,
      int pageBytesMax) {
    this(claim, target, dialect, pageBytesMax, Asker.PEER);
  }

  /** Returns the request of an operator, which is answered at once. */
  public static DeltaRequest ofOnlooker(DeltasTarget target, Dialect dialect, int pageBytesMax) {
    DeltasTarget now = new DeltasTarget(target.digest(), 0, target.checksums());
    return new DeltaRequest(Optional.empty(), now, dialect, pageBytesMax, Asker.ONLOOKER);
  }

  /** Returns how long the peer waits for the next write when there is nothing newer; a node of 2012 does not wait. */
  public long waitMillis() {
    return dialect == Dialect.V1 ? 0 : target.waitMillis();
  }

  /** Returns the same request from a peer that was admitted before. */
  public DeltaRequest repeated() {
    return new DeltaRequest(Optional.empty(), target, dialect, pageBytesMax, asker);
  }

  /** Returns the same request with a horizon of this origin of at most {@code versionMax}. */
  DeltaRequest cappedAt(String origin, long versionMax) {
    Map<String, Long> horizons = new HashMap<>(target.digest().horizons());
    horizons.computeIfPresent(origin, (name, seen) -> Math.min(seen, versionMax));
    DeltasTarget capped =
        new DeltasTarget(new Digest(horizons), target.waitMillis(), target.checksums());
    return new DeltaRequest(claim, capped, dialect, pageBytesMax, asker);
  }
}

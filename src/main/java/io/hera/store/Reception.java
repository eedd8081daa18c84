package io.hera.store;

import io.hera.registry.Checksum;
import io.hera.registry.Delta;
import io.hera.registry.Digest;
import io.hera.registry.ViewChecksum;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a peer answered, for the store to receive.
 *
 * @param peer the name configured for the address that was asked
 * @param introduction who answered; empty for a node of 2012, which does not say so
 * @param asked the digest that it answers
 * @param delta the answer
 * @param place whether the answer ends a pull
 * @param checksums of what the peer holds, to be compared after the merge; empty to compare nothing
 * @param view what the peer shows, to be compared too
 * @param wallMillis the wall clock of the peer at the arrival of the answer, if it is known (P15)
 */
public record Reception(
    String peer,
    Optional<PeerIdentities.Introduction> introduction,
    Digest asked,
    Delta delta,
    Place place,
    Optional<Map<String, Checksum>> checksums,
    Optional<ViewChecksum> view,
    OptionalLong wallMillis) {
  public Reception {
    checksums = checksums.map(Map::copyOf);
  }

  /** Where an answer stands in a pull of all origins. */
  public enum Place {
    /** It is the last page: the peer has nothing more that this node lacks (P11). */
    ENDS_PULL,
    /** More follows, or it answers for one origin only. */
    WITHIN
  }
}

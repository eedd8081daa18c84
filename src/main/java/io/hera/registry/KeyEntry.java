package io.hera.registry;

import java.util.Optional;

/**
 * The entry of one origin on a key, as it was at one moment.
 *
 * @param ageMillis since the origin accepted it; of an expired registration, since its last renewal
 * @param ttlMillis from that moment until the entry ends: until a registration expires, or any other
 *     entry is forgotten
 * @param ttlChosen whether the client of a registration chose its ttl
 * @param bytes of the document
 * @param shown whether clients get the instance by this entry
 * @param restored whether it comes from a snapshot, and nothing has confirmed it since (P14)
 * @param drained the reason of a drain that hides the instance of this entry (P18); else empty
 */
public record KeyEntry(
    String origin,
    State state,
    long version,
    long ageMillis,
    long ttlMillis,
    boolean ttlChosen,
    int bytes,
    boolean shown,
    boolean restored,
    Optional<String> drained) {
  /** What an origin says of a key. */
  public enum State {
    /** The instance is there. */
    REGISTERED,
    /** It was deregistered. */
    REMOVED,
    /** It was not renewed in time; an older entry might show it again, were this one forgotten. */
    EXPIRED
  }
}

package io.hera.registry;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A snapshot of the registry's counts, for operators and metrics.
 *
 * @param recovering whether writes are refused still (P7)
 * @param instances shown
 * @param restored those of them that come from a snapshot, and that nothing has confirmed (P14)
 * @param services with at least one of them
 * @param drains those in force
 * @param tombstones held, without those of drains
 * @param bytes of documents and ids
 * @param expired registrations that expired here since the start
 * @param divergedViews how often a peer showed something else at the same horizons
 * @param origins by name, in the order of the names
 * @param claims digests that named a version above the newest own one, since the start (P8)
 * @param refusals counted since the start
 * @param silent the silent registrations of this node
 * @param content of all instances that are shown, equal on nodes that show the same
 * @param nowMillis agreed unix time of the last turn (P15)
 */
public record RegistryStats(
    boolean recovering,
    int instances,
    int restored,
    int services,
    Drained drains,
    long tombstones,
    long bytes,
    long expired,
    long divergedViews,
    Map<String, OriginStats> origins,
    Map<Claim, Long> claims,
    Map<Refusal, Long> refusals,
    SilentStats silent,
    ContentVersion content,
    long nowMillis) {
  /**
   * The drains in force (P18).
   *
   * @param count how many there are
   * @param instances that they hide
   * @param oldestMillis since the first command among those without an end
   */
  public record Drained(int count, int instances, OptionalLong oldestMillis) {}

  /**
   * A horizon that stays below a refused entry.
   *
   * @param sinceMillis agreed unix time
   * @param reason {@link Refusal#CAPACITY} or {@link Refusal#FUTURE_VERSION}
   */
  public record Frozen(long sinceMillis, Refusal reason) {}

  /**
   * The counts of one origin.
   *
   * @param entries held of it, registrations and tombstones
   * @param checksum of these entries, with the horizon up to which they are complete
   * @param diverged how often a peer held other entries at the same horizon
   * @param frozen why the horizon stays below a refused entry; empty if it does not (P5)
   */
  public record OriginStats(
      int entries, Checksum checksum, long diverged, Optional<Frozen> frozen) {
    /** Returns the version up to which the entries are complete. */
    public long horizon() {
      return checksum.horizon();
    }
  }
}

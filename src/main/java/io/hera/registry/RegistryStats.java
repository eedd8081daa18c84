package io.hera.registry;

import java.util.Map;

/**
 * A reading of the registry, for people and for metrics.
 *
 * @param recovering not yet ready for writes (PROTOCOL P7)
 * @param instances shown
 * @param services that show an instance
 * @param tombstones slots that hide and do not show
 * @param bytes of documents and ids
 * @param expired registrations that passed their deadline here since the start
 * @param origins per origin in the order of the names
 * @param refusals counted since the start
 */
public record RegistryStats(
    boolean recovering,
    int instances,
    int services,
    long tombstones,
    long bytes,
    long expired,
    Map<String, OriginStats> origins,
    Map<Refusal, Long> refusals) {
  /**
   * One origin.
   *
   * @param entries held of it
   * @param checksum of what is held of it, and the horizon up to which that is complete
   * @param diverged how often a peer turned out to hold something else at the same horizon
   */
  public record OriginStats(int entries, Checksum checksum, long diverged) {
    /** Up to where the entries are complete. */
    public long horizon() {
      return checksum.horizon();
    }
  }
}

package io.hera.registry;

/**
 * The numbers that bound a registry.
 *
 * @param livenessMillis ttl of an instance whose client chooses none
 * @param ttlMinMillis shortest ttl granted; a shorter one becomes this
 * @param ttlMaxMillis longest ttl granted; a longer one becomes this. Tombstones are kept for twice
 *     as long
 * @param maxSkewMillis how far ahead of the own wall clock a version may be: <i>S</i> of P3
 * @param servicesMax most services with instances; above it, a new service is refused
 * @param instancesMax most instances; above it, a new instance is refused, a renewal never
 * @param bytesMax most bytes of documents and ids; above it, a new instance is refused, a renewal
 *     never
 * @param tombstonesMax number of tombstones above which they are kept only for twice the longest
 *     ttl met
 */
public record RegistryLimits(
    long livenessMillis,
    long ttlMinMillis,
    long ttlMaxMillis,
    long maxSkewMillis,
    long servicesMax,
    long instancesMax,
    long bytesMax,
    long tombstonesMax) {
  /** Returns the ttl that is granted to a client that asks for {@code ttlMillis}. */
  long grantTtl(long ttlMillis) {
    return Math.max(ttlMinMillis, Math.min(ttlMaxMillis, ttlMillis));
  }
}

package io.hera.registry;

/**
 * The numbers a registry works within. All times are milliseconds.
 *
 * @param livenessMillis how long an instance lives that names no ttl of its own
 * @param ttlMinMillis shortest ttl granted; a shorter one asked for becomes this
 * @param ttlMaxMillis longest ttl granted; a longer one asked for becomes this. Tombstones are kept for twice as long
 * @param maxSkewMillis S of PROTOCOL P3: how far ahead of the own clock a version may be
 * @param servicesMax most services shown; a new one above it is refused
 * @param instancesMax most instances shown; a new one above it is refused, a renewal never
 * @param bytesMax most bytes of documents and ids held; a new instance above it is refused, a renewal never
 * @param tombstonesMax from so many on, tombstones are kept only for twice the longest ttl in use
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
  /** What API.md's configuration table gives when nothing is configured. */
  public static final RegistryLimits DEFAULT = new RegistryLimits(
      300_000, 1_000, 86_400_000, 60_000, 100_000, 2_000_000, 256L << 20, 500_000);

  long clampTtl(long ttlMillis) {
    return Math.max(ttlMinMillis, Math.min(ttlMaxMillis, ttlMillis));
  }
}

package io.hera.testkit;

import io.hera.http.HttpLimits;
import io.hera.registry.RegistryLimits;

/** Limits for tests, and variations of them. */
public final class TestLimits {
  /** The limits of a registry that the configuration gives by default. */
  public static final RegistryLimits DEFAULT = new RegistryLimits(
      300_000, 1_000, 86_400_000, 60_000, 100_000, 2_000_000, 256L << 20, 500_000);

  private TestLimits() {}

  /** Returns the default limits with other lifetimes. */
  public static RegistryLimits lifetimes(
      long livenessMillis, long ttlMinMillis, long ttlMaxMillis) {
    return new RegistryLimits(
        livenessMillis,
        ttlMinMillis,
        ttlMaxMillis,
        DEFAULT.maxSkewMillis(),
        DEFAULT.servicesMax(),
        DEFAULT.instancesMax(),
        DEFAULT.bytesMax(),
        DEFAULT.tombstonesMax());
  }

  /** Returns the default limits with another capacity. */
  public static RegistryLimits capacity(long servicesMax, long instancesMax, long bytesMax) {
    return withCapacity(DEFAULT, servicesMax, instancesMax, bytesMax);
  }

  /** Returns the limits with another capacity. */
  public static RegistryLimits withCapacity(
      RegistryLimits limits, long servicesMax, long instancesMax, long bytesMax) {
    return new RegistryLimits(
        limits.livenessMillis(),
        limits.ttlMinMillis(),
        limits.ttlMaxMillis(),
        limits.maxSkewMillis(),
        servicesMax,
        instancesMax,
        bytesMax,
        limits.tombstonesMax());
  }

  /** Returns the limits with other timeouts. */
  public static HttpLimits withTimeouts(
      HttpLimits limits, long bodyTimeoutMillis, long idleTimeoutMillis) {
    return new HttpLimits(
        limits.documentBytesMax(),
        limits.documentDepthMax(),
        limits.batchBytesMax(),
        bodyTimeoutMillis,
        idleTimeoutMillis,
        limits.connectionsMax());
  }
}

package io.hera;

import java.time.Duration;

/**
 * What a node takes from others before it says no; part of {@link Config}. Sizes are bytes.
 *
 * @param requestLineBytes longest request line
 * @param headerBytes longest header section of a request
 * @param documentBytes largest instance document
 * @param documentDepth deepest nesting of an instance document
 * @param batchBytes largest body of a request for many instances
 * @param bodyTimeout within which a whole request body has to be there
 * @param idleTimeout after which a silent connection is closed; a waiting request is not silent
 * @param services most services; a new one above it is refused
 * @param instances most instances; a new one above it is refused, a renewal never
 * @param totalBytes most bytes of all documents together; a new instance above it is refused, a renewal never
 * @param tombstones from so many on, tombstones are kept only as long as the longest ttl in use asks for
 */
public record Limits(
    int requestLineBytes,
    int headerBytes,
    int documentBytes,
    int documentDepth,
    int batchBytes,
    Duration bodyTimeout,
    Duration idleTimeout,
    int services,
    int instances,
    long totalBytes,
    int tombstones) {
  /** What holds when nothing is configured. */
  public static final Limits DEFAULT = new Limits(
      64 << 10,
      16 << 10,
      64 << 10,
      32,
      4 << 20,
      Duration.ofSeconds(10),
      Duration.ofSeconds(60),
      100_000,
      2_000_000,
      256L << 20,
      500_000);
}

package io.hera.registry;

import java.util.HexFormat;

/**
 * The entries that one node holds of one origin, as 64 bits: equal on two nodes that hold the same
 * (the self-check).
 *
 * <p>It is the sum, modulo 2^64, of one hash per live registration over (service, id, version). A
 * sum does not depend on order, and one addition per change keeps it up to date. Two sums are
 * comparable at equal horizons only. Tombstones are left out, because each node decides how long it
 * keeps them.
 *
 * @param horizon the version up to which the entries are complete
 * @param sum of the hashes
 */
public record Checksum(long horizon, long sum) {
  private static final long GOLDEN_RATIO = 0x9E3779B97F4A7C15L;

  /** Returns the sum as 16 hexadecimal digits: many JSON readers round a number of 64 bits. */
  public String hex() {
    return HexFormat.of().toHexDigits(sum);
  }

  /**
   * Returns the share of one registration. Strings cache their hash, so it costs few instructions.
   */
  static long hash(String service, String id, long version) {
    return mix(mix(((long) service.hashCode() << 32) | (id.hashCode() & 0xFFFFFFFFL)) + version);
  }

  /**
   * The step of SplitMix64 (Steele et al. 2014): each input bit changes half of the output bits.
   */
  private static long mix(long bits) {
    long z = bits + GOLDEN_RATIO;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}

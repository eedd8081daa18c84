package io.hera.registry;

import java.util.HexFormat;

/**
 * What one node holds of one origin, in 64 bits: equal on two nodes that hold the same (PROTOCOL §7, self-check).
 *
 * <p>A sum, modulo 2^64, of one hash a live registration over (service, id, version). A sum does not depend on order and is
 * kept up to date by one addition a change. It says nothing at different horizons. Tombstones are left out: how long they are
 * kept is each node's own affair.
 *
 * @param horizon up to which everything is held
 * @param sum of the hashes
 */
public record Checksum(long horizon, long sum) {
  private static final long GOLDEN_RATIO = 0x9E3779B97F4A7C15L;

  /** The sum in 16 hexadecimal digits: in JSON a number of 64 bits would not come through whole. */
  public String hex() {
    return HexFormat.of().toHexDigits(sum);
  }

  /** One registration's share. Strings keep their hash once it is known, so this costs a few multiplications. */
  static long hash(String service, String id, long version) {
    return mix(mix(((long) service.hashCode() << 32) | (id.hashCode() & 0xFFFFFFFFL)) + version);
  }

  /** The finalizer of SplitMix64 (Steele et al. 2014): each bit of the input changes half of those of the output. */
  private static long mix(long bits) {
    long z = bits + GOLDEN_RATIO;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}

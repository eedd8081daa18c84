package io.hera.registry;

import java.util.HexFormat;

/**
 * The content of a set of instances, as 128 bits: the sum, modulo 2^128, of the hashes of the
 * instances. The sum does not depend on the order in which they came, one addition per change keeps
 * it up to date, and it is equal on all nodes whose view is equal.
 */
public record ContentVersion(long high, long low) {
  /** The content of no instances. */
  public static final ContentVersion NONE = new ContentVersion(0, 0);

  private static final HexFormat HEX = HexFormat.of();

  /** Returns the sum with {@code more} added. */
  public ContentVersion plus(ContentVersion more) {
    long sum = low + more.low;
    long carry = Long.compareUnsigned(sum, low) < 0 ? 1 : 0;
    return new ContentVersion(high + more.high + carry, sum);
  }

  /** Returns the sum with {@code less} taken away. */
  public ContentVersion minus(ContentVersion less) {
    long borrow = Long.compareUnsigned(low, less.low) < 0 ? 1 : 0;
    return new ContentVersion(high - less.high - borrow, low - less.low);
  }

  /** Returns 32 hexadecimal digits. */
  public String hex() {
    return HEX.toHexDigits(high) + HEX.toHexDigits(low);
  }
}

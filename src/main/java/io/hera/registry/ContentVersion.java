package io.hera.registry;

/**
 * 128 bits that stand for what is shown: the sum, modulo 2^128, of the hashes of all instances. So it does not depend on the order
 * in which they came, can be kept up to date change by change, and is the same on every node that shows the same.
 */
public record ContentVersion(long high, long low) {
  /** Of nothing. */
  public static final ContentVersion NONE = new ContentVersion(0, 0);

  /** Something more is shown. */
  public ContentVersion plus(ContentVersion more) {
    long sum = low + more.low;
    long carry = Long.compareUnsigned(sum, low) < 0 ? 1 : 0;
    return new ContentVersion(high + more.high + carry, sum);
  }

  /** Something is not shown any more. */
  public ContentVersion minus(ContentVersion less) {
    long borrow = Long.compareUnsigned(low, less.low) < 0 ? 1 : 0;
    return new ContentVersion(high - less.high - borrow, low - less.low);
  }

  /** 32 hexadecimal digits. */
  public String hex() {
    return "%016x%016x".formatted(high, low);
  }
}

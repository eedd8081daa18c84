package io.hera.dns;

/** An answer as it is sent. */
record Written(byte[] bytes, int rcode, Extent extent) {
  /** Whether the answer has everything. */
  enum Extent {
    /** It has. */
    WHOLE,
    /** It does not, and says so by the bit TC. */
    TRUNCATED
  }
}

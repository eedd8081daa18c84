package io.hera.http.proxy;

import io.hera.wire.Sha256;

/**
 * The body of a reply with an entity tag of its bytes.
 *
 * @param bytes not to be modified
 */
record TaggedText(byte[] bytes, String etag) {
  private static final int TAG_BYTES = 16;

  static TaggedText of(byte[] bytes) {
    return new TaggedText(bytes, tag(bytes));
  }

  /** Returns the weak entity tag (RFC 9110, 8.8.3) of what these bytes are; a reply may be compressed. */
  static String tag(byte[] bytes) {
    return "W/\"" + Sha256.hex(bytes, TAG_BYTES) + '"';
  }
}

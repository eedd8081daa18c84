package io.hera.dns;

import java.util.Optional;
import org.xbill.DNS.Name;

/**
 * A question that is understood.
 *
 * @param message the whole query; not modified
 * @param questionEnd where its question ends, which begins at byte {@value #HEADER_BYTES}
 * @param flags bytes 2 and 3 of its header
 */
record Query(
    byte[] message,
    int questionEnd,
    int id,
    int flags,
    Name name,
    int type,
    int dclass,
    Optional<Edns> edns) {
  static final int HEADER_BYTES = 12;

  /**
   * What the query says by EDNS (RFC 6891).
   *
   * @param bytesMax the largest answer that its sender takes by UDP
   * @param dnssec 1 if it has the bit DO, which is copied
   * @param wishes what the answer is to have besides
   */
  record Edns(int bytesMax, int version, int dnssec, Wishes wishes) {}

  /** Options of the query that are answered. */
  enum Wishes {
    /** None. */
    NONE,
    /** The name of the node (RFC 5001). */
    NODE
  }
}

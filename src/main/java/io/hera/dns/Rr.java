package io.hera.dns;

import java.util.Optional;

/**
 * A record of an answer, ready to be written but for its owner and its time to live. Immutable.
 *
 * @param type as {@code org.xbill.DNS.Type} has it
 * @param rdata its data as in a message; not modified
 * @param target where the name of its target begins in {@code rdata}; 0 if there is none
 * @param glue the address of the target, if that is known here
 */
record Rr(int type, byte[] rdata, int target, Optional<Rr> glue) {
  /** Type, class, time to live and length of the data: what a record has besides its owner and its data. */
  static final int FIXED_BYTES = 10;

  /** A record that names no target. */
  Rr(int type, byte[] rdata) {
    this(type, rdata, 0, Optional.empty());
  }
}

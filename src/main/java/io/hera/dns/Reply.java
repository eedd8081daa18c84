package io.hera.dns;

import java.util.List;
import org.xbill.DNS.Rcode;

/**
 * An answer before it is written.
 *
 * @param records of the answer section, in any order; as many as fit are written
 */
record Reply(int rcode, Kind kind, List<Rr> records) {
  /** What the node says. */
  enum Kind {
    /** Here are the records. */
    POSITIVE,
    /** There are none: with the SOA record, by which resolvers know for how long to believe that (RFC 2308). */
    NEGATIVE,
    /** Nothing with authority. */
    ERROR
  }

  /** Returns these records, or that the name has none of the type. */
  static Reply of(List<Rr> records) {
    return new Reply(Rcode.NOERROR, records.isEmpty() ? Kind.NEGATIVE : Kind.POSITIVE, records);
  }

  /** There is such a name, but no record of the type. */
  static Reply noData() {
    return of(List.of());
  }

  /** There is no such name. */
  static Reply noName() {
    return new Reply(Rcode.NXDOMAIN, Kind.NEGATIVE, List.of());
  }

  /** The node does not say. */
  static Reply error(int rcode) {
    return new Reply(rcode, Kind.ERROR, List.of());
  }
}

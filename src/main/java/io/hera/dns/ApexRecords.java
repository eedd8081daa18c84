package io.hera.dns;

import org.xbill.DNS.DNSOutput;
import org.xbill.DNS.Type;

/**
 * The records of the domain itself. Names in their data end in a pointer to the domain in the question, which RFC 1035 allows for these
 * types: so a negative answer fits into 512 bytes, however long the domain is.
 *
 * @param serial of the SOA record, in seconds of unix time: that of the start
 */
record ApexRecords(long serial) {
  private static final int POINTER = 0xc000;
  private static final String SERVER = "ns";
  private static final String MAILBOX = "hostmaster";
  private static final int REFRESH = 3_600;
  private static final int RETRY = 600;
  private static final int EXPIRE = 86_400;

  /** Returns the SOA record; the domain begins at byte {@code domain} of the message. */
  Rr soa(int domain, int negativeTtlSeconds) {
    DNSOutput out = new DNSOutput();
    name(out, SERVER, domain);
    name(out, MAILBOX, domain);
    out.writeU32(serial & 0xffff_ffffL);
    out.writeU32(REFRESH);
    out.writeU32(RETRY);
    out.writeU32(EXPIRE);
    out.writeU32(negativeTtlSeconds);
    return new Rr(Type.SOA, out.toByteArray());
  }

  /** Returns the NS record. */
  Rr ns(int domain) {
    DNSOutput out = new DNSOutput();
    name(out, SERVER, domain);
    return new Rr(Type.NS, out.toByteArray());
  }

  private static void name(DNSOutput out, String label, int domain) {
    out.writeU8(label.length());
    for (int i = 0; i < label.length(); i++) {
      out.writeU8(label.charAt(i));
    }
    out.writeU16(POINTER | domain);
  }
}

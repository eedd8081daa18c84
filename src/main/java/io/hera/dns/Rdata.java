package io.hera.dns;

import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.xbill.DNS.AAAARecord;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.DNSOutput;
import org.xbill.DNS.HINFORecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.SRVRecord;
import org.xbill.DNS.Type;

/** Makes the data of records. Names in them are written out: RFC 2782 forbids to compress those of SRV records. */
final class Rdata {
  /** Answers a question for any type (RFC 8482). */
  static final Rr ANY = new Rr(
      Type.HINFO, new HINFORecord(Name.root, DClass.IN, 0, "RFC8482", "").rdataToWireCanonical());

  private static final int PRIORITY = 1;
  /** HAProxy computes {@code (w + 255) / 256}: so it gets the weight of the document, and 0 stays 0. */
  private static final int WEIGHT_UNIT = 256;

  private static final int TARGET_IN_SRV = 6;
  private static final int TEXT_MAX = 255;
  private static final int TEXTS_MAX = 1_000;
  private static final String ID = "id";

  /** The address is in other records. */
  private static final Set<String> NOT_IN_TEXT = Set.of("host", "address", "port");

  private Rdata() {}

  static Rr address(InetAddress ip) {
    return ip.getAddress().length == 4
        ? new Rr(Type.A, new ARecord(Name.root, DClass.IN, 0, ip).rdataToWireCanonical())
        : new Rr(Type.AAAA, new AAAARecord(Name.root, DClass.IN, 0, ip).rdataToWireCanonical());
  }

  static Rr service(int weight, int port, Name target, Optional<Rr> glue) {
    SRVRecord record =
        new SRVRecord(Name.root, DClass.IN, 0, PRIORITY, WEIGHT_UNIT * weight, port, Name.root);
    DNSOutput out = new DNSOutput();
    byte[] fixed = record.rdataToWireCanonical();
    out.writeByteArray(fixed, 0, TARGET_IN_SRV);
    target.toWire(out, null);
    return new Rr(Type.SRV, out.toByteArray(), TARGET_IN_SRV, glue);
  }

  static Rr alias(Name target) {
    DNSOutput out = new DNSOutput();
    target.toWire(out, null);
    return new Rr(Type.CNAME, out.toByteArray());
  }

  /** Returns the id and the scalars of a document as {@code key=value}, as far as they are short, and not too many. */
  static Rr text(String id, Map<String, String> scalars) {
    DNSOutput out = new DNSOutput();
    add(out, ID, id);
    scalars.forEach((key, value) -> {
      if (!NOT_IN_TEXT.contains(key)) {
        add(out, key, value);
      }
    });
    if (out.current() == 0) {
      out.writeU8(0);
    }
    return new Rr(Type.TXT, out.toByteArray());
  }

  private static void add(DNSOutput out, String key, String value) {
    byte[] text = (key + "=" + value).getBytes(StandardCharsets.UTF_8);
    if (text.length <= TEXT_MAX && out.current() + 1 + text.length <= TEXTS_MAX) {
      out.writeU8(text.length);
      out.writeByteArray(text);
    }
  }
}

package io.hera.dns;

import io.hera.dns.Query.Edns;
import io.hera.dns.Query.Wishes;
import io.hera.dns.Received.Faulty;
import io.hera.dns.Reply.Kind;
import io.hera.dns.Written.Extent;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.xbill.DNS.DClass;
import org.xbill.DNS.DNSOutput;
import org.xbill.DNS.EDNSOption;
import org.xbill.DNS.NSIDOption;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Section;

/**
 * Writes answers record by record, against a limit. The question is echoed byte for byte: clients compare it, and some vary the case
 * of its letters to make forgery harder. Owners of answers are pointers to it, so the size of a record is known before it is written.
 *
 * <p>If all records fit, the addresses of their targets follow as far as they fit. If not, those that fit are sent alone, with the bit
 * TC. dnsjava would drop all of them, but musl and HAProxy live on what a truncated answer has. The order is drawn anew each time, or
 * clients would see the same part each time.
 */
final class ReplyWriter {
  private static final int QR = 0x8000;
  private static final int AA = 0x0400;
  private static final int TC = 0x0200;
  private static final int COPIED = 0x0110;
  private static final int OPCODE = 0x7800;
  private static final int RD = 0x0100;
  private static final int POINTER = 0xc000;
  private static final int POINTER_MAX = 0x3fff;
  private static final int POINTER_BYTES = 2;
  private static final int TYPE_AND_CLASS = 4;
  /** The most that a SOA record takes. */
  private static final int ROOM_FOR_DENIAL = 64;

  private final Query query;
  private final int domain;
  private final Terms terms;
  private final int limit;
  private final byte[] options;
  private final DNSOutput out = new DNSOutput();
  /** Where the name of each target that is written begins, in their order. */
  private final List<Integer> targets = new ArrayList<>();

  private final List<Rr> glue = new ArrayList<>();

  private ReplyWriter(Query query, Place place, Terms terms, int limit, int rcode) {
    this.query = query;
    this.domain = query.questionEnd() - TYPE_AND_CLASS - place.domainBytes;
    this.terms = terms;
    this.limit = limit;
    this.options = options(query, place, rcode, limit);
  }

  /**
   * What all answers of a server have in common.
   *
   * @param node its name
   * @param domainBytes length of its domain in a message
   * @param udpBytes most bytes of an answer by UDP
   */
  record Place(String node, int domainBytes, int udpBytes, ApexRecords apex) {}

  /** Returns the answer to a message that is not understood: a header alone. */
  static byte[] header(Faulty faulty) {
    DNSOutput out = new DNSOutput();
    out.writeU16(faulty.id());
    out.writeU16(QR | (faulty.flags() & (OPCODE | RD)) | faulty.rcode());
    out.writeByteArray(new byte[Query.HEADER_BYTES - 4]);
    return out.toByteArray();
  }

  /** Returns the answer to a query, in at most {@code limit} bytes. */
  static Written write(
      Query query, Reply reply, Place place, Terms terms, int limit, RandomGenerator random) {
    ReplyWriter writer = new ReplyWriter(query, place, terms, limit, reply.rcode());
    return writer.write(reply, place.apex, random);
  }

  private Written write(Reply reply, ApexRecords apex, RandomGenerator random) {
    out.writeByteArray(new byte[Query.HEADER_BYTES]);
    out.writeByteArray(
        query.message(), Query.HEADER_BYTES, query.questionEnd() - Query.HEADER_BYTES);
    int answers = answers(reply.records(), random);
    boolean whole = answers == reply.records().size();
    int authorities = reply.kind() == Kind.NEGATIVE ? denial(apex) : 0;
    int additional = whole ? additional() : 0;
    out.writeByteArray(options);
    header(reply, whole ? 0 : TC, answers, authorities, additional + (options.length > 0 ? 1 : 0));
    return new Written(out.toByteArray(), reply.rcode(), whole ? Extent.WHOLE : Extent.TRUNCATED);
  }

  /** Writes answers in an order drawn by chance, those that fit, and returns how many. */
  private int answers(List<Rr> records, RandomGenerator random) {
    Rr[] rest = records.toArray(Rr[]::new);
    int smallest = records.stream().mapToInt(ReplyWriter::bytes).min().orElse(0);
    int written = 0;
    for (int i = 0; i < rest.length && room() >= smallest; i++) {
      int drawn = i + random.nextInt(rest.length - i);
      Rr record = rest[drawn];
      rest[drawn] = rest[i];
      if (room() >= bytes(record)) {
        out.writeU16(POINTER | Query.HEADER_BYTES);
        record(record, terms.ttlSeconds());
        written++;
        note(record);
      }
    }
    return written;
  }

  private void note(Rr record) {
    record.glue().ifPresent(address -> {
      targets.add(out.current() - record.rdata().length + record.target());
      glue.add(address);
    });
  }

  private int denial(ApexRecords apex) {
    Rr soa = apex.soa(domain, terms.negativeTtlSeconds());
    out.writeU16(POINTER | domain);
    record(soa, terms.negativeTtlSeconds());
    return 1;
  }

  /** Writes the addresses of targets as far as they fit, and returns how many. The owner of each is a pointer to the target. */
  private int additional() {
    int written = 0;
    for (int i = 0; i < glue.size(); i++) {
      if (targets.get(i) > POINTER_MAX || room() < bytes(glue.get(i))) {
        break;
      }
      out.writeU16(POINTER | targets.get(i));
      record(glue.get(i), terms.ttlSeconds());
      written++;
    }
    return written;
  }

  /** Returns the size of a record whose owner is a pointer. */
  private static int bytes(Rr record) {
    return POINTER_BYTES + Rr.FIXED_BYTES + record.rdata().length;
  }

  private int room() {
    return limit - options.length - out.current();
  }

  private void record(Rr record, int ttlSeconds) {
    out.writeU16(record.type());
    out.writeU16(DClass.IN);
    out.writeU32(ttlSeconds);
    out.writeU16(record.rdata().length);
    out.writeByteArray(record.rdata());
  }

  private void header(Reply reply, int truncated, int answers, int authorities, int additional) {
    out.save();
    out.jump(0);
    out.writeU16(query.id());
    out.writeU16(QR
        | (query.flags() & COPIED)
        | (reply.kind() == Kind.ERROR ? 0 : AA)
        | truncated
        | (reply.rcode() & 0xf));
    out.writeU16(1);
    out.writeU16(answers);
    out.writeU16(authorities);
    out.writeU16(additional);
    out.restore();
  }

  /** Returns the OPT record, which an answer has if the query has one; without the name of the node, if that does not fit. */
  private static byte[] options(Query query, Place place, int rcode, int limit) {
    Optional<Edns> edns = query.edns();
    if (edns.isEmpty()) {
      return new byte[0];
    }
    byte[] plain = options(edns.get(), place, rcode, List.of());
    if (edns.get().wishes() == Wishes.NONE) {
      return plain;
    }
    NSIDOption node = new NSIDOption(place.node.getBytes(StandardCharsets.US_ASCII));
    byte[] named = options(edns.get(), place, rcode, List.of(node));
    return query.questionEnd() + named.length <= limit - ROOM_FOR_DENIAL ? named : plain;
  }

  private static byte[] options(Edns edns, Place place, int rcode, List<EDNSOption> some) {
    return new OPTRecord(place.udpBytes, rcode >> 4, 0, edns.dnssec() << 15, some)
        .toWire(Section.ADDITIONAL);
  }
}

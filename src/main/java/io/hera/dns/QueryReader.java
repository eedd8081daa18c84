package io.hera.dns;

import io.hera.dns.Query.Edns;
import io.hera.dns.Query.Wishes;
import io.hera.dns.Received.Faulty;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.xbill.DNS.EDNSOption;
import org.xbill.DNS.Message;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Opcode;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/**
 * Reads queries, which are hostile input. dnsjava parses them; what it lets pass is checked before: pointers in the question, more
 * than one question, and records that are cut in a message that says so.
 */
final class QueryReader {
  private static final int FLAGS = 2;
  private static final int QUESTIONS = 4;
  private static final int RESPONSE = 0x80;
  private static final int TRUNCATED = 0x02;
  private static final int NAME_BYTES_MAX = 255;
  private static final int LABEL_BYTES_MAX = 63;
  private static final int TYPE_AND_CLASS = 4;

  private QueryReader() {}

  /** Reads a message. */
  static Received read(byte[] message) {
    if (message.length < Query.HEADER_BYTES || (message[FLAGS] & RESPONSE) != 0) {
      return new Received.Ignored();
    }
    if (((message[FLAGS] >> 3) & 0xf) != Opcode.QUERY) {
      return faulty(message, Rcode.NOTIMP);
    }
    int end = questionEnd(message);
    if (u16(message, QUESTIONS) != 1 || end < 0) {
      return faulty(message, Rcode.FORMERR);
    }
    return parse(message, end)
        .<Received>map(Received.Question::new)
        .orElseGet(() -> faulty(message, Rcode.FORMERR));
  }

  private static Faulty faulty(byte[] message, int rcode) {
    return new Faulty(u16(message, 0), u16(message, FLAGS), rcode);
  }

  private static int u16(byte[] message, int at) {
    return ((message[at] & 0xff) << 8) | (message[at + 1] & 0xff);
  }

  /** Returns where the question ends; -1 if its name has a pointer, another label than RFC 1035 has, or no end. */
  private static int questionEnd(byte[] message) {
    int at = Query.HEADER_BYTES;
    while (at < message.length && message[at] != 0) {
      int length = message[at] & 0xff;
      if (length > LABEL_BYTES_MAX || at + 1 + length - Query.HEADER_BYTES >= NAME_BYTES_MAX) {
        return -1;
      }
      at += 1 + length;
    }
    int end = at + 1 + TYPE_AND_CLASS;
    return end <= message.length ? end : -1;
  }

  /** Parses the rest. dnsjava takes a cut message that says that it is cut, so this one does not say so. */
  private static Optional<Query> parse(byte[] message, int end) {
    byte[] whole = message.clone();
    whole[FLAGS] &= (byte) ~TRUNCATED;
    try {
      return query(message, end, new Message(whole));
    } catch (IOException | RuntimeException malformed) {
      return Optional.empty(); // some kinds of records are refused by an IllegalArgumentException
    }
  }

  private static Optional<Query> query(byte[] message, int end, Message parsed) {
    List<Record> options = parsed.getSection(Section.ADDITIONAL).stream()
        .filter(record -> record.getType() == Type.OPT)
        .toList();
    if (options.size() > 1) {
      return Optional.empty();
    }
    Record question = parsed.getQuestion();
    return Optional.of(new Query(
        message,
        end,
        u16(message, 0),
        u16(message, FLAGS),
        question.getName(),
        question.getType(),
        question.getDClass(),
        options.stream().map(OPTRecord.class::cast).map(QueryReader::edns).findFirst()));
  }

  private static Edns edns(OPTRecord options) {
    return new Edns(
        options.getPayloadSize(),
        options.getVersion(),
        (options.getFlags() >> 15) & 1,
        options.getOptions(EDNSOption.Code.NSID).isEmpty() ? Wishes.NONE : Wishes.NODE);
  }
}

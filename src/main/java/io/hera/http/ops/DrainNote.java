package io.hera.http.ops;

import io.hera.access.Proof;
import io.hera.http.Exchange;
import io.hera.json.Documents;
import io.hera.json.JsonWriter;
import io.hera.json.Malformed;
import io.hera.json.ObjectCursor;
import io.hera.registry.Drains;
import io.hera.wire.Problem;
import io.hera.wire.ProblemException;
import java.time.Instant;
import java.util.SortedMap;

/** The document of a drain: when it was commanded, by whom, and why. */
final class DrainNote {
  private static final String REASON = "reason";
  private static final int REASON_MAX = 200;
  private static final int BODY_MAX = 4 << 10;

  private DrainNote() {}

  /** Returns the document of a command; the body of its request is empty, or an object with the reason. */
  static byte[] of(Exchange exchange, byte[] body, Instant now) throws ProblemException {
    String reason = reason(body);
    JsonWriter out = new JsonWriter(256).ascii("{\"at\":").string(now.toString());
    if (!(exchange.caller().proof() instanceof Proof.Unchecked)) {
      out.ascii(",\"by\":").string(exchange.caller().identity().name());
    }
    if (!reason.isEmpty()) {
      out.ascii(",\"reason\":").string(reason);
    }
    return out.raw('}').toBytes();
  }

  private static String reason(byte[] body) throws ProblemException {
    if (body.length == 0) {
      return "";
    }
    try {
      Documents.check(body, BODY_MAX, 2);
    } catch (Malformed malformed) {
      throw new ProblemException(Problem.invalidDocument(malformed));
    }
    ObjectCursor members = new ObjectCursor(body);
    String reason = "";
    while (members.next()) {
      if (!members.isNamed(REASON) || !members.isText()) {
        throw new ProblemException(
            Problem.invalidRequest("the body has members other than reason, a string"));
      }
      reason = members.text();
    }
    if (reason.length() > REASON_MAX) {
      throw new ProblemException(
          Problem.invalidRequest("the reason has more than " + REASON_MAX + " characters"));
    }
    return reason;
  }

  /** Writes a drain for people: its document's members, when it ends, and how many instances it matches. */
  static void write(JsonWriter out, Drains.State drain) {
    out.raw('{');
    String separator = "";
    SortedMap<String, String> texts = ObjectCursor.texts(drain.document());
    for (String member : new String[] {REASON, "by", "at"}) {
      String text = texts.get(member);
      if (text != null) {
        out.ascii(separator).string(member).raw(':').string(text);
        separator = ",";
      }
    }
    if (drain.endMillis().isPresent()) {
      Instant end = Instant.ofEpochMilli(drain.endMillis().getAsLong());
      out.ascii(separator).ascii("\"until\":").string(end.toString());
      separator = ",";
    }
    out.ascii(separator).ascii("\"origin\":").string(drain.origin());
    out.ascii(",\"instances\":").number(drain.instances()).raw('}');
  }
}

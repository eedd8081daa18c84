package io.hera.http.ops;

import io.hera.access.Proof;
import io.hera.http.Exchange;
import io.hera.json.JsonWriter;
import io.hera.json.ObjectCursor;
import io.hera.registry.Drains;
import java.time.Instant;
import java.util.SortedMap;

/** The document of a drain: when it was commanded, by whom, and why. */
final class DrainNote {
  private DrainNote() {}

  /** Returns the document of a command. */
  static byte[] of(Exchange exchange, OperatorReason reason, Instant now) {
    JsonWriter out = new JsonWriter(256).ascii("{\"at\":").string(now.toString());
    if (!(exchange.caller().proof() instanceof Proof.Unchecked)) {
      out.ascii(",\"by\":").string(exchange.caller().identity().name());
    }
    if (!reason.text().isEmpty()) {
      out.raw(',').string(OperatorReason.MEMBER).raw(':').string(reason.text());
    }
    return out.raw('}').toBytes();
  }

  /** Writes a drain for people: its document's members, when it ends, and how many instances it matches. */
  static void write(JsonWriter out, Drains.State drain) {
    out.raw('{');
    String separator = "";
    SortedMap<String, String> texts = ObjectCursor.texts(drain.document());
    for (String member : new String[] {OperatorReason.MEMBER, "by", "at"}) {
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

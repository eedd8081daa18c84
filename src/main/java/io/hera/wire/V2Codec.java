package io.hera.wire;

import io.hera.json.JsonWriter;
import io.hera.json.Malformed;
import io.hera.registry.Checksum;
import io.hera.registry.Delta;
import io.hera.registry.Entry;
import io.hera.registry.OriginDelta;
import io.hera.registry.Registration;
import io.hera.registry.Tombstone;
import io.hera.registry.ViewChecksum;
import java.math.BigDecimal;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** The codec of answers of version 2, among nodes of this project. */
public final class V2Codec {
  /** The media type of these answers; a node that reads them sends it as {@code Accept}. */
  public static final String MEDIA_TYPE = "application/vnd.hera.deltas.v2+json";

  /** Approximate bytes of an entry, besides its names and its document. */
  private static final int ENTRY_BYTES = 48;

  private V2Codec() {}

  /** Writes an answer. The bytes of documents are copied unchanged. */
  public static byte[] encode(V2Answer answer) {
    JsonWriter out = new JsonWriter(size(answer.delta()));
    handshake(out, answer.handshake());
    out.ascii(",\"now\":").number(answer.nowMillis());
    out.ascii(",\"liveness\":").ascii(seconds(answer.livenessMillis()));
    text(out, "members", answer.members());
    out.ascii(",\"origins\":{");
    String separator = "";
    for (OriginDelta part : answer.delta().origins()) {
      part(out.ascii(separator), part);
      separator = ",";
    }
    out.ascii(answer.delta().more() ? "},\"more\":true" : "},\"more\":false");
    held(out, new TreeMap<>(answer.held()));
    if (!answer.checksums().isEmpty()) {
      checksums(out, new TreeMap<>(answer.checksums()));
    }
    answer.view().ifPresent(view -> view(out, view));
    return out.raw('}').toBytes();
  }

  /**
   * Reads an answer. Unknown members and further elements of an entry are skipped.
   *
   * @param body the bytes of the answer, decompressed
   * @param entriesMax most entries, including those left out
   * @return the entries of each origin in ascending order of versions, and the number of those left
   *     out because of their name or document
   * @throws Malformed if anything else is wrong; no part of the answer is used then
   */
  public static Decoded<V2Answer> decode(byte[] body, int entriesMax) throws Malformed {
    return new V2Reader(body, entriesMax).read();
  }

  /** Estimates the size of an answer, so that the array neither grows nor is too large. */
  private static int size(Delta delta) {
    long size = 512;
    for (OriginDelta part : delta.origins()) {
      for (Entry entry : part.entries()) {
        size += ENTRY_BYTES + entry.key().service().length() + entry.key().id().length();
        size += entry instanceof Registration registration ? registration.document().length : 0;
      }
    }
    return (int) Math.min(size, Integer.MAX_VALUE / 2);
  }

  /** Begins the answer; what the node does not say is left out. */
  private static void handshake(JsonWriter out, Handshake handshake) {
    out.ascii("{\"node\":").string(handshake.name());
    out.ascii(",\"life\":").string(handshake.life());
    if (handshake.sinceMillis() > 0) {
      out.ascii(",\"since\":").number(handshake.sinceMillis());
    }
    text(out, "cluster", handshake.cluster());
    if (!handshake.can().isEmpty()) {
      out.ascii(",\"can\":[\"").ascii(String.join("\",\"", handshake.can())).ascii("\"]");
    }
    text(out, "cfg", handshake.cfg());
  }

  private static void text(JsonWriter out, String name, String text) {
    if (!text.isEmpty()) {
      out.ascii(",\"").ascii(name).ascii("\":").string(text);
    }
  }

  private static void held(JsonWriter out, SortedMap<String, Long> held) {
    String separator = ",\"held\":{";
    for (Map.Entry<String, Long> origin : held.entrySet()) {
      out.ascii(separator).string(origin.getKey()).raw(':').number(origin.getValue());
      separator = ",";
    }
    out.ascii(held.isEmpty() ? ",\"held\":{}" : "}");
  }

  private static void part(JsonWriter out, OriginDelta part) {
    out.string(part.origin()).ascii(":{\"from\":").number(part.from());
    out.ascii(",\"to\":").number(part.to());
    if (part.restored()) {
      out.ascii(",\"restored\":true");
    }
    out.ascii(part.reset() ? ",\"reset\":true,\"entries\":[" : ",\"reset\":false,\"entries\":[");
    List<Entry> drains = part.entries().stream().filter(V2Codec::isDrain).toList();
    List<Entry> instances = drains.isEmpty()
        ? part.entries()
        : part.entries().stream().filter(entry -> !isDrain(entry)).toList();
    registrations(out, instances);
    out.ascii("],\"tombstones\":[");
    tombstones(out, instances);
    out.raw(']');
    if (!drains.isEmpty()) {
      registrations(out.ascii(",\"system\":["), drains);
      tombstones(out.ascii("],\"system_tombstones\":["), drains);
      out.raw(']');
    }
    out.raw('}');
  }

  private static boolean isDrain(Entry entry) {
    return entry.key().isOfDrain();
  }

  private static void registrations(JsonWriter out, List<Entry> entries) {
    String separator = "";
    for (Entry entry : entries) {
      if (entry instanceof Registration registration) {
        key(out.ascii(separator), entry).raw(registration.document()).raw(',');
        out.number(entry.version()).raw(',').number(entry.ageMillis()).raw(',');
        out.number(registration.ttlMillis()).ascii(registration.restored() ? ",1]" : "]");
        separator = ",";
      }
    }
  }

  private static void tombstones(JsonWriter out, List<Entry> entries) {
    String separator = "";
    for (Entry entry : entries) {
      if (entry instanceof Tombstone) {
        key(out.ascii(separator), entry).number(entry.version()).raw(',');
        out.number(entry.ageMillis()).raw(']');
        separator = ",";
      }
    }
  }

  private static void checksums(JsonWriter out, SortedMap<String, Checksum> checksums) {
    String separator = ",\"checksums\":{";
    for (Map.Entry<String, Checksum> checksum : checksums.entrySet()) {
      out.ascii(separator).string(checksum.getKey()).ascii(":[");
      out.number(checksum.getValue().horizon()).raw(',');
      out.string(checksum.getValue().hex()).raw(']');
      separator = ",";
    }
    out.raw('}');
  }

  private static void view(JsonWriter out, ViewChecksum view) {
    out.ascii(",\"view\":[").string(HexFormat.of().toHexDigits(view.horizons())).raw(',');
    out.string(view.content().hex()).raw(']');
  }

  private static JsonWriter key(JsonWriter out, Entry entry) {
    out.raw('[').string(entry.key().service()).raw(',');
    return out.string(entry.key().id()).raw(',');
  }

  private static String seconds(long millis) {
    return millis % 1000 == 0
        ? Long.toString(millis / 1000)
        : BigDecimal.valueOf(millis, 3).stripTrailingZeros().toPlainString();
  }
}

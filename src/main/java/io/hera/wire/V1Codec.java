package io.hera.wire;

import io.hera.json.JsonWriter;
import io.hera.json.Malformed;
import io.hera.registry.Delta;
import io.hera.registry.Digest;
import io.hera.registry.Entry;
import io.hera.registry.OriginDelta;
import io.hera.registry.Registration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The codec of answers of version 1, which nodes of 2012 write and read. */
public final class V1Codec {
  /** How far below the horizon a node of 2012 is asked (P6). */
  private static final long OVERLAP_MILLIS = 3_000;

  private V1Codec() {}

  /**
   * Returns the digest that a node of 2012 is asked with, to get everything above {@code digest}.
   * Such a node adds writes in a millisecond for which it has answered, and its clock may step
   * back. An entry that comes twice does no harm.
   */
  public static Digest overlapping(Digest digest) {
    Map<String, Long> horizons = new TreeMap<>(digest.horizons());
    horizons.replaceAll((origin, horizon) -> Math.max(0, horizon - OVERLAP_MILLIS));
    return new Digest(horizons);
  }

  /**
   * Writes {@code {"name":[["srv","id",{…},version],…],…}}; tombstones are left out.
   *
   * @param delta the entries
   * @param names the origins to name, in this order; one without a part in the delta gets
   *     {@code []}
   */
  public static byte[] encode(Delta delta, Collection<String> names) {
    Map<String, OriginDelta> parts = delta.origins().stream()
        .collect(
            Collectors.toMap(OriginDelta::origin, Function.identity(), (first, second) -> first));
    JsonWriter out = new JsonWriter(64 + 320 * delta.size()).raw('{');
    String separator = "";
    for (String name : names) {
      OriginDelta part = parts.get(name);
      out.ascii(separator).string(name).ascii(":[");
      entries(out, part == null ? List.of() : part.entries());
      out.raw(']');
      separator = ",";
    }
    return out.raw('}').toBytes();
  }

  /**
   * Reads an answer entry by entry. An entry that breaks a rule is left out and counted.
   *
   * @param body the bytes of the answer
   * @param asked the request; other origins in the answer are skipped
   * @param entriesMax most entries, including those left out
   * @return one part per origin that was asked and answered, in ascending order of versions
   * @throws Malformed if the answer is not one object of arrays, is cut short, or has too many
   *     entries
   */
  public static Decoded<Delta> decode(byte[] body, V1Request asked, int entriesMax)
      throws Malformed {
    return new V1Reader(body, asked, entriesMax).read();
  }

  private static void entries(JsonWriter out, List<Entry> entries) {
    String separator = "";
    for (Entry entry : entries) {
      if (entry instanceof Registration registration) {
        out.ascii(separator).raw('[').string(registration.key().service()).raw(',');
        out.string(registration.key().id())
            .raw(',')
            .raw(registration.document())
            .raw(',');
        out.number(registration.version()).raw(']');
        separator = ",";
      }
    }
  }
}

package io.hera.wire;

import io.hera.json.Malformed;
import io.hera.registry.Digest;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/** The form of a digest in a query: {@code sr-ash-1=1355833268199&sr-lon-1=1355833258675}. */
public final class DigestQuery {
  private DigestQuery() {}

  /** Writes a digest, in the order of the names. */
  public static String encode(Digest digest) {
    return digest.horizons().entrySet().stream()
        .map(horizon -> Percent.encode(horizon.getKey()) + "=" + horizon.getValue())
        .collect(Collectors.joining("&"));
  }

  /**
   * Reads a digest. It skips parameters that begin with '_'; a horizon below 0 counts as 0.
   *
   * @param rawQuery the text after the '?', still percent-encoded; may be empty
   * @param originsMax most origins
   * @throws Malformed if a horizon is not an integer of 64 bits, a name appears twice, or there are
   *     too many origins
   */
  public static Digest decode(String rawQuery, int originsMax) throws Malformed {
    Map<String, Long> horizons = new HashMap<>();
    int from = 0;
    while (from < rawQuery.length()) {
      int to = rawQuery.indexOf('&', from);
      to = to < 0 ? rawQuery.length() : to;
      if (to > from) {
        parameter(rawQuery.substring(from, to), from, horizons);
      }
      if (horizons.size() > originsMax) {
        throw new Malformed("the digest has more than " + originsMax + " origins", from);
      }
      from = to + 1;
    }
    return new Digest(horizons);
  }

  private static void parameter(String raw, int offset, Map<String, Long> horizons)
      throws Malformed {
    int equals = raw.indexOf('=');
    String name = part(equals < 0 ? raw : raw.substring(0, equals), offset);
    if (name.startsWith("_")) {
      return;
    }
    if (name.isEmpty()) {
      throw new Malformed("a parameter has no name", offset);
    }
    String value = equals < 0 ? "" : part(raw.substring(equals + 1), offset + equals + 1);
    OptionalLong horizon = IntegerText.of(value);
    if (horizon.isEmpty()) {
      throw new Malformed("the parameter " + Names.forMessage(name) + " is not an integer", offset);
    }
    if (horizons.put(name, Math.max(0, horizon.getAsLong())) != null) {
      throw new Malformed("the parameter " + Names.forMessage(name) + " appears twice", offset);
    }
  }

  private static String part(String raw, int offset) throws Malformed {
    try {
      return Percent.decode(raw);
    } catch (Malformed flaw) {
      throw new Malformed(flaw.reason(), offset + flaw.offset());
    }
  }
}

package io.hera.fuzz;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.hera.json.Malformed;
import io.hera.registry.Digest;
import io.hera.wire.DeltasTarget;
import io.hera.wire.DigestQuery;
import io.hera.wire.GossipLimits;
import io.hera.wire.Percent;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * Fuzz targets: digests in queries, and percent-encoding, with the JDK's URLDecoder and URLEncoder
 * as oracles.
 */
final class QueryTargets {
  private static final int ORIGINS_MAX = 8;
  private static final int PER_BYTE = 128;

  private QueryTargets() {}

  static boolean digest(byte[] input) {
    String query = new String(input, ISO_8859_1);
    try {
      Digest digest =
          Allocation.bounded(input.length, PER_BYTE, () -> DigestQuery.decode(query, ORIGINS_MAX));
      assertThat(digest).as("reading of the oracle").isEqualTo(read(query));
      assertThat(digest.horizons()).hasSizeLessThanOrEqualTo(ORIGINS_MAX);
      assertThat(DigestQuery.decode(DigestQuery.encode(digest), ORIGINS_MAX)).isEqualTo(digest);
      target(query, digest);
      return true;
    } catch (Malformed flaw) {
      assertThat(flaw.offset()).isBetween(0, input.length);
      assertThat(flaw.reason()).as("fit to be shown").matches("[ -~]{1,200}");
      return false;
    }
  }

  /** Checks the parameters of the exchange, beside a valid digest. */
  private static void target(String query, Digest digest) {
    List<String> waits = values(query, "_wait");
    List<String> checksums = values(query, "_checksums");
    boolean sound =
        waits.size() <= 1 && checksums.size() <= 1 && waits.stream().allMatch(QueryTargets::isLong);
    try {
      DeltasTarget target = DeltasTarget.decode(query);
      assertThat(sound).as("sound").isTrue();
      assertThat(target.digest()).isEqualTo(digest);
      assertThat(target.checksums()).isEqualTo(checksums.contains("1"));
      long wait = waits.isEmpty() ? 0 : Long.parseLong(waits.get(0));
      assertThat(target.waitMillis())
          .isEqualTo(Math.max(0, Math.min(GossipLimits.WAIT_MILLIS, wait)));
    } catch (Malformed flaw) {
      assertThat(sound).as("sound").isFalse();
    }
  }

  private static boolean isLong(String text) {
    return text.matches("[-+]?[0-9]+") && new BigInteger(text).bitLength() < Long.SIZE;
  }

  private static List<String> values(String query, String name) {
    return Pattern.compile("(?:^|&)" + name + "(?:=([^&]*))?(?=&|\\z)")
        .matcher(query)
        .results()
        .map(found -> Objects.requireNonNullElse(found.group(1), ""))
        .toList();
  }

  /** Decodes the input, and encodes it as text. */
  static boolean percent(byte[] input) throws Malformed {
    String text = new String(input, UTF_8);
    String encoded = Percent.encode(text);
    assertThat(Percent.decode(encoded)).isEqualTo(text);
    assertThat(encoded)
        .isEqualTo(URLEncoder.encode(text, UTF_8)
            .replace("+", "%20")
            .replace("*", "%2A")
            .replace("%7E", "~"));
    String raw = new String(input, ISO_8859_1);
    try {
      String decoded = Allocation.bounded(input.length, PER_BYTE, () -> Percent.decode(raw));
      assertThat(decoded).as("reading of the oracle").isEqualTo(decoded(raw));
      assertThat(decoded.getBytes(UTF_8)).as("strict").hasSizeLessThanOrEqualTo(input.length);
      assertThat(Percent.decode(Percent.encode(decoded))).isEqualTo(decoded);
      return true;
    } catch (Malformed flaw) {
      assertThat(flaw.offset()).isBetween(0, input.length);
      return false;
    }
  }

  /** Decodes with the JDK, for which plus signs are spaces. */
  private static String decoded(String raw) {
    return URLDecoder.decode(raw.replace("+", "%2B"), UTF_8);
  }

  private static Digest read(String query) {
    Map<String, Long> horizons = new HashMap<>();
    for (String parameter : query.split("&", -1)) {
      String[] parts = parameter.split("=", 2);
      String name = decoded(parts[0]);
      if (!parameter.isEmpty() && !name.startsWith("_")) {
        long horizon = new BigDecimal(decoded(parts[1])).longValueExact();
        assertThat(horizons.put(name, Math.max(0, horizon))).as("twice").isNull();
      }
    }
    return new Digest(horizons);
  }
}

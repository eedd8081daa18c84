package io.hera.wire;

import io.hera.json.Malformed;
import io.hera.registry.Digest;
import java.util.Optional;

/**
 * The target of a request for deltas:
 * {@code /_deltas?sr-ash-1=1355833268199&_wait=20000&_checksums=1}.
 *
 * @param digest the horizons of the asking node
 * @param waitMillis how long the asked node may delay an answer without entries; 0 for no delay
 * @param checksums whether the answer is to have checksums of the origins asked
 */
public record DeltasTarget(Digest digest, long waitMillis, boolean checksums) {
  /** The path of the endpoint. */
  public static final String PATH = "/_deltas";

  private static final String WAIT = "_wait";
  private static final String CHECKSUMS = "_checksums";

  /** Returns a request that is answered at once, without checksums. */
  public static DeltasTarget of(Digest digest) {
    return new DeltasTarget(digest, 0, false);
  }

  /** Returns the same request with a wait. */
  public DeltasTarget waiting(long millis) {
    return new DeltasTarget(digest, millis, checksums);
  }

  /** Returns the same request with checksums. */
  public DeltasTarget checked() {
    return new DeltasTarget(digest, waitMillis, true);
  }

  /** Writes the path and the query. */
  public String encode() {
    String wait = waitMillis > 0 ? "&" + WAIT + "=" + waitMillis : "";
    String sums = checksums ? "&" + CHECKSUMS + "=1" : "";
    return PATH + "?" + DigestQuery.encode(digest) + wait + sums;
  }

  /**
   * Reads the query. Unknown parameters that begin with '_' are ignored; a wait that is too long is
   * cut to the longest.
   *
   * @param rawQuery the text after the '?', still percent-encoded; may be empty
   * @throws Malformed if the digest or the wait is invalid, or a parameter appears twice
   */
  public static DeltasTarget decode(String rawQuery) throws Malformed {
    Digest digest = DigestQuery.decode(rawQuery, GossipLimits.ORIGINS_MAX);
    Optional<String> wait = value(rawQuery, WAIT);
    boolean checksums = value(rawQuery, CHECKSUMS).equals(Optional.of("1"));
    return new DeltasTarget(digest, wait.isPresent() ? millis(wait.get()) : 0, checksums);
  }

  private static long millis(String wait) throws Malformed {
    try {
      return Math.max(0, Math.min(GossipLimits.WAIT_MILLIS, Long.parseLong(wait)));
    } catch (NumberFormatException notOne) {
      throw new Malformed(WAIT + ": not a number of milliseconds", 0);
    }
  }

  private static Optional<String> value(String rawQuery, String name) throws Malformed {
    Optional<String> found = Optional.empty();
    for (String parameter : rawQuery.split("&", -1)) {
      int equals = parameter.indexOf('=');
      String key = equals < 0 ? parameter : parameter.substring(0, equals);
      if (key.equals(name)) {
        if (found.isPresent()) {
          throw new Malformed(name + " is given twice", 0);
        }
        found = Optional.of(equals < 0 ? "" : parameter.substring(equals + 1));
      }
    }
    return found;
  }
}

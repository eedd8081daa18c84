package io.hera.store;

import io.hera.store.PeerIdentities.Claim;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The lives that requests claim for one name, other than the life that was fetched (P9). Owned by {@link PeerIdentities};
 * times are monotonic milliseconds.
 *
 * <p>A claim is refuted when the configured address, asked after the claim was made, answers with another life.
 */
final class ClaimedLives {
  private static final int CLAIMS_MAX = 16;
  /** Bounds how often claims make this node ask the configured address. */
  private static final long ASK_MILLIS = 1_000;

  private final Map<String, Made> claims = new LinkedHashMap<>();
  private long checkedMillis = Long.MIN_VALUE / 2;

  /** A claim that has not been fetched yet. */
  private static final class Made {
    final long atMillis;
    boolean refuted;

    Made(long atMillis) {
      this.atMillis = atMillis;
    }
  }

  /** A request has come; returns why it is refused, for a person, if its claim was refuted. */
  Optional<String> claimed(Claim claim, @Nullable FetchedLives fetched, long nowMillis) {
    String life = claim.handshake().life();
    Made made = claims.computeIfAbsent(life, any -> new Made(nowMillis));
    if (claims.size() > CLAIMS_MAX) {
      claims.remove(claims.keySet().iterator().next());
    }
    return made.refuted && fetched != null
        ? Optional.of(fetched.describeOther(claim))
        : Optional.empty();
  }

  /** The configured address has answered with this life; it was asked at or after {@code askedMillis}. */
  void fetched(String life, long askedMillis) {
    claims.remove(life);
    claims.values().stream()
        .filter(made -> made.atMillis < askedMillis)
        .forEach(made -> made.refuted = true);
  }

  /** Returns whether the configured address is to be asked now, for a claim that is not refuted. */
  boolean asks(long nowMillis) {
    boolean asks = nowMillis - checkedMillis >= ASK_MILLIS;
    checkedMillis = asks ? nowMillis : checkedMillis;
    return asks;
  }
}

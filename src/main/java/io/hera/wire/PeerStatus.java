package io.hera.wire;

import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;

/**
 * The state of the exchanges with one peer.
 *
 * @param address {@code host:port}
 * @param dialect {@code v1}, {@code v2}, or {@code unknown} before the first answer
 * @param mode {@code hanging} while a request waits there for the next write, else {@code pull}
 * @param tls empty if peers are asked without TLS
 * @param rounds pulls begun
 * @param failures pulls that failed
 * @param bytesReceived bytes of answers, as they came over the wire
 * @param quarantined malformed entries dropped
 * @param lastError reason why the last exchange failed; empty if it succeeded
 * @param lastSuccessAgeMillis since the last exchange that succeeded; empty if there was none
 * @param clockSkewMillis how far the peer's clock is ahead; empty before the first answer of
 *     version 2
 * @param exchanges empty from version 1.0
 * @param lagMillis origin → how far the peer was behind this node when it last asked; empty if it
 *     never asked
 */
public record PeerStatus(
    String address,
    String dialect,
    String mode,
    Optional<Way> tls,
    long rounds,
    long failures,
    long bytesReceived,
    long quarantined,
    String lastError,
    OptionalLong lastSuccessAgeMillis,
    OptionalLong clockSkewMillis,
    Optional<Exchanges> exchanges,
    Map<String, Long> lagMillis) {

  /** Copies the lags, in the order of the origins. */
  public PeerStatus {
    lagMillis = Collections.unmodifiableMap(new TreeMap<>(lagMillis));
  }

  /** Returns the same with other lags. */
  public PeerStatus withLags(Map<String, Long> lags) {
    return new PeerStatus(
        address,
        dialect,
        mode,
        tls,
        rounds,
        failures,
        bytesReceived,
        quarantined,
        lastError,
        lastSuccessAgeMillis,
        clockSkewMillis,
        exchanges,
        lags);
  }

  /**
   * More of the exchanges with a peer.
   *
   * @param begun pulls, and requests that wait for the next write
   * @param roundTripMillis of the last pull that succeeded, from the request to the head of the answer; empty if there was none
   * @param lastFailureAgeMillis since a pull last failed; empty if none ever has
   */
  public record Exchanges(
      long begun, OptionalLong roundTripMillis, OptionalLong lastFailureAgeMillis) {}

  /**
   * The way to a peer.
   *
   * @param byTls whether it was last asked by TLS, and not in clear while the cluster switches over
   * @param error why the last exchange by TLS failed; empty if it succeeded
   */
  public record Way(boolean byTls, String error) {}
}

package io.hera.gossip;

import io.hera.registry.Dialect;
import io.hera.wire.PeerStatus;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts and logs how exchanges with one peer go. Owned by {@link Peer}. A failure is logged as a warning when it is the first
 * after a success.
 */
final class PeerStatistics {
  private static final Logger log = LoggerFactory.getLogger(PeerStatistics.class);

  private final String name;
  private final String address;
  private OptionalLong succeededMillis = OptionalLong.empty();
  private OptionalLong failedMillis = OptionalLong.empty();
  private OptionalLong roundTripMillis = OptionalLong.empty();
  private OptionalLong skewMillis = OptionalLong.empty();
  private String lastError = "";
  private boolean skewed;
  private long rounds;
  private long exchanges;
  private long failures;
  private long bytes;
  private long quarantined;

  PeerStatistics(String name, String address) {
    this.name = name;
    this.address = address;
  }

  /** An exchange on a lane begins. */
  void asked(Lane.Kind lane) {
    exchanges++;
    if (lane == Lane.Kind.PULL) {
      rounds++;
    }
  }

  /** An answer was received and decoded, on either lane. */
  void answered(Fetched fetched) {
    bytes += fetched.wireBytes();
    quarantined += fetched.quarantined();
  }

  /** The store has taken the answer to a pull. */
  void succeeded(Fetched fetched, long maxSkewMillis, long nowMillis) {
    if (!lastError.isEmpty()) {
      log.info("peer is back peer={} address={}", name, address);
    }
    lastError = "";
    succeededMillis = OptionalLong.of(nowMillis);
    roundTripMillis = OptionalLong.of(fetched.roundTripMillis());
    if (fetched.answer() instanceof Answer.V2 v2) {
      clock(v2.content().nowMillis() - fetched.wallMillis(), maxSkewMillis);
    }
    log.debug(
        "pulled peer={} bytes={} millis={}", name, fetched.wireBytes(), fetched.roundTripMillis());
  }

  /** A pull has failed. */
  void failed(String reason, long nowMillis) {
    failures++;
    failedMillis = OptionalLong.of(nowMillis);
    if (lastError.isEmpty()) {
      log.warn("pull failed peer={} address={} reason={}", name, address, reason);
    } else {
      log.debug("pull failed peer={} address={} reason={}", name, address, reason);
    }
    lastError = reason;
  }

  /** Returns the statistics for operators; how far the peer is behind is not known here. */
  PeerStatus report(
      Optional<Dialect> dialect, boolean hangs, Optional<PeerStatus.Way> tls, long nowMillis) {
    return new PeerStatus(
        address,
        dialect.map(Dialect::name).orElse("unknown").toLowerCase(Locale.ROOT),
        hangs ? "hanging" : "pull",
        tls,
        rounds,
        failures,
        bytes,
        quarantined,
        lastError,
        sinceSuccess(nowMillis),
        skewMillis,
        Optional.of(
            new PeerStatus.Exchanges(exchanges, roundTripMillis, since(failedMillis, nowMillis))),
        Map.of());
  }

  /** Returns for how many milliseconds no pull has succeeded; empty if none ever has. */
  OptionalLong sinceSuccess(long nowMillis) {
    return since(succeededMillis, nowMillis);
  }

  private static OptionalLong since(OptionalLong atMillis, long nowMillis) {
    return atMillis.isPresent() ? OptionalLong.of(nowMillis - atMillis.getAsLong()) : atMillis;
  }

  private void clock(long aheadMillis, long maxSkewMillis) {
    skewMillis = OptionalLong.of(aheadMillis);
    boolean now = Math.abs((double) aheadMillis) > maxSkewMillis / 2.0;
    if (now && !skewed) {
      log.warn("the clocks differ peer={} millis={} max-skew={}", name, aheadMillis, maxSkewMillis);
    }
    skewed = now;
  }
}

package io.hera.http.ops;

import static io.hera.http.ops.Family.counter;
import static io.hera.http.ops.Family.gauge;
import static io.hera.http.ops.Family.readings;

import io.hera.http.ops.Family.Reading;
import io.hera.wire.PeerStatus;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Function;

/** The metrics of the exchanges with peers. Part of {@link MetricFamilies}. */
final class PeerFamilies {
  private PeerFamilies() {}

  static List<MetricSnapshot> of(Map<String, PeerStatus> peers) {
    List<MetricSnapshot> all = new ArrayList<>();
    addExchanges(all, peers);
    addStates(all, peers);
    return all;
  }

  private static void addExchanges(List<MetricSnapshot> all, Map<String, PeerStatus> peers) {
    all.add(counter(
        "hera_gossip_rounds", "Exchanges begun.", readings("peer", peers, PeerStatus::rounds)));
    all.add(counter(
        "hera_gossip_failures",
        "Exchanges that failed.",
        readings("peer", peers, PeerStatus::failures)));
    all.add(counter(
        "hera_gossip_received_bytes",
        "Bytes of peers' answers, as they came over the wire.",
        readings("peer", peers, PeerStatus::bytesReceived)));
    all.add(counter(
        "hera_gossip_quarantined",
        "Entries dropped for being malformed.",
        readings("peer", peers, PeerStatus::quarantined)));
  }

  private static void addStates(List<MetricSnapshot> all, Map<String, PeerStatus> peers) {
    all.add(gauge(
        "hera_gossip_up",
        "1 when the last exchange with the peer succeeded.",
        readings("peer", peers, peer -> isUp(peer) ? 1 : 0)));
    all.add(gauge(
        "hera_gossip_last_success_age_seconds",
        "Since an exchange with the peer last succeeded.",
        present(peers, PeerStatus::lastSuccessAgeMillis)));
    all.add(gauge(
        "hera_gossip_clock_skew_seconds",
        "How far the peer's clock is ahead.",
        present(peers, PeerStatus::clockSkewMillis)));
    List<Reading> lags = new ArrayList<>();
    peers.forEach((name, peer) -> peer.lagMillis()
        .forEach((origin, millis) ->
            lags.add(new Reading(Labels.of("peer", name, "origin", origin), millis / 1e3))));
    all.add(gauge(
        "hera_gossip_lag_seconds",
        "By how much the peer was behind on an origin when it last asked.",
        lags));
  }

  private static boolean isUp(PeerStatus peer) {
    return peer.lastSuccessAgeMillis().isPresent() && peer.lastError().isEmpty();
  }

  /** Returns, in seconds, the milliseconds of those peers that have them. */
  private static List<Reading> present(
      Map<String, PeerStatus> peers, Function<PeerStatus, OptionalLong> millis) {
    List<Reading> readings = new ArrayList<>();
    peers.forEach((name, peer) -> millis
        .apply(peer)
        .ifPresent(present -> readings.add(new Reading(Labels.of("peer", name), present / 1e3))));
    return readings;
  }
}

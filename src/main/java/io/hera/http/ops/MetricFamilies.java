package io.hera.http.ops;

import com.sun.management.OperatingSystemMXBean;
import io.hera.http.RequestCounters;
import io.hera.http.RouteCounters;
import io.hera.registry.Refusal;
import io.hera.registry.RegistryStats;
import io.hera.store.Histogram;
import io.hera.store.PeerReport;
import io.hera.store.StoreStatus;
import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;

/** Hera's own metrics, read from what is counted in any case. Owned by {@link Metrics}. */
final class MetricFamilies {
  private final RequestCounters counters;
  private final String node;
  private final String version;

  MetricFamilies(RequestCounters counters, String node, String version) {
    this.counters = counters;
    this.node = node;
    this.version = version;
  }

  /** One line of a family. */
  private record Reading(Labels labels, double value) {}

  MetricSnapshots of(StoreStatus status) {
    List<MetricSnapshot> all = new ArrayList<>();
    addNode(all, status);
    addProcess(all);
    addRegistry(all, status.registry());
    addRequests(all, status);
    addPeers(all, status);
    return new MetricSnapshots(all);
  }

  private void addNode(List<MetricSnapshot> all, StoreStatus status) {
    Labels who = Labels.of("node", node, "version", version);
    all.add(gauge("hera_info", "The node and its version.", List.of(new Reading(who, 1))));
    boolean ready = !status.registry().recovering();
    all.add(gauge("hera_ready", "1 when the node has recovered and takes writes.", ready ? 1 : 0));
    all.add(gauge("hera_watchers", "Clients that wait or follow.", counters.watchers()));
  }

  private static void addProcess(List<MetricSnapshot> all) {
    if (ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean process) {
      Reading seconds = new Reading(Labels.EMPTY, process.getProcessCpuTime() / 1e9);
      all.add(counter("process_cpu_seconds", "Processor time of the process.", List.of(seconds)));
    }
  }

  private static void addRegistry(List<MetricSnapshot> all, RegistryStats registry) {
    all.add(gauge("hera_instances", "Instances shown.", registry.instances()));
    all.add(gauge("hera_services", "Services that show an instance.", registry.services()));
    all.add(gauge("hera_tombstones", "Traces of removed instances.", registry.tombstones()));
    all.add(gauge(
        "hera_document_bytes", "Bytes of documents and ids of all origins.", registry.bytes()));
    all.add(counter(
        "hera_expired", "Registrations that were not renewed in time.", registry.expired()));
    Map<String, Long> diverged = new TreeMap<>();
    registry.origins().forEach((name, origin) -> diverged.put(name, origin.diverged()));
    all.add(counter(
        "hera_diverged",
        "How often a peer held something else of an origin at the same horizon.",
        readings("origin", diverged)));
    Map<String, Long> refused = new TreeMap<>();
    for (Refusal reason : Refusal.values()) {
      long count = registry.refusals().getOrDefault(reason, 0L);
      refused.put(reason.name().toLowerCase(Locale.ROOT), count);
    }
    all.add(counter(
        "hera_gossip_refused",
        "Parts of peers' answers that were not believed or had no room.",
        readings("reason", refused)));
  }

  private void addRequests(List<MetricSnapshot> all, StoreStatus node) {
    HistogramSnapshot.Builder times = HistogramSnapshot.builder()
        .name("hera_http_request_seconds")
        .help("From a request's head to the beginning of its answer, of some hundreds a second.");
    List<Reading> counts = new ArrayList<>();
    for (RouteCounters.Series series : counters.requests()) {
      String status = Integer.toString(series.status());
      Labels labels =
          Labels.of("route", series.route(), "method", series.method(), "status", status);
      counts.add(new Reading(labels, (double) series.count().sum()));
      times.dataPoint(times(series.times(), labels));
    }
    all.add(counter("hera_http_requests", "Requests answered.", counts));
    all.add(times.build());
    all.add(HistogramSnapshot.builder()
        .name("hera_propagation_seconds")
        .help("From a write at another node, by its clock, until it is here.")
        .dataPoint(times(node.propagation(), Labels.EMPTY))
        .build());
    all.add(counter(
        "hera_requests_refused",
        "Requests that were answered with a problem, by its type.",
        readings("type", counters.problems())));
    all.add(counter(
        "hera_targets_left_out",
        "Instances left out of lists for Prometheus for want of an address.",
        counters.untargetedCount()));
    all.add(counter(
        "hera_name_conflicts",
        "Exchanges refused because two processes use one name.",
        node.exchangesRefused()));
  }

  private static void addPeers(List<MetricSnapshot> all, StoreStatus status) {
    List<PeerReport> peers = List.copyOf(status.peers().values());
    all.add(counter("hera_gossip_rounds", "Exchanges begun.", of(peers, PeerReport::rounds)));
    all.add(
        counter("hera_gossip_failures", "Exchanges that failed.", of(peers, PeerReport::failures)));
    all.add(counter(
        "hera_gossip_received_bytes",
        "Bytes of peers' answers, as they came over the wire.",
        of(peers, PeerReport::bytes)));
    all.add(counter(
        "hera_gossip_quarantined",
        "Entries dropped for being malformed.",
        of(peers, PeerReport::quarantined)));
    all.add(gauge(
        "hera_gossip_up",
        "1 when the last exchange with the peer went well.",
        of(peers, peer -> peer.succeededAt().isPresent() && peer.lastError().isEmpty() ? 1 : 0)));
    List<PeerReport> met =
        peers.stream().filter(peer -> peer.succeededAt().isPresent()).toList();
    all.add(gauge(
        "hera_gossip_last_success_age_seconds",
        "Since an exchange with the peer last went well.",
        of(met, peer -> age(status, peer) / 1e3)));
    List<PeerReport> timed =
        peers.stream().filter(peer -> peer.skewMillis().isPresent()).toList();
    all.add(gauge(
        "hera_gossip_clock_skew_seconds",
        "How far the peer's clock is ahead.",
        of(timed, peer -> peer.skewMillis().orElseThrow() / 1e3)));
    List<Reading> lags = new ArrayList<>();
    status
        .lags()
        .forEach((peer, byOrigin) -> byOrigin.forEach((origin, millis) ->
            lags.add(new Reading(Labels.of("peer", peer, "origin", origin), millis / 1e3))));
    all.add(gauge(
        "hera_gossip_lag_seconds",
        "By how much the peer was behind on an origin when it last asked.",
        lags));
  }

  private static long age(StoreStatus status, PeerReport peer) {
    return status.monotonicMillis() - peer.succeededAt().orElseThrow();
  }

  private static List<Reading> of(List<PeerReport> peers, ToDoubleFunction<PeerReport> reading) {
    return peers.stream()
        .map(peer -> new Reading(Labels.of("peer", peer.name()), reading.applyAsDouble(peer)))
        .toList();
  }

  private static List<Reading> readings(String label, Map<String, Long> counts) {
    return counts.entrySet().stream()
        .map(count -> new Reading(Labels.of(label, count.getKey()), count.getValue()))
        .toList();
  }

  private static MetricSnapshot gauge(String name, String help, long value) {
    return gauge(name, help, List.of(new Reading(Labels.EMPTY, (double) value)));
  }

  private static MetricSnapshot gauge(String name, String help, List<Reading> readings) {
    GaugeSnapshot.Builder family = GaugeSnapshot.builder().name(name).help(help);
    readings.forEach(reading -> family.dataPoint(GaugeDataPointSnapshot.builder()
        .labels(reading.labels)
        .value(reading.value)
        .build()));
    return family.build();
  }

  private static MetricSnapshot counter(String name, String help, long value) {
    return counter(name, help, List.of(new Reading(Labels.EMPTY, (double) value)));
  }

  /** Its text form ends in {@code _total}. */
  private static MetricSnapshot counter(String name, String help, List<Reading> readings) {
    CounterSnapshot.Builder family = CounterSnapshot.builder().name(name).help(help);
    readings.forEach(reading -> family.dataPoint(CounterDataPointSnapshot.builder()
        .labels(reading.labels)
        .value(reading.value)
        .build()));
    return family.build();
  }

  private static HistogramDataPointSnapshot times(Histogram times, Labels labels) {
    return HistogramDataPointSnapshot.builder()
        .labels(labels)
        .classicHistogramBuckets(ClassicHistogramBuckets.of(times.bounds(), times.counts()))
        .sum(times.sum())
        .build();
  }
}

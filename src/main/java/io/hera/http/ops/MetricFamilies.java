package io.hera.http.ops;

import static io.hera.http.ops.Family.counter;
import static io.hera.http.ops.Family.gauge;
import static io.hera.http.ops.Family.histogram;
import static io.hera.http.ops.Family.readings;
import static io.hera.http.ops.Family.times;

import com.sun.management.OperatingSystemMXBean;
import io.hera.http.AccessControl;
import io.hera.http.RequestCounters;
import io.hera.http.RouteCounters;
import io.hera.http.ops.Family.Reading;
import io.hera.store.Histogram;
import io.hera.wire.NodeStatus;
import io.hera.wire.SecurityStatus;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

/** Hera's own metrics, read from counters that exist anyway. Owned by {@link Metrics}. */
final class MetricFamilies {
  /** The one refusal among those of gossip that has a family of its own. */
  private static final String NAME_CONFLICT = "name_conflict";

  private final RequestCounters counters;
  private final AccessControl access;
  private final Supplier<List<Histogram>> turns;
  private final ReplyMemory replies;

  MetricFamilies(
      RequestCounters counters,
      AccessControl access,
      Supplier<List<Histogram>> turns,
      ReplyMemory replies) {
    this.counters = counters;
    this.access = access;
    this.turns = turns;
    this.replies = replies;
  }

  List<MetricSnapshot> of(NodeStatus status, Histogram propagation) {
    List<MetricSnapshot> all = new ArrayList<>();
    addNode(all, status);
    addProcess(all);
    all.add(histogram(
        "hera_loop_turn_seconds",
        "The turns of each event loop, from the end of a wait for I/O to the next wait.",
        turns()));
    all.add(gauge(
        "hera_page_bytes",
        "Direct memory of listings, from which replies are sent without a copy.",
        replies.pages().bytes()));
    all.add(gauge(
        "hera_in_flight_bytes",
        "Copies of replies that wait until their clients read them.",
        replies.inFlight().bytes()));
    all.add(gauge(
        "hera_connections",
        "Open connections of clients.",
        counters.connections().count()));
    all.add(counter(
        "hera_connections_refused",
        "Connections that were closed at once, since there were limits.connections of them.",
        counters.connections().refusedCount()));
    addRegistry(all, status);
    addRequests(all);
    addRefusals(all, status);
    all.add(counter(
        "hera_labels_left_out",
        "Members that gave no label to a target for Prometheus, because another has its name.",
        counters.unlabelledCount()));
    all.add(histogram(
        "hera_propagation_seconds",
        "From a write at another node, by its clock, until it is here.",
        List.of(times(propagation, Labels.EMPTY))));
    all.add(gauge(
        "hera_clock_correction_seconds",
        "The time that the nodes agree on, minus the clock of this node.",
        List.of(new Reading(Labels.EMPTY, status.clock().correctionMillis() / 1e3))));
    all.add(counter(
        "hera_claims",
        "Requests for deltas that claimed a version which this node has not issued, by kind.",
        readings("kind", status.claims(), Long::doubleValue)));
    all.add(gauge(
        "hera_frozen_origins",
        "Origins of which this node has refused an entry, for a cap or a version from the future.",
        status.frozen().size()));
    all.add(gauge(
        "hera_settings_differ",
        "Peers whose settings have differed from those of this node for more than 5 minutes.",
        status.settings().differ().size()));
    status.tls().ifPresent(tls -> all.addAll(TlsFamilies.of(tls)));
    status.snapshot().ifPresent(snapshot -> all.addAll(SnapshotFamilies.of(snapshot)));
    status.history().ifPresent(history -> addHistory(all, history));
    status.discovery().ifPresent(discovery -> all.addAll(DiscoveryFamilies.of(discovery)));
    status.drains().ifPresent(drains -> all.addAll(DrainFamilies.of(drains)));
    addAccess(all, status);
    all.addAll(PeerFamilies.of(status.peers()));
    return all;
  }

  private static void addNode(List<MetricSnapshot> all, NodeStatus status) {
    Labels node = Labels.of("node", status.node(), "version", status.version());
    all.add(gauge("hera_info", "The node and its version.", List.of(new Reading(node, 1))));
    all.add(gauge(
        "hera_ready", "1 when the node answers reads and takes writes.", status.ready() ? 1 : 0));
    boolean open = status.draining().filter(now -> now.untilMillis().isEmpty()).isPresent();
    all.add(gauge(
        "hera_node_draining",
        "1 while the node sends its clients to other nodes, as an operator asked.",
        status.draining().isPresent() ? 1 : 0));
    all.add(gauge(
        "hera_node_drain_open_seconds",
        "For how long it has done so without an end; 0 if it does not, or has an end.",
        open ? status.draining().get().ageSeconds() : 0));
    all.add(gauge("hera_watchers", "Clients that wait or follow.", status.watchers()));
  }

  private static void addProcess(List<MetricSnapshot> all) {
    if (ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean process) {
      Reading seconds = new Reading(Labels.EMPTY, process.getProcessCpuTime() / 1e9);
      all.add(counter("process_cpu_seconds", "Processor time of the process.", List.of(seconds)));
    }
  }

  private List<HistogramDataPointSnapshot> turns() {
    List<HistogramDataPointSnapshot> loops = new ArrayList<>();
    for (Histogram loop : turns.get()) {
      loops.add(times(loop, Labels.of("loop", Integer.toString(loops.size()))));
    }
    return loops;
  }

  private static void addRegistry(List<MetricSnapshot> all, NodeStatus status) {
    all.add(gauge("hera_instances", "Instances shown.", status.instances()));
    all.add(gauge("hera_services", "Services that show an instance.", status.services()));
    all.add(gauge("hera_tombstones", "Tombstones of removed instances.", status.tombstones()));
    all.add(gauge(
        "hera_document_bytes",
        "Bytes of documents and ids of all origins.",
        status.documentBytes()));
    all.add(
        counter("hera_expired", "Registrations that were not renewed in time.", status.expired()));
    all.add(gauge(
        "hera_silent_instances",
        "Instances that this node has accepted, and that were not renewed for half of their ttl.",
        status.silent().instances()));
    all.add(gauge(
        "hera_mostly_silent_services",
        "Services of which at least three and half of these instances are silent.",
        status.silent().services()));
    all.add(counter(
        "hera_diverged",
        "How often a peer held other entries of an origin at the same horizon.",
        readings("origin", status.origins(), NodeStatus.Origin::diverged)));
    all.add(counter(
        "hera_diverged_view",
        "How often a peer showed other instances, although both held the same versions.",
        status.divergedView()));
  }

  private void addRequests(List<MetricSnapshot> all) {
    List<Reading> counts = new ArrayList<>();
    List<HistogramDataPointSnapshot> times = new ArrayList<>();
    for (RouteCounters.Series series : counters.requests()) {
      String status = Integer.toString(series.status());
      Labels labels =
          Labels.of("route", series.route(), "method", series.method(), "status", status);
      counts.add(new Reading(labels, (double) series.count().sum()));
      times.add(times(series.times(), labels));
    }
    all.add(counter("hera_http_requests", "Requests replied to.", counts));
    all.add(histogram(
        "hera_http_request_seconds",
        "From a request's head to the beginning of its reply, of some hundreds per second.",
        times));
  }

  private static void addRefusals(List<MetricSnapshot> all, NodeStatus status) {
    NodeStatus.Refused refused = status.refused();
    all.add(counter(
        "hera_requests_refused",
        "Requests that were replied to with a problem, by its type.",
        readings("type", refused.requests(), Long::doubleValue)));
    all.add(counter(
        "hera_targets_left_out",
        "Instances left out of lists for Prometheus for want of an address.",
        status.targetsLeftOut()));
    status.dns().ifPresent(dns -> all.addAll(DnsFamilies.of(dns)));
    List<Reading> leftOut = new ArrayList<>();
    status
        .leftOut()
        .forEach((way, reasons) -> reasons.forEach((reason, some) ->
            leftOut.add(new Reading(Labels.of("way", way, "reason", reason), (double) some))));
    all.add(counter(
        "hera_left_out",
        "Instances and services that a way out left out, by why; each time that it made its list.",
        leftOut));
    Map<String, Long> gossip = new TreeMap<>(refused.gossip());
    Long nameConflicts = gossip.remove(NAME_CONFLICT);
    all.add(counter(
        "hera_name_conflicts",
        "Exchanges refused because two processes use one name.",
        nameConflicts == null ? 0 : nameConflicts));
    all.add(counter(
        "hera_gossip_refused",
        "Parts of peers' answers that were not believed or had no room.",
        readings("reason", gossip, Long::doubleValue)));
  }

  private void addAccess(List<MetricSnapshot> all, NodeStatus status) {
    String tls = status.tls().map(NodeStatus.Tls::minVersion).orElse("none");
    String limited = access.checksum().isPresent() ? "limited" : "open";
    boolean clear = status.security().flatMap(SecurityStatus::plaintext).isPresent();
    Labels labels =
        Labels.of("tls", tls, "access", limited, "plaintext", clear ? "served" : "refused");
    all.add(gauge(
        "hera_security",
        "How the node is protected: the oldest TLS that it accepts, or none; whether access is"
            + " limited or open; whether requests without TLS are served beside it.",
        List.of(new Reading(labels, 1))));
    all.add(counter(
        "hera_plaintext_requests",
        "Requests that came without TLS, while the cluster switches over to it.",
        counters.plaintext().requests()));
    all.add(gauge(
        "hera_access_info",
        "The access file in force, by its checksum; without a reading if access is not limited.",
        access.checksum().stream()
            .map(checksum -> new Reading(Labels.of("checksum", checksum), 1))
            .toList()));
    all.add(counter(
        "hera_access_reload_failed",
        "Changed access files that were refused, while the old one stayed.",
        access.reloadsFailed()));
    all.add(counter(
        "hera_requests_judged",
        "Requests that the access file allows or does not allow, by the result.",
        readings("result", access.judged(), Long::doubleValue)));
  }

  private static void addHistory(List<MetricSnapshot> all, NodeStatus.History history) {
    all.add(counter(
        "hera_events",
        "Events of the history that this process has recorded, by type: /_events lists them.",
        readings("type", history.events(), Long::doubleValue)));
    all.add(gauge(
        "hera_flapping_instances",
        "Instances that have gone and come back five times or more within ten minutes.",
        history.flapping()));
  }
}

package io.hera.http.ops;

import io.hera.http.ops.Family.Reading;
import io.hera.wire.NodeStatus;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.util.ArrayList;
import java.util.List;

/** The metrics of a node that answers DNS; other nodes do not have them. Part of {@link MetricFamilies}. */
final class DnsFamilies {
  private DnsFamilies() {}

  static List<MetricSnapshot> of(NodeStatus.Dns dns) {
    List<Reading> queries = new ArrayList<>();
    dns.queries().forEach((key, count) -> {
      String[] parts = key.split(" ", 3);
      Labels labels = Labels.of("transport", parts[0], "type", parts[1], "rcode", parts[2]);
      queries.add(new Reading(labels, (double) count));
    });
    return List.of(
        Family.gauge("hera_dns_names", "Names of services in DNS.", dns.names()),
        Family.counter("hera_dns_queries", "Answers to DNS queries.", queries),
        Family.counter(
            "hera_dns_truncated", "Answers by UDP without all records.", dns.truncated()),
        Family.counter("hera_dns_cut", "Answers by TCP without all records.", dns.cut()),
        Family.counter(
            "hera_dns_dropped",
            "DNS messages without an answer, by why.",
            Family.readings("why", dns.dropped(), Long::doubleValue)),
        Family.counter(
            "hera_dns_failures", "DNS queries that failed by a defect: SERVFAIL.", dns.failures()));
  }
}

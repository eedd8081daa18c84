package io.hera.http.ops;

import io.hera.wire.NodeStatus;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.time.Instant;
import java.util.List;

/** The metrics of a node that speaks TLS; other nodes do not have them. Part of {@link MetricFamilies}. */
final class TlsFamilies {
  private TlsFamilies() {}

  static List<MetricSnapshot> of(NodeStatus.Tls tls) {
    return List.of(
        Family.gauge(
            "hera_certificate_not_after_seconds",
            "Unix time at which the node's own certificate ends, and that of its CA.",
            Family.readings(
                "which",
                tls.certificates(),
                certificate -> Instant.parse(certificate.notAfter()).getEpochSecond())),
        Family.counter(
            "hera_tls_reload_failed",
            "Changes of the TLS files that were refused, while the old material stayed.",
            tls.reloadsRefused()),
        Family.counter(
            "hera_tls_handshake_failures",
            "Handshakes that failed at this server, by reason.",
            Family.readings("reason", tls.handshakeFailures(), Long::doubleValue)));
  }
}

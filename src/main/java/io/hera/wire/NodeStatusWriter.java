package io.hera.wire;

import io.hera.json.JsonWriter;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.BiConsumer;

/** Writes a {@link NodeStatus} as JSON. */
final class NodeStatusWriter {
  private final JsonWriter out = new JsonWriter(2_048);
  private boolean first = true;

  private NodeStatusWriter() {}

  static byte[] write(NodeStatus status) {
    NodeStatusWriter writer = new NodeStatusWriter();
    writer.object(status, NodeStatusWriter::status);
    return writer.out.toBytes();
  }

  private void status(NodeStatus status) {
    text("node", status.node());
    text("life", status.life());
    text("version", status.version());
    number("uptime_seconds", status.uptimeSeconds());
    name("ready").ascii(Boolean.toString(status.ready()));
    number("instances", status.instances());
    number("services", status.services());
    number("watchers", status.watchers());
    number("targets_left_out", status.targetsLeftOut());
    number("tombstones", status.tombstones());
    number("document_bytes", status.documentBytes());
    number("expired", status.expired());
    number("diverged_view", status.divergedView());
    objects("origins", status.origins(), NodeStatusWriter::origin);
    objects("peers", status.peers(), NodeStatusWriter::peer);
    name("refused");
    object(status.refused(), NodeStatusWriter::refused);
    number("quarantined", status.quarantined());
    name("conflicts");
    object(status.conflicts(), (writer, conflicts) -> conflicts.forEach(writer::text));
    numbers("claims", status.claims());
    objects("frozen", status.frozen(), NodeStatusWriter::frozen);
    name("clock");
    object(status.clock(), NodeStatusWriter::clock);
    name("settings");
    object(status.settings().values(), (writer, values) -> values.forEach(writer::text));
    numbers("settings_differ", status.settings().differ());
    status.tls().ifPresent(tls -> {
      name("tls");
      object(tls, NodeStatusWriter::tls);
    });
    if (!status.access().isEmpty()) {
      objects("access", status.access(), (writer, tokens) -> tokens.forEach(writer::number));
    }
    status.security().ifPresent(security -> {
      name("security");
      object(security, NodeStatusWriter::security);
      security.plaintext().ifPresent(plaintext -> {
        name("plaintext");
        object(plaintext, NodeStatusWriter::plaintext);
      });
    });
    status.snapshot().ifPresent(snapshot -> {
      name("snapshot");
      object(snapshot, NodeStatusWriter::snapshot);
    });
    silent(status.silent());
    status.draining().ifPresent(draining -> {
      name("draining");
      object(draining, NodeStatusWriter::draining);
    });
    status.history().ifPresent(history -> {
      name("history");
      object(history, NodeStatusWriter::history);
      number("flapping", history.flapping());
    });
    status.discovery().ifPresent(discovery -> {
      name("discovery");
      object(discovery, NodeStatusWriter::discovery);
    });
    status.drains().ifPresent(drains -> {
      name("drains");
      object(drains, NodeStatusWriter::drains);
    });
    status.overview().ifPresent(this::overview);
    status.dns().ifPresent(dns -> {
      name("dns");
      object(dns, NodeStatusWriter::dns);
    });
    objects("left_out", status.leftOut(), (writer, reasons) -> reasons.forEach(writer::number));
  }

  private void overview(NodeOverview overview) {
    number("now", overview.nowMillis());
    text("content", overview.content());
    number("liveness_ms", overview.durations().livenessMillis());
    number("max_skew_ms", overview.durations().maxSkewMillis());
    number("gossip_interval_ms", overview.durations().gossipIntervalMillis());
    name("accepted");
    object(overview.accepted(), (writer, accepted) -> {
      writer.number("registrations", accepted.registrations());
      writer.number("renewals", accepted.renewals());
      writer.number("removals", accepted.removals());
    });
  }

  private void history(NodeStatus.History history) {
    number("first", history.first());
    number("last", history.last());
    number("since", history.sinceMillis());
    numbers("events", history.events());
  }

  private void discovery(NodeStatus.Discovery discovery) {
    text("dns", discovery.dns());
    discovery.ageSeconds().ifPresent(age -> number("age_seconds", age));
    number("failures", discovery.failures());
    text("error", discovery.error());
    name("addresses");
    object(discovery.addresses(), (writer, addresses) -> addresses.forEach(writer::text));
  }

  private void dns(NodeStatus.Dns dns) {
    number("names", dns.names());
    numbers("queries", dns.queries());
    number("truncated", dns.truncated());
    number("cut", dns.cut());
    numbers("dropped", dns.dropped());
    number("failures", dns.failures());
  }

  private void drains(NodeStatus.Drains drains) {
    number("count", drains.count());
    number("instances", drains.instances());
    drains.oldestSeconds().ifPresent(age -> number("oldest_seconds", age));
  }

  private void snapshot(NodeStatus.Snapshot snapshot) {
    snapshot.ageSeconds().ifPresent(age -> number("age_seconds", age));
    number("bytes", snapshot.bytes());
    number("entries", snapshot.entries());
    number("restored", snapshot.restored());
    number("failures", snapshot.failures());
    text("error", snapshot.error());
    name("events");
    object(snapshot.events(), NodeStatusWriter::events);
  }

  private void events(NodeStatus.EventFile events) {
    number("written", events.written());
    number("lost", events.lost());
    number("failures", events.failures());
    text("error", events.error());
  }

  private void draining(NodeStatus.Draining draining) {
    number("since", draining.sinceMillis());
    number("until", draining.untilMillis());
    number("age_seconds", draining.ageSeconds());
    text("by", draining.by());
    text("reason", draining.reason());
  }

  private void silent(SilentInstances silent) {
    number("silent_instances", silent.instances());
    number("mostly_silent_services", silent.services());
    name("silent");
    object(silent.worst(), (writer, worst) -> worst.forEach(writer::silent));
    number("silent_left_out", silent.leftOut());
  }

  private void silent(String name, SilentInstances.OfService service) {
    name(name).raw('[').number(service.silent()).raw(',').number(service.shown());
    if (service.sinceMillis() != 0) {
      out.raw(',').number(service.sinceMillis());
    }
    out.raw(']');
  }

  private void security(SecurityStatus security) {
    text("audit", security.audit());
    name("peer_token").ascii(Boolean.toString(security.peerToken()));
    text("event_bus", security.eventBus());
    name("plaintext").ascii(Boolean.toString(security.plaintext().isPresent()));
  }

  private void plaintext(SecurityStatus.Plaintext plaintext) {
    number("requests", plaintext.requests());
    objects("clients", plaintext.clients(), (writer, client) -> {
      writer.number("requests", client.requests());
      writer.number("age_seconds", client.ageSeconds());
    });
  }

  private void tls(NodeStatus.Tls tls) {
    text("min_version", tls.minVersion());
    objects("certificates", tls.certificates(), (writer, certificate) -> {
      writer.text("not_after", certificate.notAfter());
      writer.text("expiry", certificate.expiry());
    });
    numbers("handshake_failures", tls.handshakeFailures());
    number("reloads_refused", tls.reloadsRefused());
    text("refused", tls.refused());
  }

  private void frozen(NodeStatus.Frozen frozen) {
    number("since", frozen.sinceMillis());
    text("reason", frozen.reason());
  }

  private void clock(NodeStatus.Clock clock) {
    number("correction_ms", clock.correctionMillis());
    number("voters", clock.voters());
    name("wrong").ascii(Boolean.toString(clock.wrong()));
  }

  private void origin(NodeStatus.Origin origin) {
    number("entries", origin.entries());
    number("horizon", origin.horizon());
    text("checksum", origin.checksum());
    number("diverged", origin.diverged());
  }

  private void peer(PeerStatus peer) {
    text("address", peer.address());
    text("speaks", peer.dialect());
    text("way", peer.mode());
    peer.tls().ifPresent(way -> {
      name("way_tls").ascii(Boolean.toString(way.byTls()));
      text("tls_error", way.error());
    });
    number("rounds", peer.rounds());
    number("failures", peer.failures());
    number("bytes_received", peer.bytesReceived());
    number("quarantined", peer.quarantined());
    text("last_error", peer.lastError());
    number("last_success_age_ms", peer.lastSuccessAgeMillis());
    number("clock_skew_ms", peer.clockSkewMillis());
    peer.exchanges().ifPresent(exchanges -> {
      number("exchanges", exchanges.begun());
      number("round_trip_ms", exchanges.roundTripMillis());
      number("last_failure_age_ms", exchanges.lastFailureAgeMillis());
    });
    if (!peer.lagMillis().isEmpty()) {
      numbers("lag_ms", peer.lagMillis());
    }
  }

  private void refused(NodeStatus.Refused refused) {
    numbers("requests", refused.requests());
    numbers("gossip", refused.gossip());
  }

  private <V> void objects(
      String name, Map<String, V> values, BiConsumer<NodeStatusWriter, V> members) {
    name(name);
    object(
        values,
        (writer, all) -> all.forEach((key, value) -> {
          writer.name(key);
          writer.object(value, members);
        }));
  }

  private <V> void object(V value, BiConsumer<NodeStatusWriter, V> members) {
    out.raw('{');
    first = true;
    members.accept(this, value);
    out.raw('}');
    first = false;
  }

  private void numbers(String name, Map<String, Long> values) {
    name(name);
    object(values, (writer, all) -> all.forEach(writer::number));
  }

  private void text(String name, String value) {
    name(name).string(value);
  }

  private void number(String name, long value) {
    name(name).number(value);
  }

  private void number(String name, OptionalLong value) {
    value.ifPresent(number -> number(name, number));
  }

  /** Begins a member; its value follows. */
  private JsonWriter name(String name) {
    if (!first) {
      out.raw(',');
    }
    first = false;
    return out.string(name).raw(':');
  }
}

package io.hera.wire;

import io.hera.json.JsonFields;
import io.hera.json.Malformed;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Reads a {@link NodeStatus} from JSON, from version 1.0 as well as from later versions. */
final class NodeStatusReader {
  private NodeStatusReader() {}

  static NodeStatus read(byte[] json) throws Malformed {
    JsonFields status = JsonFields.parse(json);
    JsonFields refused = status.objectOrEmpty("refused");
    return new NodeStatus(
        status.text("node"),
        status.text("life", ""),
        status.text("version"),
        status.number("uptime_seconds"),
        status.flag("ready"),
        status.number("instances"),
        status.number("services"),
        status.number("watchers", 0),
        status.number("targets_left_out", 0),
        status.number("tombstones", 0),
        status.number("document_bytes", 0),
        status.number("expired", 0),
        status.number("diverged_view", 0),
        members(status.object("origins"), NodeStatusReader::origin),
        members(status.object("peers"), NodeStatusReader::peer),
        new NodeStatus.Refused(
            refused.objectOrEmpty("requests").numbers(),
            refused.objectOrEmpty("gossip").numbers()),
        status.number("quarantined", 0),
        status.objectOrEmpty("conflicts").texts(),
        status.objectOrEmpty("claims").numbers(),
        members(status.objectOrEmpty("frozen"), NodeStatusReader::frozen),
        clock(status.objectOrEmpty("clock")),
        new NodeStatus.Settings(
            status.objectOrEmpty("settings").texts(),
            status.objectOrEmpty("settings_differ").numbers()),
        status.objects().containsKey("tls")
            ? Optional.of(tls(status.object("tls")))
            : Optional.empty(),
        members(status.objectOrEmpty("access"), JsonFields::numbers),
        status.objects().containsKey("security")
            ? Optional.of(security(status.object("security"), status))
            : Optional.empty(),
        status.objects().containsKey("snapshot")
            ? Optional.of(snapshot(status.object("snapshot")))
            : Optional.empty(),
        silent(status),
        status.objects().containsKey("draining")
            ? Optional.of(draining(status.object("draining")))
            : Optional.empty(),
        status.objects().containsKey("history")
            ? Optional.of(history(status.object("history"), status))
            : Optional.empty(),
        status.objects().containsKey("discovery")
            ? Optional.of(discovery(status.object("discovery")))
            : Optional.empty(),
        status.objects().containsKey("drains")
            ? Optional.of(drains(status.object("drains")))
            : Optional.empty(),
        status.texts().containsKey("content") ? Optional.of(overview(status)) : Optional.empty(),
        status.objects().containsKey("dns")
            ? Optional.of(dns(status.object("dns")))
            : Optional.empty(),
        members(status.objectOrEmpty("left_out"), JsonFields::numbers));
  }

  private static NodeOverview overview(JsonFields status) throws Malformed {
    JsonFields accepted = status.objectOrEmpty("accepted");
    return new NodeOverview(
        status.number("now"),
        status.text("content"),
        new NodeOverview.Durations(
            status.number("liveness_ms"),
            status.number("max_skew_ms"),
            status.number("gossip_interval_ms")),
        new NodeOverview.Accepted(
            accepted.number("registrations"),
            accepted.number("renewals"),
            accepted.number("removals")));
  }

  private static NodeStatus.History history(JsonFields history, JsonFields status)
      throws Malformed {
    return new NodeStatus.History(
        history.number("first", 0),
        history.number("last", 0),
        history.number("since", 0),
        history.objectOrEmpty("events").numbers(),
        status.number("flapping", 0));
  }

  private static NodeStatus.Dns dns(JsonFields dns) throws Malformed {
    return new NodeStatus.Dns(
        dns.number("names", 0),
        dns.objectOrEmpty("queries").numbers(),
        dns.number("truncated", 0),
        dns.number("cut", 0),
        dns.objectOrEmpty("dropped").numbers(),
        dns.number("failures", 0));
  }

  private static NodeStatus.Discovery discovery(JsonFields discovery) {
    return new NodeStatus.Discovery(
        discovery.text("dns", ""),
        discovery.optionalNumber("age_seconds"),
        discovery.number("failures", 0),
        discovery.text("error", ""),
        discovery.objectOrEmpty("addresses").texts());
  }

  private static NodeStatus.Drains drains(JsonFields drains) {
    return new NodeStatus.Drains(
        drains.number("count", 0),
        drains.number("instances", 0),
        drains.optionalNumber("oldest_seconds"));
  }

  private static NodeStatus.Snapshot snapshot(JsonFields snapshot) {
    JsonFields events = snapshot.objectOrEmpty("events");
    return new NodeStatus.Snapshot(
        snapshot.optionalNumber("age_seconds"),
        snapshot.number("bytes", 0),
        snapshot.number("entries", 0),
        snapshot.number("restored", 0),
        snapshot.number("failures", 0),
        snapshot.text("error", ""),
        new NodeStatus.EventFile(
            events.number("written", 0),
            events.number("lost", 0),
            events.number("failures", 0),
            events.text("error", "")));
  }

  private static NodeStatus.Draining draining(JsonFields draining) {
    return new NodeStatus.Draining(
        draining.number("since", 0),
        draining.optionalNumber("until"),
        draining.number("age_seconds", 0),
        draining.text("by", ""),
        draining.text("reason", ""));
  }

  private static SilentInstances silent(JsonFields status) {
    Map<String, SilentInstances.OfService> worst = new TreeMap<>();
    status.objectOrEmpty("silent").lists().forEach((name, numbers) -> {
      if (numbers.size() >= 2) {
        long since = numbers.size() > 2 ? numbers.get(2) : 0;
        worst.put(name, new SilentInstances.OfService(numbers.get(0), numbers.get(1), since));
      }
    });
    return new SilentInstances(
        status.number("silent_instances", 0),
        status.number("mostly_silent_services", 0),
        worst,
        status.number("silent_left_out", 0));
  }

  private static SecurityStatus security(JsonFields security, JsonFields status) throws Malformed {
    return new SecurityStatus(
        security.text("audit", ""),
        security.flag("peer_token", false),
        security.text("event_bus", ""),
        status.objects().containsKey("plaintext")
            ? Optional.of(plaintext(status.object("plaintext")))
            : Optional.empty());
  }

  private static SecurityStatus.Plaintext plaintext(JsonFields plaintext) throws Malformed {
    return new SecurityStatus.Plaintext(
        plaintext.number("requests", 0),
        members(
            plaintext.objectOrEmpty("clients"),
            client -> new SecurityStatus.PlaintextClient(
                client.number("requests", 0), client.number("age_seconds", 0))));
  }

  private static NodeStatus.Tls tls(JsonFields tls) throws Malformed {
    return new NodeStatus.Tls(
        tls.text("min_version", ""),
        members(
            tls.objectOrEmpty("certificates"),
            certificate -> new NodeStatus.Certificate(
                certificate.text("not_after", ""), certificate.text("expiry", ""))),
        tls.objectOrEmpty("handshake_failures").numbers(),
        tls.number("reloads_refused", 0),
        tls.text("refused", ""));
  }

  private static NodeStatus.Frozen frozen(JsonFields frozen) {
    return new NodeStatus.Frozen(frozen.number("since", 0), frozen.text("reason", ""));
  }

  private static NodeStatus.Clock clock(JsonFields clock) throws Malformed {
    return new NodeStatus.Clock(
        clock.number("correction_ms", 0), clock.number("voters", 0), clock.flag("wrong", false));
  }

  private static NodeStatus.Origin origin(JsonFields origin) throws Malformed {
    return new NodeStatus.Origin(
        origin.number("entries", 0),
        origin.number("horizon"),
        origin.text("checksum", ""),
        origin.number("diverged", 0));
  }

  private static Optional<PeerStatus.Way> way(JsonFields peer) {
    return peer.optionalFlag("way_tls")
        .map(byTls -> new PeerStatus.Way(byTls, peer.text("tls_error", "")));
  }

  private static Optional<PeerStatus.Exchanges> exchanges(JsonFields peer) throws Malformed {
    return peer.numbers().containsKey("exchanges")
        ? Optional.of(new PeerStatus.Exchanges(
            peer.number("exchanges"),
            peer.optionalNumber("round_trip_ms"),
            peer.optionalNumber("last_failure_age_ms")))
        : Optional.empty();
  }

  private static PeerStatus peer(JsonFields peer) throws Malformed {
    return new PeerStatus(
        peer.text("address"),
        peer.text("speaks"),
        peer.text("way", ""),
        way(peer),
        peer.number("rounds", 0),
        peer.number("failures", 0),
        peer.number("bytes_received", 0),
        peer.number("quarantined", 0),
        peer.text("last_error", ""),
        peer.optionalNumber("last_success_age_ms"),
        peer.optionalNumber("clock_skew_ms"),
        exchanges(peer),
        peer.objectOrEmpty("lag_ms").numbers());
  }

  @FunctionalInterface
  private interface Reader<T> {
    T read(JsonFields fields) throws Malformed;
  }

  private static <T> Map<String, T> members(JsonFields fields, Reader<T> reader) throws Malformed {
    Map<String, T> members = new TreeMap<>();
    for (Map.Entry<String, JsonFields> member : fields.objects().entrySet()) {
      members.put(member.getKey(), reader.read(member.getValue()));
    }
    return members;
  }
}

package io.hera.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hera.json.Malformed;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class NodeStatusTest {
  private static final PeerStatus MET = new PeerStatus(
      "127.0.0.1:8081",
      "v2",
      "hanging",
      Optional.of(new PeerStatus.Way(false, "answered 403")),
      7,
      2,
      3_000,
      1,
      "timed out",
      OptionalLong.of(250),
      OptionalLong.of(-12),
      Optional.of(new PeerStatus.Exchanges(19, OptionalLong.of(4), OptionalLong.of(60_000))),
      Map.of("a", 3L, "b", 0L));
  private static final PeerStatus UNMET = new PeerStatus(
      "[::1]:8082",
      "unknown",
      "pull",
      Optional.empty(),
      1,
      1,
      0,
      0,
      "",
      OptionalLong.empty(),
      OptionalLong.empty(),
      Optional.empty(),
      Map.of());
  private static final NodeStatus STATUS = new NodeStatus(
      "a",
      "9f2c",
      "1.0.0",
      61,
      true,
      10,
      2,
      3,
      4,
      5,
      600,
      7,
      11,
      Map.of("a", new NodeStatus.Origin(8, 1_355_833_258_675L, "00c0ffee00c0ffee", 9)),
      Map.of("b", MET, "c", UNMET),
      new NodeStatus.Refused(Map.of("capacity", 1L), Map.of("gap", 2L)),
      1,
      Map.of("b", "two \"processes\""),
      Map.of("member", 3L),
      Map.of("c", new NodeStatus.Frozen(1_355_833_000_000L, "capacity")),
      new NodeStatus.Clock(-600_000, 4, true),
      new NodeStatus.Settings(Map.of("liveness", "300s"), Map.of("b", 312L)),
      Optional.of(new NodeStatus.Tls(
          "1.3",
          Map.of("own", new NodeStatus.Certificate("2030-01-01T00:00:00Z", "far")),
          Map.of("clear", 4L),
          2,
          "tls.crt is cut off")),
      Map.of("billing", new TreeMap<>(Map.of("5f3c9a1e", 12L, "0badcafe", -1L))),
      Optional.of(new SecurityStatus(
          "changes",
          true,
          "local",
          Optional.of(new SecurityStatus.Plaintext(
              17, Map.of("10.0.0.9", new SecurityStatus.PlaintextClient(9, 120)))))),
      Optional.of(new NodeStatus.Snapshot(
          OptionalLong.of(42),
          3_500,
          10,
          2,
          1,
          "No space left on device",
          new NodeStatus.EventFile(17, 2, 1, "Read-only file system"))),
      new SilentInstances(20, 1, silent(), 4),
      Optional.of(new NodeStatus.Draining(
          1_355_833_000_000L, OptionalLong.of(1_355_833_600_000L), 12, "ops", "kernel update")),
      Optional.of(new NodeStatus.History(5, 90, 1_355_833_000_000L, Map.of("expired", 7L), 2)),
      Optional.of(new NodeStatus.Discovery(
          "hera-peers.prod.svc:8080",
          OptionalLong.of(3),
          2,
          "host name unknown",
          Map.of("10.1.1.7", "b"))),
      Optional.of(new NodeStatus.Drains(2, 7, OptionalLong.of(3_600))),
      Optional.of(new NodeOverview(
          1_355_833_258_700L,
          "0123456789abcdef0123456789abcdef",
          new NodeOverview.Durations(300_000, 60_000, 3_000),
          new NodeOverview.Accepted(12, 345, 6))),
      Optional.of(
          new NodeStatus.Dns(3, Map.of("udp A NOERROR", 8L), 2, 1, Map.of("sender", 6L), 4)),
      Map.of("prometheus", Map.of("no-port", 4L)));

  private static Map<String, SilentInstances.OfService> silent() {
    Map<String, SilentInstances.OfService> worstFirst = new LinkedHashMap<>();
    worstFirst.put("web", new SilentInstances.OfService(17, 20, 1_355_833_000_000L));
    worstFirst.put("api", new SilentInstances.OfService(3, 10, 0));
    return worstFirst;
  }

  @Test
  void aStatusReadsBackUnchanged() throws Malformed {
    assertThat(NodeStatus.parse(STATUS.toJson())).isEqualTo(STATUS);
  }

  @Test
  void theNamesOfMembersAndTheirOrderAreStable() {
    assertThat(new String(STATUS.toJson(), StandardCharsets.UTF_8)).isEqualTo("""
            {"node":"a","life":"9f2c","version":"1.0.0","uptime_seconds":61,"ready":true,"instances":10,\
            "services":2,"watchers":3,"targets_left_out":4,"tombstones":5,"document_bytes":600,"expired":7,"diverged_view":11,\
            "origins":{"a":{"entries":8,"horizon":1355833258675,"checksum":"00c0ffee00c0ffee","diverged":9}},\
            "peers":{"b":{"address":"127.0.0.1:8081","speaks":"v2","way":"hanging","way_tls":false,"tls_error":"answered 403","rounds":7,"failures":2,\
            "bytes_received":3000,"quarantined":1,"last_error":"timed out","last_success_age_ms":250,\
            "clock_skew_ms":-12,"exchanges":19,"round_trip_ms":4,"last_failure_age_ms":60000,"lag_ms":{"a":3,"b":0}},"c":{"address":"[::1]:8082","speaks":"unknown",\
            "way":"pull","rounds":1,"failures":1,"bytes_received":0,"quarantined":0,"last_error":""}},\
            "refused":{"requests":{"capacity":1},"gossip":{"gap":2}},"quarantined":1,\
            "conflicts":{"b":"two \\"processes\\""},\
            "claims":{"member":3},"frozen":{"c":{"since":1355833000000,"reason":"capacity"}},"clock":{"correction_ms":-600000,"voters":4,"wrong":true},"settings":{"liveness":"300s"},\
            "settings_differ":{"b":312},\
            "tls":{"min_version":"1.3","certificates":{"own":{"not_after":"2030-01-01T00:00:00Z","expiry":"far"}},\
            "handshake_failures":{"clear":4},"reloads_refused":2,"refused":"tls.crt is cut off"},\
            "access":{"billing":{"0badcafe":-1,"5f3c9a1e":12}},\
            "security":{"audit":"changes","peer_token":true,"event_bus":"local","plaintext":true},\
            "plaintext":{"requests":17,"clients":{"10.0.0.9":{"requests":9,"age_seconds":120}}},\
            "snapshot":{"age_seconds":42,"bytes":3500,"entries":10,"restored":2,"failures":1,"error":"No space left on device",\
            "events":{"written":17,"lost":2,"failures":1,"error":"Read-only file system"}},\
            "silent_instances":20,"mostly_silent_services":1,"silent":{"web":[17,20,1355833000000],"api":[3,10]},"silent_left_out":4,\
            "draining":{"since":1355833000000,"until":1355833600000,"age_seconds":12,"by":"ops","reason":"kernel update"},\
            "history":{"first":5,"last":90,"since":1355833000000,"events":{"expired":7}},"flapping":2,\
            "discovery":{"dns":"hera-peers.prod.svc:8080","age_seconds":3,"failures":2,"error":"host name unknown",\
            "addresses":{"10.1.1.7":"b"}},\
            "drains":{"count":2,"instances":7,"oldest_seconds":3600},\
            "now":1355833258700,"content":"0123456789abcdef0123456789abcdef",\
            "liveness_ms":300000,"max_skew_ms":60000,"gossip_interval_ms":3000,\
            "accepted":{"registrations":12,"renewals":345,"removals":6},\
            "dns":{"names":3,"queries":{"udp A NOERROR":8},"truncated":2,"cut":1,"dropped":{"sender":6},"failures":4},\
            "left_out":{"prometheus":{"no-port":4}}}""");
  }

  @Test
  void unknownMembersAreSkippedAndLaterOnesMayBeMissing() throws Malformed {
    String json = """
        {"node":"a","version":"0.9","ready":false,"uptime_seconds":1,"instances":0,"services":0,
         "origins":{"a":{"horizon":5,"new":[1]}},"peers":{},"future":{"b":{"since":1}}}""";
    NodeStatus status = NodeStatus.parse(json.getBytes(StandardCharsets.UTF_8));
    assertThat(status.origins()).containsEntry("a", new NodeStatus.Origin(0, 5, "", 0));
    assertThat(status.ready()).isFalse();
  }

  @Test
  void aStatusOfWrongShapeIsRefused() {
    byte[] json = "{\"node\":\"a\",\"version\":\"1\"}".getBytes(StandardCharsets.UTF_8);
    assertThatThrownBy(() -> NodeStatus.parse(json))
        .isInstanceOf(Malformed.class)
        .hasMessage("uptime_seconds is missing or of another type");
  }
}

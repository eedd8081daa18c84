package io.hera.cli.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.hera.wire.NodeStatus;
import io.hera.wire.NodeStatus.Origin;
import io.hera.wire.PeerStatus;
import io.hera.wire.SilentInstances;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class DiagnosisTest {
  private static final PeerStatus WELL = peer(1_000, "", 0);

  private static PeerStatus peer(long successAgeMillis, String lastError, long skewMillis) {
    return new PeerStatus(
        "h:1",
        "v2",
        "pull",
        Optional.empty(),
        1,
        0,
        0,
        0,
        lastError,
        OptionalLong.of(successAgeMillis),
        OptionalLong.of(skewMillis),
        Optional.empty(),
        Map.of());
  }

  private static NodeStatus node(String name, Origin a, PeerStatus peer) {
    return node(name, true, Map.of("a", a), Map.of("other", peer), Map.of());
  }

  private static NodeStatus node(
      String name,
      boolean ready,
      Map<String, Origin> origins,
      Map<String, PeerStatus> peers,
      Map<String, String> conflicts) {
    return node(name, ready, origins, peers, conflicts, Map.of());
  }

  private static NodeStatus node(String name, Map<String, String> settings) {
    return node(name, true, Map.of(), Map.of("other", WELL), Map.of(), settings);
  }

  private static NodeStatus node(
      String name,
      boolean ready,
      Map<String, Origin> origins,
      Map<String, PeerStatus> peers,
      Map<String, String> conflicts,
      Map<String, String> settings) {
    return new NodeStatus(
        name,
        "life",
        "1",
        10,
        ready,
        name.equals("capped") ? 10 : 11,
        1,
        0,
        0,
        0,
        0,
        0,
        0,
        origins,
        peers,
        new NodeStatus.Refused(Map.of(), Map.of()),
        0,
        conflicts,
        Map.of(),
        name.equals("full") ? Map.of("a", new NodeStatus.Frozen(1, "capacity")) : Map.of(),
        new NodeStatus.Clock(name.equals("late") ? 600_000 : 0, 3, name.equals("late")),
        new NodeStatus.Settings(settings, Map.of()),
        tls(name),
        Map.of(),
        Optional.empty(),
        Optional.empty(),
        SilentInstances.NONE,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Map.of());
  }

  private static Optional<NodeStatus.Tls> tls(String name) {
    if (!name.startsWith("tls-")) {
      return Optional.empty();
    }
    String expiry = name.substring(4);
    return Optional.of(new NodeStatus.Tls(
        "1.3",
        Map.of(
            "own", new NodeStatus.Certificate("2030-01-01T00:00:00Z", expiry),
            "ca", new NodeStatus.Certificate("2040-01-01T00:00:00Z", expiry)),
        Map.of(),
        1,
        expiry.equals("refused") ? "tls.crt is cut off" : ""));
  }

  private static Map<String, NodeStatus> round(NodeStatus... nodes) {
    Map<String, NodeStatus> round = new TreeMap<>();
    for (NodeStatus node : nodes) {
      round.put(node.node(), node);
    }
    return round;
  }

  private static Origin at(long horizon, String checksum) {
    return new Origin(1, horizon, checksum, 0);
  }

  private static Diagnosis of(Map<String, NodeStatus> round) {
    return new Diagnosis(List.of(round));
  }

  private static Diagnosis of(Map<String, NodeStatus> first, Map<String, NodeStatus> last) {
    return new Diagnosis(List.of(first, last));
  }

  @Test
  void nodesWithTheSameChecksumAtTheSameHorizonAgree() {
    Diagnosis diagnosis =
        of(round(node("a", at(5, "x"), WELL), node("b", new Origin(1, 5, "x", 3), WELL)));
    assertThat(diagnosis.unsettled()).isFalse();
  }

  @Test
  void aClockThatThePeersCorrectIsAFinding() {
    Diagnosis diagnosis = of(round(node("a", at(5, "x"), WELL), node("late", at(5, "x"), WELL)));
    assertThat(diagnosis.findings())
        .containsExactly("the clock of late is wrong by 10 min, as its peers see it");
  }

  @Test
  void aCertificateNearItsEndOrBehindItIsAFinding() {
    assertThat(of(round(node("tls-far", at(5, "x"), WELL))).findings()).isEmpty();
    assertThat(of(round(node("tls-near", at(5, "x"), WELL))).findings())
        .containsExactly(
            "the certificate of the CA of tls-near expires soon, at 2040-01-01T00:00:00Z: replace it",
            "the certificate of tls-near expires soon, at 2030-01-01T00:00:00Z: replace it");
    assertThat(of(round(node("tls-expired", at(5, "x"), WELL))).findings())
        .contains(
            "the certificate of tls-expired has expired, at 2030-01-01T00:00:00Z: replace it");
  }

  @Test
  void refusedTlsFilesAreAFinding() {
    assertThat(of(round(node("tls-refused", at(5, "x"), WELL))).findings())
        .containsExactly(
            "tls-refused refuses its TLS files and serves those before: tls.crt is cut off");
  }

  @Test
  void aNodeThatRefusesEntriesForWantOfRoomIsAFinding() {
    Diagnosis diagnosis = of(round(node("a", at(5, "x"), WELL), node("full", at(5, "x"), WELL)));
    assertThat(diagnosis.findings())
        .containsExactly("full refuses entries of a: a cap in limits is reached");
  }

  @Test
  void nodesThatHoldTheSameAndShowDifferentNumbersAreAFinding() {
    Diagnosis diagnosis = of(round(node("a", at(5, "x"), WELL), node("capped", at(5, "x"), WELL)));
    assertThat(diagnosis.findings())
        .containsExactly("the nodes show different numbers of instances: "
            + "10 instances of 1 service on capped; 11 instances of 1 service on a");
    assertThat(diagnosis.agree()).isFalse();
  }

  @Test
  void nodesBetweenWhichChangesAreUnderWayDoNotAgreeYet() {
    Diagnosis diagnosis = of(round(node("a", at(6, "y"), WELL), node("b", at(5, "x"), WELL)));
    assertThat(diagnosis.findings()).isEmpty();
    assertThat(diagnosis.agree()).isFalse();
  }

  @Test
  void nodesThatHeldTheSameInOneRoundAgree() {
    Diagnosis diagnosis = of(
        round(node("a", at(5, "x"), WELL), node("b", at(5, "x"), WELL)),
        round(node("a", at(6, "y"), WELL), node("b", at(5, "x"), WELL)));
    assertThat(diagnosis.agree()).isTrue();
  }

  @Test
  void settingsThatDifferAreAFindingWithTheirValues() {
    Diagnosis diagnosis = of(round(
        node("a", Map.of("liveness", "300s", "cluster-name", "eu")),
        node("b", Map.of("liveness", "300s")),
        node("c", Map.of("liveness", "60s", "cluster-name", "eu")),
        node("version-1.0", Map.of())));
    assertThat(diagnosis.findings())
        .containsExactly(
            "the setting cluster-name differs: eu on a, c; not set on b",
            "the setting liveness differs: 300s on a, b; 60s on c");
  }

  @Test
  void equalSettingsAreNoFinding() {
    Map<String, String> settings = Map.of("liveness", "300s");
    assertThat(of(round(node("a", settings), node("b", settings))).findings()).isEmpty();
  }

  @Test
  void anotherChecksumAtTheSameHorizonIsADifference() {
    Diagnosis diagnosis = of(round(node("a", at(5, "x"), WELL), node("b", at(5, "y"), WELL)));
    assertThat(diagnosis.differences()).containsExactly(new Diagnosis.Difference("a", "b", "a"));
    assertThat(diagnosis.unsettled()).isTrue();
  }

  @Test
  void nodesThatAgreedInOneRoundAgree() {
    Diagnosis diagnosis = of(
        round(node("a", at(5, "x"), WELL), node("b", at(5, "x"), WELL)),
        round(node("a", at(9, "z"), WELL), node("b", at(9, "y"), WELL)));
    assertThat(diagnosis.unsettled()).isFalse();
  }

  @Test
  void aNodeThatStaysBehindIsFoundAndOneThatCatchesUpIsNot() {
    NodeStatus ahead = node("a", at(100_000, "x"), WELL);
    Diagnosis stuck = of(
        round(ahead, node("b", at(10_000, "y"), WELL)),
        round(ahead, node("b", at(10_000, "y"), WELL)));
    Diagnosis moving = of(
        round(ahead, node("b", at(10_000, "y"), WELL)),
        round(ahead, node("b", at(50_000, "y"), WELL)));
    assertThat(stuck.findings()).containsExactly("b is 90 s behind a on entries of a");
    assertThat(moving.unsettled()).isFalse();
  }

  @Test
  void peersThatFailOrAreSilentOrHaveAnotherClockAreFound() {
    Origin same = at(5, "x");
    assertThat(of(round(node("a", same, peer(42_000, "timeout", 0)))).findings())
        .containsExactly("a cannot pull from other at h:1: timeout; last success 42 s ago");
    assertThat(of(round(node("a", same, peer(300_000, "", 0)))).findings())
        .containsExactly("a has not pulled from other for 5 min");
    assertThat(of(round(node("a", same, peer(1_000, "", -3_600_000)))).findings())
        .containsExactly("the clock of other is 3600 s behind that of a");
  }

  @Test
  void aNodeThatIsNotReadyOrSeesAConflictIsReported() {
    NodeStatus node = node("a", false, Map.of(), Map.of(), Map.of("b", "two processes"));
    assertThat(of(round(node)).findings())
        .containsExactly(
            "a is not ready: it has just started and gets registrations from its peers, or it stops",
            "a refuses exchanges: two processes");
  }

  @Test
  void aNodeThatDoesNotKnowAnOriginIsFound() {
    NodeStatus stranger = node("b", true, Map.of(), Map.of(), Map.of());
    assertThat(of(round(node("a", at(5, "x"), WELL), stranger)).findings())
        .containsExactly("b does not know of the node a, of which a holds registrations");
  }
}

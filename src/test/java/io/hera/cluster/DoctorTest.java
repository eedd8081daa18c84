package io.hera.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.hera.cli.doctor.Doctor;
import io.hera.registry.Delta;
import io.hera.testkit.Eventually;
import io.hera.testkit.Http;
import io.hera.testkit.Nodes;
import io.hera.testkit.Ports;
import io.hera.wire.Handshake;
import io.hera.wire.NodeId;
import io.hera.wire.V2Answer;
import io.hera.wire.V2Codec;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Tests the doctor on running nodes. */
@Execution(ExecutionMode.CONCURRENT)
@Timeout(120)
class DoctorTest {
  private static final Duration LIVENESS = Duration.ofMinutes(5);

  @AutoClose
  private final Nodes nodes = new Nodes();

  private final List<Integer> ports = Ports.free(3);
  private final Map<String, Integer> all =
      Map.of("a", ports.get(0), "b", ports.get(1), "c", ports.get(2));
  private boolean well;

  private String examine(int port) {
    StringWriter output = new StringWriter();
    well = new Doctor(new PrintWriter(output), Optional.empty(), at -> Optional.empty())
        .examine(List.of("127.0.0.1:" + port));
    return output.toString();
  }

  private void register(int port, String target) {
    Eventually.passes(() -> assertThat(Http.put(port, target, "{}")).isEqualTo(204));
  }

  @Test
  void theDoctorFindsAllNodesFromOneOfThem() {
    all.keySet().forEach(name -> nodes.start(name, all, LIVENESS));
    register(ports.get(0), "/web/1");
    register(ports.get(1), "/db/1");
    Eventually.passes(() -> assertThat(examine(ports.get(2)))
        .contains("All 3 nodes agree: 2 instances of 2 services.")
        .contains("a ", "b ", "c "));
    assertThat(well).isTrue();
  }

  @Test
  void aNodeThatIsDownIsNamed() {
    nodes.start("a", all, LIVENESS);
    nodes.start("b", all, LIVENESS);
    Eventually.passes(() -> assertThat(examine(ports.get(0)))
        .contains("a cannot pull from c at 127.0.0.1:" + ports.get(2))
        .contains("at 127.0.0.1:" + ports.get(2) + ": does not answer: connection refused")
        .contains("The nodes that answer agree, but not all is well."));
    assertThat(well).isFalse();
  }

  @Test
  void nodesThatShowDifferentInstancesAreNotSaidToAgree() {
    Map<String, Integer> two = Map.of("a", ports.get(0), "b", ports.get(1));
    nodes.start("a", two, LIVENESS);
    nodes.start("b", Map.of("b", ports.get(1)), LIVENESS);
    register(ports.get(0), "/web/1");
    assertThat(examine(ports.get(0)))
        .contains("b does not know of the node a")
        .contains("Not all is well.")
        .doesNotContain("answer agree");
    assertThat(well).isFalse();
  }

  @Test
  void aNodeThatHangsIsWaitedForOnceAndNamed() throws IOException {
    try (ServerSocket hung = new ServerSocket(ports.get(2), 50, InetAddress.getLoopbackAddress())) {
      nodes.start("a", all, LIVENESS);
      nodes.start("b", all, LIVENESS);
      String address = "127.0.0.1:" + hung.getLocalPort();
      Eventually.passes(() -> assertThat(examine(ports.get(0)))
          .containsOnlyOnce("waiting for " + address + " ...")
          .contains("at " + address + ": does not answer: nothing within 2.5 s"));
      assertThat(well).isFalse();
    }
  }

  @Test
  void aClusterInWhichNoNodeAnswersIsReported() {
    assertThat(examine(ports.get(0))).contains("No node answers.");
    assertThat(well).isFalse();
  }

  @Test
  void aRegistrationThatANodeLacksIsNamed() {
    nodes.start("a", Map.of("a", ports.get(0)), LIVENESS);
    register(ports.get(0), "/web/1");
    int forgetful = forgetful(new JsonObject(Http.get(ports.get(0), "/_status")));
    assertThat(examine(forgetful))
        .contains("b lacks 1 registration that a holds of a: web/1")
        .contains("The nodes differ.");
    assertThat(well).isFalse();
  }

  @Test
  void aNodeOf2012IsRecognised() {
    nodes.start2012("old", ports.get(0), Map.of());
    assertThat(examine(ports.get(0)))
        .contains("at 127.0.0.1:" + ports.get(0)
            + ": answers something that is not a status; is it a node of 2012?");
    assertThat(well).isFalse();
  }

  /** Starts a node b that claims to hold all entries of a, and holds none. */
  private int forgetful(JsonObject status) {
    JsonObject peer = new JsonObject()
        .put("address", "127.0.0.1:" + ports.get(0))
        .put("speaks", "v2")
        .put("last_success_age_ms", 1);
    status.put("node", "b").put("peers", new JsonObject().put("a", peer));
    status.getJsonObject("origins").getJsonObject("a").put("checksum", "0000000000000000");
    V2Answer nothing =
        new V2Answer(Handshake.of(new NodeId("b", "life")), 0, 300_000, new Delta(List.of()));
    return nodes
        .vertx()
        .createHttpServer()
        .requestHandler(request -> request
            .response()
            .end(
                request.path().equals("/_status")
                    ? status.toBuffer()
                    : Buffer.buffer(V2Codec.encode(nothing))))
        .listen(0, "127.0.0.1")
        .await()
        .actualPort();
  }
}

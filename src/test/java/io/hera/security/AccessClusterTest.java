package io.hera.security;

import static io.hera.testkit.Tokens.ALL;
import static io.hera.testkit.Tokens.FILE;
import static io.hera.testkit.Tokens.OPERATOR;
import static io.hera.testkit.Tokens.PEER;
import static io.hera.testkit.Tokens.bearer;
import static io.hera.testkit.Tokens.entry;
import static org.assertj.core.api.Assertions.assertThat;

import io.hera.Node;
import io.hera.cli.doctor.Doctor;
import io.hera.config.Config;
import io.hera.config.Settings;
import io.hera.config.source.BusReach;
import io.hera.config.source.SwitchedFile;
import io.hera.testkit.EventClient;
import io.hera.testkit.Eventually;
import io.hera.testkit.Line;
import io.hera.testkit.Nodes;
import io.hera.testkit.Ports;
import io.hera.testkit.Reply;
import io.hera.testkit.Tokens;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Two nodes that limit access, with files on disk: gossip, a doctor, and files that change. */
@Execution(ExecutionMode.CONCURRENT)
@Timeout(120)
class AccessClusterTest {
  private static final String SECOND = Tokens.make();

  private final Vertx vertx = Vertx.vertx();
  private final List<Node> nodes = new ArrayList<>();
  private final List<Integer> ports = Ports.free(2);

  @TempDir
  private Path directory;

  @AfterEach
  void stop() {
    nodes.forEach(node -> node.stop().await());
    vertx.close().await();
  }

  private Path access(String node) {
    return directory.resolve(node + ".yml");
  }

  private void start(String name, String peerToken) throws IOException {
    Files.writeString(access(name), FILE + entry("s", "read *", SECOND));
    Path secret = Files.writeString(directory.resolve(name + ".token"), peerToken + "\n");
    Config config = Nodes.config(
            name, Map.of("a", ports.get(0), "b", ports.get(1)), Duration.ofMinutes(5))
        .with(Settings.ACCESS, new SwitchedFile.Named(access(name).toString()))
        .with(Settings.EVENT_BUS, BusReach.LOCAL)
        .with(Settings.PEER_TOKEN, secret.toString());
    nodes.add(Node.start(vertx, config).await());
  }

  private Reply send(int node, String method, String target, String token) {
    try (Line line = new Line(ports.get(node))) {
      line.write(Line.request(
          method,
          target,
          method.equals("PUT") ? new byte[] {'{', '}'} : new byte[0],
          bearer(token)));
      return line.readAny(method);
    }
  }

  private String doctor(String token) {
    StringWriter output = new StringWriter();
    new Doctor(new PrintWriter(output), Optional.empty(), at -> Optional.of(token))
        .examine(List.of("127.0.0.1:" + ports.get(0)));
    return output.toString();
  }

  @Test
  void nodesThatShowTheirTokenConvergeAndADoctorComparesThem() throws IOException {
    start("a", PEER);
    start("b", PEER);
    Eventually.passes(
        () -> assertThat(send(0, "PUT", "/billing/1", ALL).status()).isEqualTo(204));
    Eventually.passes(
        () -> assertThat(send(1, "GET", "/billing/1", ALL).status()).isEqualTo(200));
    Eventually.passes(() -> assertThat(doctor(OPERATOR)).contains("All 2 nodes agree"));
    assertThat(send(0, "GET", "/_status", OPERATOR).json().getJsonObject("security"))
        .isEqualTo(new JsonObject()
            .put("audit", "refusals")
            .put("peer_token", true)
            .put("event_bus", "local")
            .put("plaintext", false));
    assertThat(doctor(ALL)).contains("does not allow the doctor's token to operate");

    Files.writeString(access("b"), FILE);
    Eventually.passes(() -> assertThat(doctor(OPERATOR)).contains("access"));
  }

  @Test
  void aNodeWithAnotherTokenIsNotAPeer() throws IOException {
    start("a", PEER);
    start("b", ALL);
    Eventually.passes(
        () -> assertThat(send(0, "PUT", "/billing/1", ALL).status()).isEqualTo(204));
    Eventually.passes(() -> assertThat(send(1, "GET", "/_status", OPERATOR)
            .json()
            .getJsonObject("peers")
            .getJsonObject("a")
            .getString("last_error"))
        .contains("answered 403"));
    Files.writeString(directory.resolve("b.token"), PEER);
    Eventually.passes(
        () -> assertThat(send(1, "GET", "/billing/1", ALL).status()).isEqualTo(200));
  }

  @Test
  void aTokenThatIsRemovedFromTheFileEndsItsStream() throws IOException {
    start("a", PEER);
    Eventually.passes(() -> assertThat(send(0, "GET", "/s", SECOND).status()).isEqualTo(200));
    try (EventClient stream =
        new EventClient(ports.get(0), "/s", "", Map.of("Authorization", "Bearer " + SECOND))) {
      stream.next();
      Files.writeString(access("a"), FILE);
      assertThat(stream.poll()).isEmpty();
    }
    assertThat(send(0, "GET", "/s", SECOND).status()).isEqualTo(401);
  }

  @Test
  void aFileThatIsCutOrDeletedLeavesTheOldRules() throws IOException {
    start("a", PEER);
    Eventually.passes(() -> assertThat(send(0, "GET", "/s", SECOND).status()).isEqualTo(200));
    Files.writeString(access("a"), FILE.substring(0, 100));
    Eventually.passes(() -> assertThat(send(0, "GET", "/_metrics", OPERATOR).body())
        .contains("hera_access_reload_failed_total 1.0"));
    Files.delete(access("a"));
    Eventually.passes(() -> assertThat(send(0, "GET", "/_metrics", OPERATOR).body())
        .contains("hera_access_reload_failed_total 2.0"));
    assertThat(send(0, "GET", "/s", SECOND).status()).isEqualTo(200);
    assertThat(send(0, "GET", "/s", Tokens.make()).status()).isEqualTo(401);
  }
}

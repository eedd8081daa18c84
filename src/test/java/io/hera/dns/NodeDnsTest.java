package io.hera.dns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hera.Node;
import io.hera.config.Config;
import io.hera.config.ConfigException;
import io.hera.config.DnsSettings;
import io.hera.config.Settings;
import io.hera.testkit.Eventually;
import io.hera.testkit.Http;
import io.hera.testkit.Ports;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.xbill.DNS.Message;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** DNS as a part of a whole node. */
@Execution(ExecutionMode.CONCURRENT)
class NodeDnsTest {
  private final Vertx vertx = Vertx.vertx();
  private final int http = Ports.free();
  private final int port = Ports.free();

  @AfterEach
  void close() {
    vertx.close().await();
  }

  private Config config() {
    return Config.alone("a", http).with(DnsSettings.PORT, port);
  }

  private Message ask(String name, int type) {
    try (DatagramSocket socket = new DatagramSocket(0, DnsNode.ip("127.0.0.1"))) {
      byte[] query = DnsNode.question(name, type).toWire();
      socket.setSoTimeout(1_000);
      socket.send(new DatagramPacket(query, query.length, DnsNode.ip("127.0.0.1"), port));
      DatagramPacket answer = new DatagramPacket(new byte[4_096], 4_096);
      socket.receive(answer);
      return DnsNode.parsed(Arrays.copyOf(answer.getData(), answer.getLength()));
    } catch (IOException failure) {
      throw new AssertionError(failure);
    }
  }

  @Test
  void aNodeWithAPortForDnsAnswersAndCountsIt() {
    Node node = Node.start(vertx, config()).await();
    assertThat(Http.put(http, "/s/1", "{\"host\":\"10.1.1.1\",\"port\":80}")).isEqualTo(204);
    Eventually.passes(
        () -> assertThat(DnsNode.answers(ask("s.service", Type.A))).containsExactly("A 10.1.1.1"));
    assertThat(DnsNode.answers(ask("a.node", Type.A))).containsExactly("A 127.0.0.1");

    JsonObject status = new JsonObject(Http.send("GET", http, "/_status", "").body());
    assertThat(status.getJsonObject("dns").getInteger("names")).isEqualTo(1);
    assertThat(Http.send("GET", http, "/_metrics", "").body())
        .contains("hera_dns_queries_total{rcode=\"NOERROR\",transport=\"udp\",type=\"A\"}");

    node.reconfigure(config().with(DnsSettings.TTL, Duration.ofSeconds(9))).await();
    assertThat(ask("s.service", Type.A).getSection(Section.ANSWER).get(0).getTTL())
        .isEqualTo(9);
  }

  @Test
  void aPortThatIsTakenIsAFaultOfTheConfiguration() throws IOException {
    try (ServerSocket taken = new ServerSocket(port, 1, DnsNode.ip("127.0.0.1"))) {
      assertThat(taken.isBound()).isTrue();
      assertThatThrownBy(() -> Node.start(vertx, config()).await())
          .isInstanceOf(ConfigException.class)
          .hasMessageContaining("dns.port: " + port + " cannot be bound at [127.0.0.1]");
    }
  }

  @Test
  void withoutAPortANodeDoesNotAnswerDns() {
    Node.start(vertx, Config.alone("a", http)).await();
    JsonObject status = new JsonObject(Http.send("GET", http, "/_status", "").body());
    assertThat(status.containsKey("dns")).isFalse();
    assertThat(Config.alone("a", http).with(Settings.HOST, "127.0.0.1").dns().hosts())
        .isEqualTo(List.of("127.0.0.1"));
  }
}

package io.hera.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hera.Node;
import io.hera.testkit.AuditLines;
import io.hera.testkit.Eventually;
import io.hera.testkit.Http;
import io.hera.testkit.Line;
import io.hera.testkit.Ports;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A running node whose settings change. */
@Execution(ExecutionMode.CONCURRENT)
@Timeout(120)
class NodeReloadTest {
  /** A client under load may meet the closing server several times. */
  private static final int TRIES_MAX = 5;

  private static final String LONG_LINE = "/s?" + "x".repeat(3_000);

  private final Vertx vertx = Vertx.vertx();
  private final int port = Ports.free();
  private final ConfigLoader loader =
      new ConfigLoader(new JsonObject().put("name", "a").put("port", port), Map.of());
  private Node node;
  private Reload reload;

  @BeforeEach
  void start() {
    Config config = loader.config();
    node = Node.start(vertx, config).await();
    reload = new Reload(loader, "f.yml", config, node::reconfigure);
    Eventually.passes(() -> assertThat(status("GET", "/_health/ready", "")).isEqualTo(200));
  }

  @AfterEach
  void stop() {
    node.stop().await();
    vertx.close().await();
  }

  private Future<Void> text(String text) {
    return reload.text(text.getBytes(StandardCharsets.UTF_8));
  }

  private void apply(String text) throws Exception {
    text(text).await(20, TimeUnit.SECONDS);
  }

  private int status(String method, String target, String body) {
    return Http.send(method, port, target, body).statusCode();
  }

  /** Each row: the setting, a request, its status with the standard value and with the new one. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "limits.document-bytes: 10 | PUT | /s/2 | {'a':'0123456789'} | 204 | 413",
        "limits.document-depth: 2 | PUT | /s/2 | {'a':{'b':{}}} | 204 | 400",
        "limits.batch-bytes: 10 | POST | /_batch | {'s':{'2':{}}} | 200 | 413",
        "limits.services: 1 | PUT | /t/1 | {} | 204 | 507",
        "limits.instances: 1 | PUT | /s/2 | {} | 204 | 507",
        "limits.total-bytes: 1024 | PUT | /s/2 | {} | 204 | 507",
        "limits.request-line-bytes: 1KiB | GET | long | '' | 200 | 414",
        "ui: false | GET | /_ui/ | '' | 200 | 404",
      })
  void aChangedLimitTakesEffectAndASecondChangeRevertsIt(
      String setting, String method, String path, String text, int before, int after)
      throws Exception {
    String body = text.equals("''") ? "" : text.replace('\'', '"');
    String target = path.equals("long") ? LONG_LINE : path;
    apply("liveness: 299");
    assertThat(status("PUT", "/s/1", "{'a':'%s'}".formatted("x".repeat(1_015)).replace('\'', '"')))
        .isEqualTo(204);
    assertThat(status(method, target, body)).isEqualTo(before);
    forget(target);

    apply(setting);
    Eventually.passes(() -> assertThat(status(method, target, body)).isEqualTo(after));

    apply("# as before\nliveness: 300\n");
    assertThat(status(method, target, body)).isEqualTo(before);
  }

  @Test
  void aChangedDepthHoldsForTheItemsOfABatch() throws Exception {
    String deep = "{\"s\":{\"2\":{\"a\":{\"b\":[]}}}}";
    assertThat(Http.send("POST", port, "/_batch", deep).body()).isEqualTo("{\"errors\":{}}");

    apply("limits.document-depth: 1");

    Eventually.passes(() -> assertThat(Http.send("POST", port, "/_batch", deep).body())
        .startsWith("{\"errors\":{\"s\":{\"2\":{\"type\":\"urn:hera:problem:invalid-document\""));
  }

  /** Makes a request to create an instance a creation again. */
  private void forget(String target) {
    status("DELETE", target.startsWith("/_") ? "/s/2" : target, "");
  }

  @Test
  void connectionsAboveAChangedLimitAreClosedAndThoseThatStandGoOn() throws Exception {
    try (Line first = new Line(port)) {
      assertThat(first.send("GET", "/s", "").status()).isEqualTo(200);
      apply("limits.connections: 1");

      Eventually.passes(() -> assertThat(isClosedAtOnce()).isTrue());
      assertThat(first.send("GET", "/s", "").status()).isEqualTo(200);

      apply("# as before\nliveness: 300\n");
      assertThat(status("GET", "/s", "")).isEqualTo(200);
    }
  }

  private boolean isClosedAtOnce() throws IOException {
    try (Socket more = new Socket(InetAddress.getLoopbackAddress(), port)) {
      more.setSoTimeout(1_000);
      return more.getInputStream().read() < 0;
    } catch (SocketTimeoutException open) {
      return false;
    }
  }

  @Test
  void changedHostsAndOriginsHoldForTheNextRequestOnAnOpenConnection() throws Exception {
    try (Line open = new Line(port)) {
      assertThat(statusOfABrowser(open)).isEqualTo(421);

      apply("hosts: [registry.example]");
      assertThat(statusOfABrowser(open)).isEqualTo(403);

      apply("hosts: [registry.example]\norigins: [https://ops.example]");
      assertThat(statusOfABrowser(open)).isEqualTo(200);

      apply("# as before\nliveness: 300\n");
      assertThat(statusOfABrowser(open)).isEqualTo(421);
    }
  }

  @Test
  void theAuditLogHasChangesAsLongAsTheSettingSaysSo() throws Exception {
    try (AuditLines lines = new AuditLines()) {
      assertThat(status("PUT", "/s/1", "{}")).isEqualTo(204);
      apply("audit: changes");
      assertThat(status("PUT", "/s/2", "{}")).isEqualTo(204);
      assertThat(Http.send("GET", port, "/_status", "").body())
          .contains(
              "\"security\":{\"audit\":\"changes\",\"peer_token\":false,\"event_bus\":\"cluster\",\"plaintext\":false}");
      apply("audit: refusals");
      assertThat(status("PUT", "/s/3", "{}")).isEqualTo(204);

      assertThat(lines.all())
          .containsExactly(
              "registered identity=anonymous address=127.0.0.1 tls=none service=s id=2");
    }
  }

  private static int statusOfABrowser(Line line) {
    line.write("GET /s HTTP/1.1\r\nHost: registry.example\r\nOrigin: https://ops.example\r\n\r\n");
    return line.readAny("GET").status();
  }

  @Test
  void changedLimitsCutNoConnection() throws Exception {
    try (Line open = new Line(port)) {
      assertThat(open.send("GET", "/s", "").status()).isEqualTo(200);

      apply("""
          limits:
            document-bytes: 128KiB
            document-depth: 100
            batch-bytes: 8MiB
            body-timeout: 20
            idle-timeout: 180
            connections: 100
            page-bytes: 1MiB
            in-flight-bytes: 1MiB
            services: 7
            instances: 70
            total-bytes: 1MiB
            tombstones: 50
          """);

      assertThat(open.send(
                  "PUT", "/s/1", "[".repeat(90).replace("[", "{\"a\":") + "1" + "}".repeat(90))
              .status())
          .isEqualTo(204);
      assertThat(open.send("PUT", "/s/2", "{\"a\":\"" + "x".repeat(100_000) + "\"}")
              .status())
          .isEqualTo(204);
    }
  }

  @Test
  void aShorterBodyTimeoutHoldsForABodyUnderWay() throws Exception {
    try (Line slow = new Line(port)) {
      slow.write("PUT /s/1 HTTP/1.1\r\nHost: hera\r\nContent-Length: 2\r\n\r\n{");

      apply("limits.body-timeout: 100ms");

      assertThat(slow.read("PUT").status()).isEqualTo(408);
    }
  }

  @Test
  void aShorterIdleTimeoutHoldsForAnOpenConnection() throws Exception {
    try (Socket idle = new Socket(InetAddress.getLoopbackAddress(), port)) {
      idle.setSoTimeout(20_000);

      apply("limits.idle-timeout: 1");

      assertThat(idle.getInputStream().read()).isEqualTo(-1);
    }
  }

  @Test
  void aShorterLivenessHoldsForNewRegistrations() throws Exception {
    apply("liveness: 1");
    assertThat(status("PUT", "/s/1", "{}")).isEqualTo(204);
    Eventually.passes(() -> assertThat(status("GET", "/s/1", "")).isEqualTo(404));
  }

  @Test
  void ofTwoChangesInARowTheLastOneHolds() throws Exception {
    Future<Void> first = text("limits: {header-bytes: 1KiB, document-bytes: 10}\n");
    Future<Void> second = text("limits: {header-bytes: 32KiB, document-bytes: 20}\n");
    second.await(20, TimeUnit.SECONDS);

    assertThat(first.succeeded()).isTrue();
    try (Line line = new Line(port)) {
      assertThat(line.send("GET", "/s", "", "x: " + "y".repeat(20_000)).status())
          .isEqualTo(200);
    }
    assertThat(status("PUT", "/s/1", "{\"a\":\"bcdefg\"}")).isEqualTo(204);
    assertThat(status("PUT", "/s/1", "{\"a\":\"bcdefghijklmnopqr\"}")).isEqualTo(413);
  }

  @Test
  void aFaultyChangeLeavesTheOldSettingsUntilACorrectOne() throws Exception {
    assertThatThrownBy(() -> apply("limits.document-bytes: 10\nlivenes: 3\n"))
        .hasMessage("f.yml:2: livenes: unknown key, did you mean liveness?");
    assertThat(status("PUT", "/s/1", "{\"a\":\"0123456789\"}")).isEqualTo(204);

    apply("limits.document-bytes: 10\n");
    assertThat(status("PUT", "/s/1", "{\"a\":\"0123456789\"}")).isEqualTo(413);
  }

  /** A limit of the server itself needs another server; the port stays open meanwhile. */
  @ParameterizedTest
  @ValueSource(
      strings = {"document-bytes: 128KiB", "header-bytes: 32KiB", "request-line-bytes: 128KiB"})
  void aChangedLimitDisturbsNoRequest(String limit) throws Exception {
    try (Line unfinished = new Line(port)) {
      unfinished.write(
          "PUT /s/1 HTTP/1.1\r\nHost: hera\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n");
      assertThat(unfinished.readAny("PUT").status()).isEqualTo(100);

      Future<Void> applied = text("limits." + limit);
      for (int i = 0; i < 100; i++) {
        assertThat(statusOnAnotherConnection()).isEqualTo(200);
      }
      unfinished.write("{}");
      assertThat(unfinished.readAny("PUT").status()).isEqualTo(204);
      while (!applied.isComplete()) {
        assertThat(statusOnAnotherConnection()).isEqualTo(200);
      }
    }
    assertThat(status("GET", "/s/1", "")).isEqualTo(200);
  }

  /** The servers share one socket, which stays open: the port is never free. */
  @Test
  void anotherServerCannotTakeThePortWhileALimitChanges() throws Exception {
    InetAddress loopback = InetAddress.getLoopbackAddress();
    Future<Void> applied = text("limits.header-bytes: 32KiB");
    do {
      assertThatThrownBy(() -> new ServerSocket(port, 1, loopback).close())
          .isInstanceOf(BindException.class);
    } while (!applied.isComplete());
    assertThat(applied.succeeded()).isTrue();
    assertThat(status("GET", "/_health/ready", "")).isEqualTo(200);
  }

  /** Asks again, as clients do, if the server ends the new connection before it has read the request. */
  private int statusOnAnotherConnection() {
    for (int tries = 0; tries < TRIES_MAX; tries++) {
      try (Line line = new Line(port)) {
        line.write("GET /_health/ready HTTP/1.1\r\nHost: hera\r\n\r\n");
        return line.readAny("GET").status();
      } catch (UncheckedIOException ended) {
        assertThat(ended.getCause()).isNotInstanceOf(ConnectException.class);
      }
    }
    return 0;
  }

  @Test
  void aNodeCanBeStoppedWhileALimitChanges() throws Exception {
    try (Line unfinished = new Line(port)) {
      unfinished.write(
          "PUT /s/1 HTTP/1.1\r\nHost: hera\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n");
      assertThat(unfinished.readAny("PUT").status()).isEqualTo(100);
      Future<Void> changed = text("limits.header-bytes: 32KiB");
      node.stop().await(20, TimeUnit.SECONDS);

      Eventually.passes(() -> assertThat(changed.isComplete()).isTrue());
    }
    assertThatThrownBy(() -> new Line(port).close()).hasMessageContaining("refused");
  }
}

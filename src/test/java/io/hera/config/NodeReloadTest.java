package io.hera.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.hera.Node;
import io.hera.http.HttpDeployment;
import io.hera.testkit.Eventually;
import io.hera.testkit.Http;
import io.hera.testkit.Line;
import io.hera.testkit.Ports;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.LoggerFactory;

/** A running node whose settings change. */
@Timeout(120)
class NodeReloadTest {
  private static final String LONG_LINE = "/s?" + "x".repeat(3_000);

  private final Vertx vertx = Vertx.vertx();
  private final int port = Ports.free();
  private final ConfigLoader loader =
      new ConfigLoader(new JsonObject().put("name", "a").put("port", port), Map.of());
  private final Logger logger = (Logger) LoggerFactory.getLogger(HttpDeployment.class);
  private final ListAppender<ILoggingEvent> log = new ListAppender<>();
  private Node node;
  private Reload reload;
  private Future<Void> changed;

  @BeforeEach
  void start() {
    log.start();
    logger.addAppender(log);
    logger.setLevel(Level.INFO);
    Config config = loader.config();
    node = Node.start(vertx, config).await();
    reload = new Reload(loader, "f.yml", config, node::reconfigure);
    Eventually.passes(() -> assertThat(status("GET", "/_health/ready", "")).isEqualTo(200));
  }

  @AfterEach
  void stop() {
    node.stop().await();
    vertx.close().await();
    logger.detachAppender(log);
    logger.setLevel(null);
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
        "limits.document-depth: 1 | POST | /_batch | {'s':{'2':{'a':{'b':[]}}}} | 200 | 400",
        "limits.services: 1 | PUT | /t/1 | {} | 204 | 507",
        "limits.instances: 1 | PUT | /s/2 | {} | 204 | 507",
        "limits.total-bytes: 1024 | PUT | /s/2 | {} | 204 | 507",
        "limits.request-line-bytes: 1KiB | GET | long | '' | 200 | 414",
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

  /** Makes a request to create an instance a creation again. */
  private void forget(String target) {
    status("DELETE", target.startsWith("/_") ? "/s/2" : target, "");
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

  @Test
  void aServerWhosePortIsTakenListensAgainOnceThePortIsFree() throws Exception {
    Future<Void> rebound;
    Future<Void> next;
    try (ServerSocket taken = changeHeadersAndTakeThePort()) {
      rebound = changed;
      Eventually.passes(() -> assertThat(log.list)
          .extracting(ILoggingEvent::getFormattedMessage)
          .singleElement()
          .asString()
          .startsWith("not listening, will try again address=localhost:" + taken.getLocalPort()));
      next = text("limits: {header-bytes: 32KiB, document-bytes: 10}\n");
      assertThat(rebound.isComplete()).isFalse();
      assertThat(next.isComplete()).isFalse();
    }
    next.await(30, TimeUnit.SECONDS);

    assertThat(rebound.succeeded()).isTrue();
    assertThat(status("GET", "/_health/ready", "")).isEqualTo(200);
    assertThat(status("GET", "/s/1", "")).isEqualTo(200);
    assertThat(status("PUT", "/s/2", "{\"a\":\"0123456789\"}")).isEqualTo(413);
    try (Line line = new Line(port)) {
      assertThat(line.send("GET", "/s", "", "x: " + "y".repeat(20_000)).status())
          .isEqualTo(200);
    }
    assertThat(log.list)
        .extracting(event -> event.getLevel() + " " + event.getFormattedMessage())
        .last()
        .isEqualTo("INFO listening again address=localhost:" + port);
  }

  @Test
  void aNodeThatWaitsForItsPortCanBeStopped() throws Exception {
    try (ServerSocket taken = changeHeadersAndTakeThePort()) {
      Eventually.passes(() -> assertThat(log.list).hasSize(1));
      node.stop().await(20, TimeUnit.SECONDS);

      assertThatThrownBy(() -> changed.await(20, TimeUnit.SECONDS)).hasMessage("the node stops");
      assertThat(taken.isBound()).isTrue();
    }
  }

  /**
   * Changes a limit that needs a new bind, and takes the port: while the last request is in flight, the node has closed its
   * listening socket and not yet bound another.
   */
  private ServerSocket changeHeadersAndTakeThePort() throws IOException {
    try (Line inFlight = new Line(port)) {
      inFlight.write(
          "PUT /s/1 HTTP/1.1\r\nHost: hera\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n");
      assertThat(inFlight.readAny("PUT").status()).isEqualTo(100);
      changed = text("limits.header-bytes: 32KiB");
      AtomicReference<ServerSocket> taken = new AtomicReference<>();
      Eventually.passes(
          () -> taken.set(new ServerSocket(port, 1, InetAddress.getLoopbackAddress())));
      inFlight.write("{}");
      assertThat(inFlight.readAny("PUT").status()).isEqualTo(204);
      return taken.get();
    }
  }
}

package io.hera.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.hera.store.Readiness;
import io.hera.testkit.Line;
import io.hera.testkit.Ports;
import io.hera.testkit.ServedNode;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Endpoints with defects: no client is left without an answer or the end of its connection. */
@Timeout(60)
class DefectsTest {
  private static final int PORT = Ports.free();

  private final Vertx vertx = Vertx.vertx();

  /** An endpoint that fails in its own way. */
  private record Failing(String path, Consumer<Exchange> way) implements Endpoint {
    @Override
    public Route route() {
      return Route.read(path, Parameters.NONE, Right.NONE);
    }

    @Override
    public void handle(Exchange exchange) {
      way.accept(exchange);
    }
  }

  @BeforeEach
  void start() {
    List<Endpoint> endpoints = List.of(
        new Failing(Endpoint.ALL_SERVICES, exchange -> fail()),
        new Failing(Endpoint.ONE_SERVICE, exchange -> vertx.setTimer(1, due -> fail())),
        new Failing(Endpoint.ONE_INSTANCE, exchange -> {
          exchange.begin(ReplyHeaders.JSON);
          exchange.write(Buffer.buffer("{"));
          fail();
        }),
        new Failing("/_routed", exchange -> fail()),
        new Failing(
            "/_future",
            exchange -> vertx.timer(1).onSuccess(due -> {
              throw new IllegalStateException("a defect for a test");
            })));
    HttpSettings settings = new HttpSettings("127.0.0.1", PORT, 64 << 10, 16 << 10, true);
    vertx
        .deployVerticle(new HttpVerticle(
            settings,
            ServedNode.context("a", new Readiness(), new RequestCounters(), ServedNode.LIMITS),
            context -> Future.succeededFuture(endpoints),
            () -> false))
        .await();
  }

  @AfterEach
  void stop() {
    vertx.close().await();
  }

  private static void fail() {
    throw new StackOverflowError("a defect for a test");
  }

  private static Line asked(String target) {
    return new Line(PORT).write(Line.request("GET", target, new byte[0]));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/service", "/_routed", "/_future"})
  void aDefectIsAnswered(String target) {
    try (Line line = asked(target)) {
      assertThat(line.readAny("GET").status()).isEqualTo(500);
      assertThat(line.write(Line.request("GET", target, new byte[0]))
              .readAny("GET")
              .status())
          .isEqualTo(500);
    }
  }

  @Test
  void aDefectAfterTheBeginningOfAReplyEndsTheConnection() throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), PORT)) {
      socket.setSoTimeout(20_000);
      socket.getOutputStream().write(Line.request("GET", "/service/id", new byte[0]));
      String reply = new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
      assertThat(reply).startsWith("HTTP/1.1 200 OK\r\n").endsWith("\r\n1\r\n{\r\n");
    }
  }
}

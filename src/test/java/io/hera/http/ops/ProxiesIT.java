package io.hera.http.ops;

import static org.assertj.core.api.Assertions.assertThat;

import io.hera.testkit.EventClient;
import io.hera.testkit.Eventually;
import io.hera.testkit.Http;
import io.hera.testkit.Line;
import io.hera.testkit.Ports;
import io.hera.testkit.ProxyProcess;
import io.hera.testkit.ProxyProcess.Proxy;
import io.hera.testkit.Reply;
import io.hera.testkit.ServedNode;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Nodes behind the proxies of {@code conf}, as these files have them; only the ports are others. */
@Timeout(120)
class ProxiesIT {
  private final ServedNode one = ServedNode.ready();
  private final ServedNode two = ServedNode.ready();
  private final int port = Ports.free();
  private Optional<ProxyProcess> process = Optional.empty();

  @TempDir
  private Path folder;

  private void start(Proxy proxy) throws IOException {
    String file = proxy == Proxy.NGINX ? "nginx.conf" : "haproxy.cfg";
    String text = Files.readString(Path.of("conf", file))
        .replace("8080", "" + one.port())
        .replace("8081", "" + two.port())
        .replace("8090", "" + port);
    process = Optional.of(ProxyProcess.start(proxy, folder, text).awaitOk(port, "/_health/ready"));
  }

  @AfterEach
  void stop() {
    process.ifPresent(ProxyProcess::close);
    one.close();
    two.close();
  }

  @ParameterizedTest
  @EnumSource
  void aProxyPassesNamesTagsAndLargeBatchesOn(Proxy proxy) throws IOException {
    start(proxy);
    assertThat(Http.put(port, "/a%3Fb/c%20d", "{\"n\":1}")).isEqualTo(204);
    assertThat(one.document("/a%3Fb/c%20d")).isEqualTo("{\"n\":1}");
    HttpResponse<String> read = Http.send("GET", port, "/a%3Fb", "");
    assertThat(read.body()).isEqualTo("{\"c d\":{\"n\":1}}");
    String tag = read.headers().firstValue("ETag").orElseThrow();
    assertThat(Http.statusIfNoneMatch(port, "/a%3Fb", tag)).isEqualTo(304);

    String large =
        "{\"s\":{\"1\":{\"x\":\"" + "y".repeat(60_000) + "\"}}" + " ".repeat(3 << 20) + "}";
    assertThat(Http.send("POST", port, "/_batch", large).body()).isEqualTo("{\"errors\":{}}");
  }

  @ParameterizedTest
  @EnumSource
  void aWaitAndAStreamAreNotHeldBack(Proxy proxy) throws Exception {
    start(proxy);
    one.register("/s/1", "{\"n\":1}");
    String tag = Http.send("GET", port, "/s", "").headers().firstValue("ETag").orElseThrow();
    CompletableFuture<Integer> wait =
        CompletableFuture.supplyAsync(() -> Http.statusIfNoneMatch(port, "/s?wait=9s", tag));
    try (EventClient events = new EventClient(port, "/s", "")) {
      assertThat(events.next().data()).isEqualTo("{\"1\":{\"n\":1}}");
      Eventually.passes(() -> assertThat(one.status().getLong("watchers")).isEqualTo(2));

      one.register("/s/1", "{\"n\":2}");

      assertThat(events.next().data()).contains("\"n\":2");
      assertThat(wait.get()).isEqualTo(200);
    }
  }

  @ParameterizedTest
  @EnumSource
  void noRequestFailsWhenANodeStops(Proxy proxy) throws IOException {
    start(proxy);
    assertThat(Http.put(port, "/s/1", "{}")).isEqualTo(204);
    one.close();
    for (String method : List.of("PUT", "GET", "PUT")) {
      assertThat(
              Http.send(method, port, "/s/1", method.equals("PUT") ? "{}" : "").statusCode())
          .isIn(200, 204);
    }
    assertThat(Http.send("POST", port, "/_batch", "{\"s\":{\"2\":{}}}").statusCode())
        .isEqualTo(200);
    assertThat(two.document("/s")).isEqualTo("{\"1\":{},\"2\":{}}");
  }

  @ParameterizedTest
  @EnumSource
  void aBrowserIsKnownByTheNameThatItUsed(Proxy proxy) throws IOException {
    start(proxy);
    try (Line line = new Line(port)) {
      Reply reply = line.write("GET /s HTTP/1.1\r\nHost: registry.example\r\nCookie: a=b\r\n\r\n")
          .readAny("GET");
      reply.isProblem(421, "unknown-host");
    }
    try (Line line = new Line(port)) {
      Reply reply = line.write("GET /s HTTP/1.1\r\nHost: localhost:" + port + "\r\n"
              + "Origin: http://localhost:" + port + "\r\n\r\n")
          .readAny("GET");
      assertThat(reply.status()).isEqualTo(200);
    }
  }
}

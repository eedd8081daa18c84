package io.hera.http.ops;

import static org.assertj.core.api.Assertions.assertThat;

import io.hera.testkit.Http;
import io.hera.testkit.Ports;
import io.hera.testkit.ProxyProcess;
import io.hera.testkit.ProxyProcess.Proxy;
import io.hera.testkit.ServedNode;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Two clusters of one node each behind the proxies of {@code conf} that choose one by the service;
 * only the ports are others.
 */
@Timeout(120)
class ShardsIT {
  private static final List<String> SERVICES =
      IntStream.range(0, 20).mapToObj(n -> "/service-" + n).toList();
  private static final String ALL = "{\"1\":{},\"2\":{},\"3\":{}}";

  private final ServedNode one = ServedNode.ready();
  private final ServedNode two = ServedNode.ready();
  private final int port;
  private final int none;
  private Optional<ProxyProcess> process = Optional.empty();

  @TempDir
  private Path folder;

  ShardsIT() {
    List<Integer> ports = Ports.free(2);
    port = ports.get(0);
    none = ports.get(1);
  }

  private void start(Proxy proxy) throws IOException {
    String file = proxy == Proxy.NGINX ? "nginx-shards.conf" : "haproxy-shards.cfg";
    String text = Files.readString(Path.of("conf", file))
        .replace("8080", "" + one.port())
        .replace("8082", "" + two.port())
        .replaceAll("808[13]", "" + none)
        .replace("8090", "" + port);
    process = Optional.of(ProxyProcess.start(proxy, folder, text));
    SERVICES.forEach(service -> process.orElseThrow().awaitOk(port, service));
  }

  @AfterEach
  void stop() {
    process.ifPresent(ProxyProcess::close);
    one.close();
    two.close();
  }

  private void register() {
    for (String service : SERVICES) {
      for (String id : List.of("1", "2", "3")) {
        assertThat(Http.put(port, service + "/" + id, "{}")).isEqualTo(204);
      }
    }
  }

  private static List<String> held(ServedNode node) {
    return SERVICES.stream()
        .filter(service -> node.document(service).equals(ALL))
        .toList();
  }

  @ParameterizedTest
  @EnumSource
  void eachServiceIsWholeInOneClusterAndFoundThroughTheProxy(Proxy proxy) throws IOException {
    start(proxy);
    register();
    assertThat(SERVICES).allSatisfy(service -> {
      assertThat(Http.get(port, service)).isEqualTo(ALL);
      assertThat(List.of(one.document(service), two.document(service)))
          .containsExactlyInAnyOrder(ALL, "{}");
    });
    assertThat(held(one)).hasSizeBetween(5, 15);
  }

  @ParameterizedTest
  @EnumSource
  void aNameIsOneServiceHoweverItIsEscaped(Proxy proxy) throws IOException {
    start(proxy);
    for (int n = 0; n < 10; n++) {
      assertThat(Http.put(port, "/%61%3A%3F" + n + "/c%20d", "{}")).isEqualTo(204);
      assertThat(Http.get(port, "/a:%3f" + n)).isEqualTo("{\"c d\":{}}");
    }
  }

  @ParameterizedTest
  @EnumSource
  void pathsOfAWholeClusterAreRefused(Proxy proxy) throws IOException {
    start(proxy);
    for (String path : List.of("/", "/_export", "/_events", "/%5fexport")) {
      isRefused(Http.send("GET", port, path, ""));
    }
    isRefused(Http.send("POST", port, "/_batch", "{\"s\":{\"1\":{}}}"));
    assertThat(List.of(one.document("/"), two.document("/"))).containsOnly("{}");
  }

  private static void isRefused(HttpResponse<String> answer) {
    assertThat(answer.statusCode()).isBetween(400, 404);
    assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
    assertThat(answer.body()).startsWith("{\"type\":\"urn:hera:problem:");
  }

  @ParameterizedTest
  @EnumSource
  void noOtherClusterTakesTheServicesOfOneThatIsDown(Proxy proxy) throws IOException {
    start(proxy);
    register();
    List<String> gone = held(two);
    two.close();
    assertThat(gone).isNotEmpty().allSatisfy(service -> {
      assertThat(Http.put(port, service + "/1", "{}")).isBetween(502, 504);
      assertThat(one.document(service)).isEqualTo("{}");
    });
    assertThat(held(one))
        .isNotEmpty()
        .allSatisfy(service -> assertThat(Http.get(port, service)).isEqualTo(ALL));
  }
}

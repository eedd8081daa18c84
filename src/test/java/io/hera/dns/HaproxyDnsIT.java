package io.hera.dns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.net.httpserver.HttpServer;
import io.hera.testkit.Eventually;
import io.hera.testkit.Http;
import io.hera.testkit.Ports;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** HAProxy in front of servers that it finds by DNS, with the file in {@code conf}; only addresses and times are others. */
@Timeout(120)
class HaproxyDnsIT {
  @AutoClose
  private final DnsNode dns = DnsNode.ready();

  private final int port = Ports.free();
  private final Map<String, HttpServer> servers = new TreeMap<>();
  private Optional<Process> process = Optional.empty();

  @TempDir
  private Path folder;

  @AfterEach
  void stop() {
    process.ifPresent(Process::destroyForcibly);
    servers.values().forEach(server -> server.stop(0));
  }

  private void start() throws IOException {
    Optional<Path> program = Stream.concat(
            Stream.of(System.getenv("PATH").split(":", -1)), Stream.of("/usr/sbin"))
        .map(place -> Path.of(place, "haproxy"))
        .filter(file -> file.toFile().canExecute())
        .findFirst();
    assumeTrue(program.isPresent(), "haproxy is missing: scripts/test --install installs it");
    String text = Files.readString(Path.of("conf/haproxy-dns.cfg"))
        .replaceAll("10\\.0\\.0\\.[12]:8600", "127.0.0.1:" + dns.port)
        .replace("8090", "" + port)
        .replace("timeout resolve 1s", "timeout resolve 200ms")
        .replace("hold obsolete 30s", "hold obsolete 1s")
        .replace("hold valid 10s", "hold valid 200ms")
        .replace("hold nx 5s", "hold nx 1s");
    Path file = Files.writeString(folder.resolve("haproxy.cfg"), text);
    process = Optional.of(new ProcessBuilder(program.get().toString(), "-db", "-f", file.toString())
        .redirectErrorStream(true)
        .redirectOutput(folder.resolve("haproxy.log").toFile())
        .start());
  }

  /** Starts a server that answers with its name, and registers it. */
  private void serve(String name, int weight) throws IOException {
    HttpServer server = HttpServer.create(new InetSocketAddress(DnsNode.ip("127.0.0.1"), 0), 50);
    byte[] body = name.getBytes(StandardCharsets.UTF_8);
    server.createContext("/", exchange -> {
      exchange.sendResponseHeaders(200, body.length);
      exchange.getResponseBody().write(body);
      exchange.close();
    });
    server.start();
    servers.put(name, server);
    dns.node.register(
        "/orders/" + name,
        "{\"host\":\"127.0.0.1\",\"port\":" + server.getAddress().getPort() + ",\"weight\":"
            + weight + "}");
  }

  /** Returns name → answers, of so many requests. */
  private Map<String, Integer> answers(int requests) {
    Map<String, Integer> answers = new TreeMap<>();
    for (int i = 0; i < requests; i++) {
      HttpResponse<String> answer = Http.send("GET", port, "/", "");
      answers.merge(answer.statusCode() == 200 ? answer.body() : "none", 1, Integer::sum);
    }
    return answers;
  }

  @Test
  void haproxyFollowsInstancesAndTheirWeights() throws IOException {
    serve("a", 1);
    serve("b", 3);
    start();
    Eventually.passes(() -> assertThat(answers(8)).isEqualTo(Map.of("a", 2, "b", 6)));

    serve("c", 0);
    dns.node.send("DELETE", "/orders/a", "");
    Eventually.passes(() -> assertThat(answers(8)).isEqualTo(Map.of("b", 8)));
  }

  @Test
  void haproxyKeepsItsServersWhileTheNodeIsNotReady() throws IOException {
    serve("a", 1);
    start();
    Eventually.passes(() -> assertThat(answers(4)).isEqualTo(Map.of("a", 4)));
    long before = failures();
    dns.node.readiness.stop();
    Eventually.passes(() -> assertThat(failures()).isGreaterThan(before + 2));
    assertThat(answers(4)).isEqualTo(Map.of("a", 4));
  }

  private long failures() {
    return dns.report().queries().getOrDefault("udp SRV SERVFAIL", 0L);
  }
}

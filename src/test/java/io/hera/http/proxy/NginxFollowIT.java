package io.hera.http.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.hera.testkit.Eventually;
import io.hera.testkit.Http;
import io.hera.testkit.NamedServer;
import io.hera.testkit.Ports;
import io.hera.testkit.ProxyProcess;
import io.hera.testkit.ProxyProcess.Proxy;
import io.hera.testkit.ServedNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The script {@code conf/nginx-follow}, with nginx and without. */
@Timeout(120)
class NginxFollowIT {
  private static final String SCRIPT = "conf/nginx-follow";

  private final ServedNode first = ServedNode.ready();
  private final ServedNode second = ServedNode.recovering();
  private final Map<String, NamedServer> servers = new TreeMap<>();
  private final int port = Ports.free();
  private Optional<Process> script = Optional.empty();
  private Optional<ProxyProcess> nginx = Optional.empty();

  @TempDir
  private Path folder;

  private Path file;

  @BeforeEach
  void place() throws IOException {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/curl")), "curl is missing");
    second.endRecovery();
    file = folder.resolve("orders.servers");
    for (String name : List.of("a", "b", "c", "d")) {
      servers.put(name, new NamedServer(name));
    }
  }

  @AfterEach
  void stop() {
    script.ifPresent(process -> {
      process.destroy();
      process.onExit().join();
    });
    nginx.ifPresent(ProxyProcess::close);
    servers.values().forEach(NamedServer::close);
    first.close();
    second.close();
  }

  private void follow(String reload) throws IOException {
    ProcessBuilder command = new ProcessBuilder(
            SCRIPT, "orders", file.toString(), url(first), url(second))
        .redirectErrorStream(true)
        .redirectOutput(folder.resolve("script.txt").toFile());
    command.environment().put("RELOAD", reload);
    command.environment().put("PAUSE", "0.1");
    script = Optional.of(command.start());
  }

  private static String url(ServedNode node) {
    return "http://127.0.0.1:" + node.port();
  }

  private void register(ServedNode node, String name, String more) {
    int at = servers.get(name).port();
    node.register("/orders/" + name, "{\"host\":\"127.0.0.1\",\"port\":" + at + more + "}");
  }

  private void awaitFile(String... lines) {
    Eventually.passes(() -> assertThat(Files.readAllLines(file)).containsExactly(lines));
  }

  private String line(String name, String more) {
    return "server 127.0.0.1:" + servers.get(name).port() + more + ";";
  }

  @Test
  void nginxFollowsInstancesAndARestartAndNoRequestFails() throws IOException {
    register(first, "a", "");
    register(second, "a", "");
    follow(ProxyProcess.reload(folder));
    awaitFile(line("a", " weight=1"));
    nginx = Optional.of(ProxyProcess.start(Proxy.NGINX, folder, """
            upstream orders { include orders.servers; }
            server {
              listen 127.0.0.1:PORT;
              keepalive_timeout 0;
              location / { proxy_pass http://orders; }
            }
            """.replace("PORT", "" + port)));
    nginx.get().awaitOk(port, "/");
    try (Requests requests = new Requests()) {
      changes(first);
      register(second, "b", ",\"weight\":2");
      first.close();
      requests.await(100);
      second.synchronise();
      awaitFile(line("a", " weight=1"), line("b", " weight=2"));
      changes(second);
      requests.await(1_000);
      assertThat(requests.answers).containsOnlyKeys("a", "b", "c", "d");
    }
  }

  /** Eleven changes, which leave the instance a only. */
  private void changes(ServedNode node) {
    for (String name : List.of("b", "c", "d")) {
      register(node, name, "");
      awaitServed("a", name);
      register(node, name, ",\"status\":\"draining\"");
      awaitServed("a");
      node.send("DELETE", "/orders/" + name, "").isDone();
    }
    register(node, "b", ",\"weight\":0");
    awaitFile(line("a", " weight=1"), line("b", " down"));
    node.send("DELETE", "/orders/b", "").isDone();
    awaitServed("a");
  }

  private void awaitServed(String... names) {
    Eventually.passes(() -> {
      TreeSet<String> answers = new TreeSet<>();
      for (int i = 0; i < 8; i++) {
        answers.add(Http.get(port, "/"));
      }
      assertThat(answers).containsExactly(names);
    });
  }

  /** Requests that go on until they are closed, and fail then if one of them failed. */
  private final class Requests implements AutoCloseable {
    private final Map<String, AtomicInteger> answers = new ConcurrentHashMap<>();
    private final AtomicInteger sent = new AtomicInteger();
    private final AtomicBoolean ended = new AtomicBoolean();
    private final List<CompletableFuture<Void>> clients = new ArrayList<>();

    Requests() {
      for (int i = 0; i < 2; i++) {
        clients.add(CompletableFuture.runAsync(this::send));
      }
    }

    private void send() {
      while (!ended.get()) {
        var answer = Http.send("GET", port, "/", "");
        String said = answer.statusCode() == 200 ? answer.body() : "" + answer.statusCode();
        answers.computeIfAbsent(said, any -> new AtomicInteger()).incrementAndGet();
        sent.incrementAndGet();
      }
    }

    /** Waits for so many more. */
    void await(int more) {
      int until = sent.get() + more;
      Eventually.passes(() -> assertThat(sent.get()).isGreaterThanOrEqualTo(until));
    }

    @Override
    public void close() {
      ended.set(true);
      clients.forEach(CompletableFuture::join);
    }
  }

  @Test
  void aFileThatIsRefusedIsReplacedByTheFormerOne() throws IOException {
    register(first, "a", "");
    follow("grep -q weight=2 " + file);
    awaitFile(line("a", " weight=1"));
    register(first, "a", ",\"weight\":2");
    awaitFile(line("a", " weight=2"));
    register(first, "a", ",\"weight\":3");
    Eventually.passes(() -> assertThat(Files.readString(folder.resolve("script.txt")))
        .contains("orders.servers is as before"));
    awaitFile(line("a", " weight=2"));
    register(first, "a", ",\"weight\":20");
    awaitFile(line("a", " weight=20"));
  }

  @Test
  void withoutInstancesAndWithoutNodesThereIsAFileThatNginxTakes() throws IOException {
    follow("true");
    awaitFile("server 127.0.0.1:9 down;");
    register(first, "a", "");
    awaitFile(line("a", " weight=1"));
    first.close();
    Eventually.passes(
        () -> assertThat(Files.readString(folder.resolve("script.txt"))).contains("503"));
    awaitFile(line("a", " weight=1"));
  }
}

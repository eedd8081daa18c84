package io.hera.http.eureka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.hera.testkit.ServedNode;
import io.vertx.core.json.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Netflix' own clients, version 1 by Jersey 1 and version 2 by Jersey 3, in a process of their own: the class paths of both contradict
 * each other, and that of Hera.
 */
@Timeout(180)
class EurekaClientIT {
  private static final Path SOURCE = Path.of("src/test/eureka/EurekaProgram.java");
  private static final int ROUNDS = 200;

  @AutoClose
  private final ServedNode node = ServedNode.ready();

  @TempDir
  private Path folder;

  /** A running client: it does what it is sent, a word a line. */
  private record Client(Process process, Writer in, BufferedReader out) implements AutoCloseable {
    String says(String word) {
      try {
        in.write(word + "\n");
        in.flush();
        return line();
      } catch (IOException failure) {
        throw new UncheckedIOException(failure);
      }
    }

    String line() throws IOException {
      String line = out.readLine();
      assertThat(line).as("the client has ended").isNotNull();
      return line;
    }

    /** Lets it shut down, as at the end of an application. */
    void shutDown() throws IOException {
      in.close();
      assertThat(line()).isEqualTo("stopped");
    }

    @Override
    public void close() {
      process.destroyForcibly();
    }
  }

  private Client start(String version) throws IOException {
    Path jars = Path.of("target/eureka-client-" + version);
    assumeTrue(
        Files.isDirectory(jars), "Netflix' client is missing: scripts/test --install brings it");
    Process process = new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-cp",
            jars + "/*",
            SOURCE.toString(),
            "http://127.0.0.1:" + node.port() + "/eureka/",
            "orders",
            "h1:orders:1")
        .redirectError(folder.resolve("client.log").toFile())
        .start();
    Client client = new Client(
        process,
        new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8),
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8)));
    assertThat(client.line()).isEqualTo("started");
    return client;
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "2"})
  void aClientRegistersComesBackByItselfKeepsItsOverrideAndCancels(String version)
      throws IOException {
    try (Client client = start(version)) {
      assertThat(client.says("register")).isEqualTo("true");
      assertThat(client.says("renew")).isEqualTo("true");
      assertThat(client.says("fetch")).isEqualTo("true ORDERS/h1:orders:1=UP");
      assertThat(new JsonObject(node.document("/orders/h1:orders:1")).getString("status"))
          .isEqualTo("up");

      node.send("DELETE", "/orders/h1:orders:1", "").isDone();
      assertThat(client.says("fetch")).isEqualTo("true ");
      assertThat(client.says("renew")).isEqualTo("true");
      assertThat(client.says("fetch")).isEqualTo("true ORDERS/h1:orders:1=UP");

      String status = "/eureka/apps/ORDERS/h1:orders:1/status?value=OUT_OF_SERVICE";
      assertThat(node.send("PUT", status, "").status()).isEqualTo(200);
      assertThat(client.says("renew")).isEqualTo("true");
      assertThat(client.says("register")).isEqualTo("true");
      assertThat(client.says("fetch")).isEqualTo("true ORDERS/h1:orders:1=OUT_OF_SERVICE");

      client.shutDown();
      assertThat(node.get("/orders").body()).isEqualTo("{}");
    }
  }

  /** Documents that no client of Eureka has written, bad ones among them. */
  @ParameterizedTest
  @ValueSource(strings = {"1", "2"})
  void afterEachFetchAClientHasTheListOfTheNode(String version) throws IOException {
    Random random = new Random(11);
    try (Client client = start(version)) {
      for (int round = 0; round < ROUNDS; round++) {
        for (int i = random.nextInt(4); i > 0; i--) {
          String target = "/s" + random.nextInt(3) + "/i" + random.nextInt(5);
          if (random.nextInt(3) == 0) {
            node.send("DELETE", target, "").isDone();
          } else {
            node.register(target, document(random));
          }
        }
        assertThat(client.says("fetch").strip()).as("round %d", round).isEqualTo(expected());
      }
    }
  }

  private static String document(Random random) {
    String[] statuses = {"up", "ok", "down", "drain", "starting"};
    String[] others = {
      "\"eureka\":{\"dataCenterInfo\":{\"@class\":\"evil.Class\",\"name\":\"Evil\"},\"status\":\"BAD\"}",
      "\"metadata\":{\"@class\":\"evil.Class\",\"a b\":\"\\u0001<\",\"o\":{\"x\":[1]},\"n\":null}",
      "\"port\":80,\"eureka\":{\"leaseInfo\":{\"durationInSecs\":-1},\"overriddenStatus\":7}",
      "\"eureka\":{\"dataCenterInfo\":{\"name\":\"Amazon\",\"metadata\":{\"local-ipv4\":\"x\",\"y\":[]}}}"
    };
    String other = others[random.nextInt(others.length)];
    return "{\"host\":\"10.1.1." + random.nextInt(4) + "\",\"status\":\""
        + statuses[random.nextInt(statuses.length)] + "\"," + other
        + (other.startsWith("\"port\"") ? "" : ",\"port\":81") + "}";
  }

  private String expected() {
    TreeSet<String> all = new TreeSet<>();
    node.get("/_export")
        .json()
        .forEach(service -> ((JsonObject) service.getValue())
            .forEach(instance -> all.add(service.getKey().toUpperCase(Locale.ROOT) + "/"
                + instance.getKey() + "=" + status((JsonObject) instance.getValue()))));
    return ("true " + String.join(" ", all)).strip();
  }

  private static String status(JsonObject document) {
    return switch (document.getString("status")) {
      case "down" -> "DOWN";
      case "drain" -> "OUT_OF_SERVICE";
      case "starting" -> "STARTING";
      default -> "UP";
    };
  }
}

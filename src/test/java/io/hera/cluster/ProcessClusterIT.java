package io.hera.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.hera.testkit.Eventually;
import io.hera.testkit.HeraProcess;
import io.hera.testkit.Http;
import io.hera.testkit.Ports;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests three processes of the jar on loopback: gossip, a kill, a restart, expiry. */
class ProcessClusterIT {
  private static final List<String> NAMES = List.of("a", "b", "c");

  private final List<Integer> ports = Ports.free(3);
  private final Map<String, HeraProcess> processes = new HashMap<>();

  @TempDir
  private Path folder;

  private Path file;

  @BeforeEach
  void start() throws IOException {
    StringBuilder yaml = new StringBuilder("gossip-interval: 1\ncluster:\n");
    for (int i = 0; i < 3; i++) {
      yaml.append("  %s: {host: 127.0.0.1, port: %d}%n".formatted(NAMES.get(i), ports.get(i)));
    }
    file = Files.writeString(folder.resolve("hera.yml"), yaml);
    NAMES.forEach(this::run);
    NAMES.forEach(name -> processes.get(name).awaitOk(port(name), "/_health/ready"));
  }

  @AfterEach
  void stop() {
    processes.values().forEach(HeraProcess::close);
  }

  private void run(String name) {
    processes.put(name, HeraProcess.start("-c", file.toString(), "-n", name));
  }

  private int port(String name) {
    return ports.get(NAMES.indexOf(name));
  }

  private void shows(String name, String service, String json) {
    Eventually.passes(() -> assertThat(Http.get(port(name), "/" + service)).isEqualTo(json));
  }

  @Test
  void fiftyRegistrationsAtOneNodeReachAllNodesAndExpireThere() {
    for (int i = 0; i < 50; i++) {
      assertThat(Http.put(port("a"), "/web/" + i + "?ttl=6s", "{}")).isEqualTo(204);
    }
    for (String name : NAMES) {
      Eventually.passes(
          () -> assertThat(Http.get(port(name), "/")).isEqualTo("{\"web\":{\"instances\":50}}"));
    }
    for (String name : NAMES) {
      shows(name, "web", "{}");
    }
  }

  @Test
  void aKilledNodeGetsItsRegistrationsBackAndIsPulledAtOnce() {
    assertThat(Http.put(port("c"), "/web/1", "{\"n\":1}")).isEqualTo(204);
    shows("a", "web", "{\"1\":{\"n\":1}}");
    processes.get("c").kill();
    assertThat(Http.put(port("a"), "/web/2", "{\"n\":2}")).isEqualTo(204);
    run("c");
    processes.get("c").awaitOk(port("c"), "/_health/ready");
    assertThat(Http.get(port("c"), "/web/1")).isEqualTo("{\"n\":1}");
    assertThat(Http.put(port("c"), "/web/3", "{\"n\":3}")).isEqualTo(204);
    for (String name : NAMES) {
      shows(name, "web", "{\"1\":{\"n\":1},\"2\":{\"n\":2},\"3\":{\"n\":3}}");
    }
    assertThat(Http.send("GET", port("b"), "/web/1", "").headers().firstValue("hera-origin"))
        .contains("c");
  }
}

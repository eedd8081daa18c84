package io.hera.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.hera.testkit.Eventually;
import io.hera.testkit.Http;
import io.hera.testkit.ProcessCluster;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** Tests three processes of the jar on loopback: gossip, a kill, a restart, expiry. */
class ProcessClusterIT {
  private static final List<String> NAMES = List.of("a", "b", "c");

  @AutoClose
  private final ProcessCluster cluster =
      new ProcessCluster("gossip-interval: 1\n", NAMES).startAll();

  private void shows(String name, String service, String json) {
    Eventually.passes(
        () -> assertThat(Http.get(cluster.port(name), "/" + service)).isEqualTo(json));
  }

  @Test
  void fiftyRegistrationsAtOneNodeReachAllNodesAndExpireThere() {
    for (int i = 0; i < 50; i++) {
      assertThat(Http.put(cluster.port("a"), "/web/" + i + "?ttl=6s", "{}")).isEqualTo(204);
    }
    for (String name : NAMES) {
      Eventually.passes(() ->
          assertThat(Http.get(cluster.port(name), "/")).isEqualTo("{\"web\":{\"instances\":50}}"));
    }
    for (String name : NAMES) {
      shows(name, "web", "{}");
    }
  }

  @Test
  void aKilledNodeGetsItsRegistrationsBackAndIsPulledAtOnce() {
    assertThat(Http.put(cluster.port("c"), "/web/1", "{\"n\":1}")).isEqualTo(204);
    shows("a", "web", "{\"1\":{\"n\":1}}");
    cluster.process("c").kill();
    assertThat(Http.put(cluster.port("a"), "/web/2", "{\"n\":2}")).isEqualTo(204);
    cluster.start("c");
    cluster.awaitReady("c");
    assertThat(Http.get(cluster.port("c"), "/web/1")).isEqualTo("{\"n\":1}");
    assertThat(Http.put(cluster.port("c"), "/web/3", "{\"n\":3}")).isEqualTo(204);
    for (String name : NAMES) {
      shows(name, "web", "{\"1\":{\"n\":1},\"2\":{\"n\":2},\"3\":{\"n\":3}}");
    }
    assertThat(
            Http.send("GET", cluster.port("b"), "/web/1", "").headers().firstValue("hera-origin"))
        .contains("c");
  }
}

package io.hera.cli.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.hera.json.Malformed;
import io.hera.wire.NodeStatus;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What a doctor says of a cluster that switches TLS on. */
class SwitchOverLinesTest {
  private static final String TLS = ",\"tls\":{},\"security\":{}";
  private static final String QUIET = TLS
      + ",\"plaintext\":{\"requests\":9,\"clients\":{\"10.0.0.9\":{\"requests\":9,\"age_seconds\":3600}}}";
  private static final String PEER =
      "\"address\":\"h:1\",\"speaks\":\"v2\",\"way_tls\":%s,\"tls_error\":\"%s\"";

  private final Map<String, NodeStatus> nodes = new TreeMap<>();

  private void node(String name, long uptimeSeconds, boolean byTls, String more) throws Malformed {
    String json = "{\"node\":\"%s\",\"version\":\"1\",\"ready\":true,\"uptime_seconds\":%d,"
            .formatted(name, uptimeSeconds)
        + "\"instances\":0,\"services\":0,\"origins\":{},\"peers\":{\"x\":{"
        + PEER.formatted(byTls, byTls ? "" : "connection refused") + "}}" + more + "}";
    nodes.put(name, NodeStatus.parse(json.getBytes(StandardCharsets.UTF_8)));
  }

  private List<String> lines() {
    return new SwitchOver(nodes).lines();
  }

  @Test
  void aClusterWithoutPlaintextGetsNoLine() throws Malformed {
    node("a", 3_600, true, TLS);
    node("b", 3_600, true, "");
    assertThat(lines()).isEmpty();
  }

  @Test
  void afterAQuietHourPlaintextCanBeRemoved() throws Malformed {
    node("a", 3_600, true, QUIET);
    node("b", 10, true, TLS);
    assertThat(lines()).singleElement().asString().startsWith("plaintext can be removed,");
  }

  @Test
  void everythingThatIsMissingIsNamed() throws Malformed {
    node("a", 3_599, true, QUIET.replace("3600", "3599"));
    node("b", 3_600, false, QUIET);
    node("c", 3_600, true, "");
    assertThat(lines())
        .containsExactly(
            "plaintext cannot be removed yet:",
            "  a has been up for 60 min: it cannot know who came without TLS in the last hour",
            "  10.0.0.9 came to a without TLS, last 60 min ago",
            "  b asks x without TLS",
            "  c does not speak TLS");
  }

  @Test
  void ofManyClientsSomeAreNamed() throws Malformed {
    StringBuilder clients = new StringBuilder();
    for (int i = 10; i < 35; i++) {
      clients
          .append(i == 10 ? "" : ",")
          .append("\"10.0.0.%d\":{\"requests\":1,\"age_seconds\":5}".formatted(i));
    }
    node("a", 3_600, true, TLS + ",\"plaintext\":{\"requests\":25,\"clients\":{" + clients + "}}");
    assertThat(lines()).hasSize(22).last().isEqualTo("  and 5 more addresses came to a");
  }
}

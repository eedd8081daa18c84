package io.hera.http.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.hera.config.DiskSettings;
import io.hera.testkit.Eventually;
import io.hera.testkit.ServedNode;
import io.hera.testkit.TlsNodes;
import io.hera.wire.NodeStatus;
import io.hera.wire.PeerStatus;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The files in conf fit the node, and the tools that read them accept them. */
class OperatorFilesTest {
  private static final Path DASHBOARD = Path.of("conf/grafana-dashboard.json");
  private static final Path ALERTS = Path.of("conf/prometheus-alerts.yml");
  private static final Path ALERTS_TEST = Path.of("src/test/resources/operating/alerts-test.yml");
  private static final Path SCRAPES = Path.of("conf/prometheus.yml");

  private static final Pattern FAMILY = Pattern.compile("# TYPE (\\S+) (\\S+)");
  private static final Pattern METRIC = Pattern.compile("\\b(hera|jvm|process)_[a-z_]+\\b");

  @Test
  void theDashboardAndTheAlertsNameExistingMetrics(@TempDir Path directory) throws IOException {
    Set<String> shown = metrics(String.join("\n", expressions()));
    Set<String> watched = metrics(Files.readString(ALERTS));
    try (ServedNode node = ServedNode.ready();
        TlsNodes nodes = new TlsNodes(directory, "a")) {
      use(node);
      nodes.ca.write(nodes.files("a"), nodes.ca.issue("127.0.0.1"));
      nodes.start(nodes.config("a").with(DiskSettings.DATA, directory.toString()));
      Eventually.passes(() -> assertThat(nodes.send("GET", "a", "/_metrics", "").body())
          .contains("hera_snapshot_age_seconds"));
      Set<String> there = scraped(node.document("/_metrics"));
      there.addAll(scraped(nodes.send("GET", "a", "/_metrics", "").body()));
      assertThat(shown).hasSizeGreaterThan(15).isSubsetOf(there);
      assertThat(watched).hasSizeGreaterThan(10).isSubsetOf(there);
    }
  }

  /** Kubernetes sets HERA_PORT to an address if a Service is named hera. */
  @Test
  void theHealthCheckOfTheImageTakesAPortAndIgnoresAnAddress() throws Exception {
    Matcher check = Pattern.compile("HEALTHCHECK .*\\\\\n  CMD (\\[.*])")
        .matcher(Files.readString(Path.of("conf/Dockerfile")));
    assertThat(check.find()).isTrue();
    try (ServedNode node = ServedNode.ready()) {
      String own = Integer.toString(node.port());
      List<String> command = new JsonArray(check.group(1))
          .stream().map(part -> part.toString().replace("8080", own)).toList();
      for (String port : List.of(own, "", "tcp://10.96.0.12:8080")) {
        ProcessBuilder process = new ProcessBuilder(command).redirectErrorStream(true);
        process.environment().put("HERA_PORT", port);
        assertThat(process.start().waitFor()).as(port).isZero();
      }
    }
  }

  @Test
  void eachPanelOfTheDashboardHasAnIdATitleAndADescription() throws IOException {
    List<JsonObject> panels = panels();
    assertThat(panels.stream().map(panel -> panel.getInteger("id")).toList())
        .doesNotContainNull()
        .doesNotHaveDuplicates();
    assertThat(panels.stream().map(panel -> panel.getString("title")).toList())
        .doesNotContainNull()
        .doesNotHaveDuplicates();
    for (JsonObject panel : panels) {
      if (!panel.getString("type").equals("row")) {
        String title = panel.getString("title");
        JsonObject defaults = panel.getJsonObject("fieldConfig").getJsonObject("defaults");
        assertThat(defaults.getString("unit")).as(title).isNotBlank();
        assertThat(targets(panel)).as(title).isNotEmpty();
        for (JsonObject target : targets(panel)) {
          assertThat(target.getString("expr")).as(title).isNotBlank();
          assertThat(target.getString("legendFormat")).as(title).isNotBlank();
        }
      }
    }
  }

  @Test
  void promtoolAgreesWhereItIsInstalled() throws Exception {
    assumeThat(Stream.of(System.getenv("PATH").split(":", -1))
            .anyMatch(folder -> Files.isExecutable(Path.of(folder, "promtool"))))
        .isTrue();
    succeeds("promtool", "check", "rules", ALERTS.toString());
    succeeds("promtool", "test", "rules", ALERTS_TEST.toString());
    succeeds("promtool", "check", "config", SCRAPES.toString());
  }

  /** Serves a client, refuses one, and answers a peer: then each family has a sample. */
  private static void use(ServedNode node) {
    node.dns = Optional.of(new NodeStatus.Dns(1, Map.of(), 0, 0, Map.of(), 0));
    node.register("/s/1", "{}");
    node.document("/s");
    node.get("/s/none").isProblem(404, "unknown-instance");
    PeerStatus peer = new PeerStatus(
        "h:1",
        "v2",
        "pull",
        Optional.empty(),
        7,
        2,
        99,
        3,
        "",
        OptionalLong.of(1),
        OptionalLong.of(5),
        Optional.empty(),
        Map.of());
    node.peers.put("b", peer);
    node.discovery = Optional.of(new NodeStatus.Discovery(
        "hera-peers.test.svc:8080", OptionalLong.of(1), 0, "", Map.of("127.0.0.1", "b")));
    node.fetchedFromB("1");
    node.get("/_deltas?a=1&b=0", "Hera-Node: b;life=1");
  }

  /** Returns the names of all samples. */
  private static Set<String> scraped(String text) {
    Set<String> names = new TreeSet<>();
    for (String line : text.lines().toList()) {
      Matcher family = FAMILY.matcher(line);
      if (family.matches()) {
        String name = family.group(1);
        names.addAll(
            family.group(2).equals("histogram")
                ? List.of(name + "_bucket", name + "_sum", name + "_count")
                : List.of(name));
      }
    }
    return names;
  }

  private static Set<String> metrics(String text) {
    return METRIC.matcher(text).results().map(MatchResult::group).collect(Collectors.toSet());
  }

  private static List<String> expressions() throws IOException {
    return panels().stream()
        .flatMap(panel -> targets(panel).stream())
        .map(target -> target.getString("expr"))
        .toList();
  }

  private static List<JsonObject> panels() throws IOException {
    return objects(new JsonObject(Files.readString(DASHBOARD)).getJsonArray("panels"));
  }

  private static List<JsonObject> targets(JsonObject panel) {
    return objects(panel.getJsonArray("targets", new JsonArray()));
  }

  private static List<JsonObject> objects(JsonArray array) {
    return array.stream().map(JsonObject.class::cast).toList();
  }

  private static void succeeds(String... command) throws Exception {
    Process run = new ProcessBuilder(command).redirectErrorStream(true).start();
    try (InputStream out = run.getInputStream()) {
      String said = new String(out.readAllBytes(), StandardCharsets.UTF_8);
      assertThat(run.waitFor()).as(said).isZero();
    }
  }
}

package io.hera.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.hera.Node;
import io.hera.config.Config;
import io.hera.config.Settings;
import io.hera.config.source.ClusterNodes;
import io.hera.config.source.NodeAddress;
import io.hera.config.source.SwitchedFile;
import io.hera.testkit.Eventually;
import io.hera.testkit.TestCa;
import io.hera.testkit.TestCa.Issued;
import io.hera.testkit.TlsNodes;
import io.hera.testkit.Tokens;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Nodes that are known by the certificates of their connections: E3, E8, and a cluster without tokens of peers. */
@Timeout(120)
class NodeCertificatesTest {
  private static final String DELTAS = "application/vnd.hera.deltas.v2+json";

  @TempDir
  private Path directory;

  private TlsNodes nodes;
  private TestCa ca;

  @BeforeEach
  void choose() throws IOException {
    nodes = new TlsNodes(directory, "a", "b");
    ca = nodes.ca;
    Files.writeString(directory.resolve("access.yml"), Tokens.FILE);
  }

  @AfterEach
  void stop() {
    nodes.close();
  }

  private Config limited(String name) {
    return nodes
        .config(name)
        .with(
            Settings.ACCESS,
            new SwitchedFile.Named(directory.resolve("access.yml").toString()));
  }

  /** Returns a cluster whose other members have hosts such as b.example, at which no node is. */
  private Config withMembers(String... others) {
    Map<String, NodeAddress> cluster = new TreeMap<>();
    cluster.put("a", new NodeAddress("127.0.0.1", nodes.port("a")));
    for (String other : others) {
      cluster.put(other, new NodeAddress(other + ".example", 9));
    }
    return limited("a").with(Settings.CLUSTER, new ClusterNodes.Listed(cluster));
  }

  private Node start(Config config) {
    ca.write(nodes.files(config.name()), ca.issue("127.0.0.1", "localhost"));
    return nodes.start(config);
  }

  private HttpClient client(String... names) {
    return client(ca.issue(names));
  }

  private HttpClient client(Issued shown) {
    return TlsNodes.client(ca.clientContext(shown));
  }

  private CompletableFuture<HttpResponse<String>> ask(
      HttpClient client, String target, String... headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("https://127.0.0.1:" + nodes.port("a") + target));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return client.sendAsync(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  private int pull(HttpClient client, String... headers) {
    return ask(client, "/_deltas?a=0", headers).join().statusCode();
  }

  private JsonObject status(String name) {
    return get(name, "/_status");
  }

  private JsonObject get(String name, String target) {
    HttpRequest request = HttpRequest.newBuilder(
            URI.create("https://127.0.0.1:" + nodes.port(name) + target))
        .header("Authorization", "Bearer " + Tokens.OPERATOR)
        .build();
    return new JsonObject(TlsNodes.client(ca.clientContext())
        .sendAsync(request, HttpResponse.BodyHandlers.ofString())
        .join()
        .body());
  }

  @Test
  void E3_aNodeSpeaksInItsOwnNameOnly() {
    start(withMembers("b", "c"));
    HttpClient b = client("b.example");
    assertThat(pull(b, "Hera-Node", "b;life=1")).isEqualTo(200);
    assertThat(pull(b)).isEqualTo(200);
    for (String life : new String[] {"1", "2", "3"}) {
      HttpResponse<String> reply =
          ask(b, "/_deltas?a=0", "Hera-Node", "c;life=" + life).join();
      assertThat(reply.statusCode()).isEqualTo(403);
      assertThat(new JsonObject(reply.body()).getString("needs")).isEqualTo("peer c");
    }
    assertThat(pull(b, "Hera-Node", "x;life=1")).isEqualTo(403);
    assertThat(status("a").encode()).doesNotContain("name-conflict");
    assertThat(pull(client("b.example", "c.example"), "Hera-Node", "c;life=1")).isEqualTo(200);
  }

  @Test
  void E3_otherCertificatesOfTheSameCaAreNotThoseOfNodes() {
    start(withMembers("b", "c"));
    for (String name : new String[] {"d.example", "*.example", "b.example.org", "bb.example"}) {
      assertThat(pull(client(name), "Hera-Node", "b;life=1")).isEqualTo(401);
    }
  }

  @Test
  void aNodeMayPullAndSeeTheStateAndNothingElse() {
    start(withMembers("b"));
    HttpClient b = client("b.example");
    assertThat(nodes.send(b, "PUT", "a", "/billing/1", "{}").statusCode()).isEqualTo(403);
    assertThat(nodes.send(b, "GET", "a", "/billing", "").statusCode()).isEqualTo(403);
    assertThat(nodes.send(b, "GET", "a", "/_status", "").statusCode()).isEqualTo(200);
    // As long as node a waits for its peer, which is not there, it knows no entries.
    assertThat(nodes.send(b, "GET", "a", "/_entries/billing", "").statusCode()).isIn(200, 503);
    assertThat(nodes.send(b, "GET", "a", "/_cluster", "").statusCode()).isEqualTo(403);
    assertThat(nodes.send(b, "GET", "a", "/_cluster/billing", "").statusCode()).isEqualTo(403);
    JsonObject whoAmI = new JsonObject(nodes.send(b, "GET", "a", "/_whoami", "").body());
    assertThat(whoAmI.getString("identity")).isEqualTo("b");
    assertThat(whoAmI.getString("proof")).isEqualTo("certificate dns:b.example");
  }

  @Test
  void E8_theCertificateOfAMemberThatIsRemovedProvesNothing() {
    Node node = start(withMembers("b", "c"));
    HttpClient b = client("b.example");
    HttpClient c = client("c.example");
    assertThat(pull(b, "Hera-Node", "b;life=1")).isEqualTo(200);
    String horizon = status("a")
        .getJsonObject("origins")
        .getJsonObject("a")
        .getLong("horizon")
        .toString();
    CompletableFuture<HttpResponse<String>> waits =
        ask(b, "/_deltas?_wait=60000&a=" + horizon, "Hera-Node", "b;life=1", "Accept", DELTAS);
    Eventually.passes(() -> assertThat(pull(b, "Hera-Node", "b;life=1")).isEqualTo(200));
    node.reconfigure(withMembers("c")).await();
    assertThat(waits.join().statusCode()).isEqualTo(401);
    assertThat(pull(b, "Hera-Node", "b;life=1")).isEqualTo(401);
    assertThat(pull(c, "Hera-Node", "c;life=1")).isEqualTo(200);
  }

  @Test
  void nodesThatShowTheirCertificatesConvergeWithoutATokenOfPeers() {
    start(limited("a"));
    start(limited("b"));
    HttpRequest request = HttpRequest.newBuilder(
            URI.create("https://127.0.0.1:" + nodes.port("a") + "/billing/1"))
        .header("Authorization", "Bearer " + Tokens.WRITER)
        .PUT(HttpRequest.BodyPublishers.ofString("{}"))
        .build();
    HttpClient writer = TlsNodes.client(ca.clientContext());
    assertThat(writer
            .sendAsync(request, HttpResponse.BodyHandlers.ofString())
            .join()
            .statusCode())
        .isEqualTo(204);
    Eventually.passes(() -> assertThat(status("b").getInteger("instances")).isEqualTo(1));
    Eventually.passes(() -> assertThat(get("a", "/_cluster")
            .getJsonObject("nodes")
            .getJsonObject("b")
            .getJsonObject("status")
            .getInteger("instances"))
        .isEqualTo(1));
  }

  @Test
  void aNodeWhoseCertificateIsForServersOnlyNeedsAToken() {
    ca.write(nodes.files("a"), ca.issue(TestCa.request().names("127.0.0.1").serverOnly()));
    assertThat(Node.start(nodes.vertx(), limited("a"))
            .transform(done -> {
              String reason = done.failed() ? String.valueOf(done.cause().getMessage()) : "";
              return Future.succeededFuture(reason);
            })
            .await())
        .contains("peer-token")
        .contains("is missing");
  }
}

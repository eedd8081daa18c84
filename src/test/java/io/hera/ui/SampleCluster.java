package io.hera.ui;

import static org.assertj.core.api.Assertions.assertThat;

import io.hera.testkit.Eventually;
import io.hera.testkit.Http;
import io.hera.testkit.Nodes;
import io.hera.testkit.Ports;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/** Three nodes with a few services as there are in a company, some of which have lost instances: for pictures. */
final class SampleCluster implements AutoCloseable {
  private static final String[] SERVICES = {
    "billing", "checkout", "images", "mail", "orders", "search", "storage", "web"
  };
  private static final String DOCUMENT =
      "{\"host\":\"10.1.%d.%d\",\"port\":12345,\"zone\":\"%s\",\"version\":\"1.%d\",\"tags\":[\"blue\",\"canary\"],\"weight\":%d}";

  private final Map<String, Integer> ports = new TreeMap<>(
      Map.of("sr-lon-1", Ports.free(), "sr-ash-1", Ports.free(), "sr-sjc-1", Ports.free()));
  private final Nodes nodes = new Nodes();

  /** Starts the nodes and fills them. */
  SampleCluster() {
    ports.keySet().forEach(name -> nodes.start(name, ports, Duration.ofMinutes(5)));
    for (int i = 0; i < ports.size(); i++) {
      int node = i;
      Eventually.holds(() -> send("GET", node, "/_health/ready") == 200);
    }
    for (String service : SERVICES) {
      for (int i = 1; i <= 3 + service.length(); i++) {
        put(i % 3, service, i, "");
      }
    }
    put(1, "storage", 1, "");
    put(1, "orders", 12, "?ttl=1");
    Eventually.holds(() -> send("DELETE", 0, "/web/we-1eef") == 204);
    Eventually.holds(() -> send("DELETE", 2, "/mail/ma-3dde") == 204);
    Eventually.holds(() -> send("GET", 1, "/orders/or-17334") == 404);
  }

  private int send(String method, int node, String target) {
    return Http.send(method, port(node), target, "").statusCode();
  }

  private void put(int node, String service, int i, String query) {
    String zone = i % 3 == 0 ? "fra" : i % 3 == 1 ? "ams" : "lon";
    String target = "/%s/%s-%04x%s".formatted(service, service.substring(0, 2), 7_919 * i, query);
    String document = DOCUMENT.formatted(service.length(), i, zone, i % 5 == 0 ? 3 : 2, 10 * i);
    assertThat(Http.put(port(node), target, document)).isEqualTo(204);
  }

  private int port(int node) {
    return ports.values().stream().skip(node).findFirst().orElseThrow();
  }

  /** Returns the port of the node whose page is looked at. */
  int port() {
    return ports.getOrDefault("sr-lon-1", 0);
  }

  @Override
  public void close() {
    nodes.close();
  }
}

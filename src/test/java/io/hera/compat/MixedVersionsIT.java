package io.hera.compat;

import static org.assertj.core.api.Assertions.assertThat;

import io.hera.testkit.Eventually;
import io.hera.testkit.HeraProcess;
import io.hera.testkit.Http;
import io.hera.testkit.LivingClients;
import io.hera.testkit.ProcessCluster;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Tests three processes of which some run the jar of version 1.0, on loopback: writes, deletes,
 * ttls, renewals and restarts, and a rolling upgrade.
 */
@Execution(ExecutionMode.CONCURRENT)
@Timeout(300)
class MixedVersionsIT {
  private static final List<String> NAMES = List.of("a", "b", "c");
  private static final int EACH = 20;
  private static final int PAGED = 1_500;
  private static final Duration BRIEF = Duration.ofSeconds(5);
  private static final Duration THROUGH_RESTARTS = Duration.ofSeconds(25);

  private static String oldJar;

  @AutoClose
  private final ProcessCluster cluster = new ProcessCluster("gossip-interval: 0.5\n", NAMES);

  private final List<Integer> ports = NAMES.stream().map(cluster::port).toList();
  /** Service → what every node has to show of it. */
  private final TreeMap<String, String> expected = new TreeMap<>();

  private enum Version {
    OLD,
    NEW
  }

  @BeforeAll
  static void findJar() {
    oldJar = Version10Jar.path();
  }

  private void start(String name, Version version) {
    String jar = version == Version.OLD ? oldJar : HeraProcess.jar();
    cluster.start(name, HeraProcess.launch(jar));
  }

  private void startAll(List<Version> versions) {
    for (int i = 0; i < NAMES.size(); i++) {
      start(NAMES.get(i), versions.get(i));
    }
    NAMES.forEach(cluster::awaitReady);
  }

  @ParameterizedTest
  @CsvSource({"OLD,NEW,NEW", "OLD,OLD,NEW"})
  void nodesOfBothVersionsShowTheSameThroughARestartOfEach(Version a, Version b, Version c) {
    List<Version> versions = List.of(a, b, c);
    startAll(versions);
    try (LivingClients clients = new LivingClients("living", ports)) {
      expected.put("living", clients.listing());
      register();
      registerOddDocuments(0);
      deregister();
      allShowTheSame();
      expireEverywhere(registerBriefly(BRIEF), BRIEF);
      long startedNanos = registerBriefly(THROUGH_RESTARTS);
      for (int i = 0; i < NAMES.size(); i++) {
        restart(i, versions.get(i));
        allShowTheSame();
      }
      expireEverywhere(startedNanos, THROUGH_RESTARTS);
      assertThat(clients.early()).isEmpty();
    }
    allAreWell();
  }

  @Test
  void aRollingUpgradeAndARollbackLoseNothing() {
    startAll(List.of(Version.OLD, Version.OLD, Version.OLD));
    try (LivingClients clients = new LivingClients("living", ports)) {
      expected.put("living", clients.listing());
      register();
      deregister();
      for (int i = 0; i < NAMES.size(); i++) {
        restart(i, Version.NEW);
        allShowTheSame();
      }
      restart(0, Version.OLD);
      allShowTheSame();
      assertThat(clients.early()).isEmpty();
    }
    allAreWell();
  }

  @ParameterizedTest
  @CsvSource({"OLD,NEW,NEW", "NEW,OLD,OLD"})
  void aNodeThatJoinsGetsAllPagesOfTheOtherVersion(Version a, Version b, Version c) {
    start("a", a);
    start("c", c);
    cluster.awaitReady("a");
    cluster.awaitReady("c");
    registerPages(0);
    shows(cluster.port("c"), "", "{\"pages\":{\"instances\":%d}}".formatted(PAGED));
    start("b", b);
    cluster.awaitReady("b");
    allShowTheSame();
    allAreWell();
  }

  /** Registers more than two pages of documents that gzip cannot make short. */
  private void registerPages(int node) {
    Random random = new Random(7);
    JsonObject instances = new JsonObject();
    for (int i = 1_000; i < 1_000 + PAGED; i++) {
      byte[] noise = new byte[400];
      random.nextBytes(noise);
      instances.put(
          Integer.toString(i), new JsonObject().put("x", HexFormat.of().formatHex(noise)));
    }
    String batch = new JsonObject().put("pages", instances).encode();
    assertThat(Http.send("POST", ports.get(node), "/_batch", batch).body())
        .isEqualTo("{\"errors\":{}}");
    expected.put("pages", instances.encode());
  }

  /** Registers instances at each node; some have a ttl of their own. */
  private void register() {
    for (int node = 0; node < NAMES.size(); node++) {
      StringBuilder listing = new StringBuilder();
      for (int i = 10; i < 10 + EACH; i++) {
        String document = "{\"at\":\"%s\",\"n\":%d}".formatted(NAMES.get(node), i);
        put(
            node,
            "/of-%s/%d%s".formatted(NAMES.get(node), i, i % 2 == 0 ? "?ttl=1h" : ""),
            document);
        listing.append(",\"%d\":%s".formatted(i, document));
      }
      expected.put("of-" + NAMES.get(node), "{" + listing.substring(1) + "}");
    }
  }

  /** Registers documents at a node of version 1.0, of which this version refuses some from clients. */
  private void registerOddDocuments(int node) {
    put(node, "/odd/1", "{\"n\":1e400}");
    put(node, "/odd/2", "{\"s\":\"\\ud800\"}");
    put(node, "/odd/3", " {\"b\": 1.10, \"a\":\"\\u00e9\"} ");
    expected.put(
        "odd",
        "{\"1\":{\"n\":1e400},\"2\":{\"s\":\"\\ud800\"},\"3\": {\"b\": 1.10, \"a\":\"\\u00e9\"} }");
  }

  /** Deregisters at each node an instance of each other one, and writes one over. */
  private void deregister() {
    for (int from = 0; from < NAMES.size(); from++) {
      for (int at = 0; at < NAMES.size(); at++) {
        if (from != at) {
          String path = "/gone/" + from + "-" + at;
          put(from, path, "{}");
          awaitStatus(at, path, 200);
          assertThat(Http.send("DELETE", ports.get(at), path, "").statusCode()).isEqualTo(204);
        }
      }
    }
    expected.put("gone", "{}");
    for (int node = 0; node < NAMES.size(); node++) {
      put(node, "/moved/1", "{\"at\":" + node + "}");
      int last = node;
      ports.forEach(port -> Eventually.passes(
          () -> assertThat(Http.get(port, "/moved/1")).isEqualTo("{\"at\":" + last + "}")));
    }
    expected.put("moved", "{\"1\":{\"at\":2}}");
  }

  /** Registers an instance at each node that is not renewed, and waits until all nodes show all. */
  private long registerBriefly(Duration ttl) {
    long startedNanos = System.nanoTime();
    for (int node = 0; node < NAMES.size(); node++) {
      put(node, "/brief/%d?ttl=%d".formatted(node, ttl.toSeconds()), "{}");
    }
    ports.forEach(port -> shows(port, "brief", "{\"0\":{},\"1\":{},\"2\":{}}"));
    return startedNanos;
  }

  /** Waits until no node shows an instance of that service, which none may have dropped early. */
  private void expireEverywhere(long startedNanos, Duration ttl) {
    for (int port : ports) {
      Eventually.holds(() -> !Http.get(port, "/brief").contains("\"0\""));
      assertThat(System.nanoTime() - startedNanos)
          .isGreaterThan(ttl.minusMillis(100).toNanos());
      shows(port, "brief", "{}");
    }
  }

  /** Restarts a node: in order, or as if it had crashed. */
  private void restart(int node, Version version) {
    String name = NAMES.get(node);
    if (node % 2 == 0) {
      cluster.process(name).stop();
    } else {
      cluster.process(name).kill();
    }
    start(name, version);
    cluster.awaitReady(name);
  }

  private void put(int node, String target, String document) {
    assertThat(Http.put(ports.get(node), target, document)).as(target).isEqualTo(204);
  }

  private void awaitStatus(int node, String target, int status) {
    Eventually.passes(
        () -> assertThat(Http.send("GET", ports.get(node), target, "").statusCode())
            .as("%s at %s", target, NAMES.get(node))
            .isEqualTo(status));
  }

  private static void shows(int port, String service, String listing) {
    Eventually.passes(
        () -> assertThat(Http.get(port, "/" + service)).as(service).isEqualTo(listing));
  }

  private void allShowTheSame() {
    for (int port : ports) {
      expected.forEach((service, listing) -> shows(port, service, listing));
    }
  }

  /** No node has found another one to hold other entries, or to use its name. */
  private void allAreWell() {
    for (int port : ports) {
      JsonObject status = new JsonObject(Http.get(port, "/_status"));
      assertThat(status.getJsonObject("conflicts")).isEmpty();
      status
          .getJsonObject("origins")
          .forEach(origin -> assertThat(((JsonObject) origin.getValue()).getLong("diverged"))
              .as(origin.getKey())
              .isZero());
    }
  }
}

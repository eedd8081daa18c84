package io.hera.security;

import static io.hera.testkit.SwitchingNodes.Stage.BOTH;
import static io.hera.testkit.SwitchingNodes.Stage.CLEAR;
import static io.hera.testkit.SwitchingNodes.Stage.STRICT;
import static org.assertj.core.api.Assertions.assertThat;

import io.hera.testkit.Eventually;
import io.hera.testkit.Node2012;
import io.hera.testkit.SwitchingNodes;
import io.hera.testkit.SwitchingNodes.Examined;
import io.hera.testkit.SwitchingNodes.Stage;
import io.hera.testkit.TestCa;
import io.hera.testkit.Tokens;
import io.vertx.core.json.JsonObject;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** TLS and access control are switched on and off while a cluster runs: E6, E7, E9. */
@Execution(ExecutionMode.CONCURRENT)
@Timeout(120)
class SwitchOverTest {
  private static final List<String> NAMES = List.of("a", "b", "c");
  private static final int INSTANCES = 12;

  @TempDir
  private Path directory;

  private SwitchingNodes nodes;

  @BeforeEach
  void choose() {
    nodes = new SwitchingNodes(directory, "a", "b", "c");
  }

  @AfterEach
  void stop() {
    nodes.close();
  }

  /** Clients that renew their instances at the nodes in turn, and readers, during a roll-out after the other. */
  private final class Clients implements AutoCloseable {
    private final Map<String, Stage> stages = new ConcurrentHashMap<>();
    private final ConcurrentLinkedQueue<String> wrong = new ConcurrentLinkedQueue<>();
    private final Thread thread = new Thread(this::run, "clients");
    private volatile boolean ends;

    void start() {
      thread.start();
    }

    private void run() {
      for (int n = 0; !ends; n++) {
        String id = Integer.toString(n % INSTANCES);
        boolean renewed = false;
        for (int i = 0; i < NAMES.size() && !renewed; i++) {
          renewed = renews(NAMES.get((n + i) % NAMES.size()), id);
        }
        if (!renewed) {
          wrong.add("no node takes " + id);
        }
        read(NAMES.get(n % NAMES.size()));
        LockSupport.parkNanos(2_000_000);
      }
    }

    /** A client that has switched already uses TLS wherever there is TLS, another one wherever it can do without. */
    private boolean byTls(String name, String id) {
      Stage stage = stages.getOrDefault(name, CLEAR);
      return stage == STRICT || (stage == BOTH && Integer.parseInt(id) % 2 == 0);
    }

    private boolean renews(String name, String id) {
      String target = "/billing/" + id;
      try {
        int status = byTls(name, id)
            ? nodes.byTls("PUT", name, target, "{}", Tokens.WRITER).statusCode()
            : nodes.inClear("PUT", name, target, "{}").statusCode();
        if (status != 204 && status != 503) {
          wrong.add(name + " answered " + status);
        }
        return status == 204;
      } catch (UncheckedIOException down) {
        return false;
      }
    }

    private void read(String name) {
      try {
        var reply = stages.getOrDefault(name, CLEAR) == CLEAR
            ? nodes.inClear("GET", name, "/billing", "")
            : nodes.byTls("GET", name, "/billing", "", Tokens.WRITER);
        if (reply.statusCode() == 200 && new JsonObject(reply.body()).size() != INSTANCES) {
          wrong.add(name + " shows " + reply.body());
        }
      } catch (UncheckedIOException down) {
        // it is being restarted
      }
    }

    void roll(Stage stage, String... order) {
      for (String name : order) {
        nodes.stop(name);
        stages.put(name, stage);
        nodes.start(name, stage);
        Eventually.passes(() -> assertThat(ready(name)).isEqualTo(200));
      }
    }

    private int ready(String name) {
      return stages.get(name) == CLEAR
          ? nodes.inClear("GET", name, "/_health/ready", "").statusCode()
          : nodes.byTls("GET", name, "/_health/ready", "", Tokens.WRITER).statusCode();
    }

    @Override
    public void close() {
      ends = true;
      try {
        thread.join();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  @Test
  void E6_nothingExpiresWhileTlsIsSwitchedOnAndOffAgain() {
    NAMES.forEach(name -> nodes.start(name, CLEAR));
    for (int i = 0; i < INSTANCES; i++) {
      String target = "/billing/" + i;
      Eventually.passes(
          () -> assertThat(nodes.inClear("PUT", "a", target, "{}").statusCode()).isEqualTo(204));
    }
    NAMES.forEach(name -> Eventually.passes(() -> assertThat(
            new JsonObject(nodes.inClear("GET", name, "/billing", "").body()).size())
        .isEqualTo(INSTANCES)));
    Clients clients = new Clients();
    try (clients) {
      clients.start();
      clients.roll(BOTH, "b", "a", "c");
      NAMES.forEach(name -> assertThat(nodes.status(name).getInteger("expired")).isZero());
      clients.roll(STRICT, "c", "a", "b");
      NAMES.forEach(name -> assertThat(nodes.status(name).getInteger("expired")).isZero());
      clients.roll(BOTH, "a", "c", "b");
      clients.roll(CLEAR, "c", "b", "a");
    }
    assertThat(clients.wrong).isEmpty();
  }

  @Test
  void thePortWithoutTlsIsAsBeforeAndTheOtherOneIsLimited() {
    nodes.start("a", BOTH);
    Eventually.passes(() ->
        assertThat(nodes.inClear("PUT", "a", "/orders/1", "{}").statusCode()).isEqualTo(204));
    assertThat(nodes.inClear("GET", "a", "/_deltas?a=0", "").statusCode()).isEqualTo(200);
    assertThat(nodes.inClear("GET", "a", "/orders?token=" + Tokens.WRITER, "").statusCode())
        .isNotEqualTo(401);
    assertThat(nodes.byTls("PUT", "a", "/orders/1", "{}", Tokens.WRITER).statusCode())
        .isEqualTo(403);
    assertThat(nodes.byTls("GET", "a", "/_deltas?a=0", "", Tokens.WRITER).statusCode())
        .isEqualTo(403);
    JsonObject plaintext = nodes.status("a").getJsonObject("plaintext");
    assertThat(plaintext.getJsonObject("clients").fieldNames()).containsExactly("127.0.0.1");
    assertThat(plaintext.getLong("requests")).isGreaterThanOrEqualTo(3);
    assertThat(nodes.status("a").getJsonObject("security").getBoolean("plaintext"))
        .isTrue();
    String metrics = nodes.byTls("GET", "a", "/_metrics", "", Tokens.OPERATOR).body();
    assertThat(metrics)
        .contains("hera_security{access=\"limited\",plaintext=\"served\",tls=\"1.3\"} 1.0")
        .contains("hera_plaintext_requests_total " + plaintext.getLong("requests") + ".0");
  }

  @Test
  void nodesThatBothSpeakTlsUseIt() {
    nodes.start("a", BOTH);
    nodes.start("b", BOTH);
    Eventually.passes(() -> {
      assertThat(nodes.peer("a", "b").getBoolean("way_tls")).isTrue();
      assertThat(nodes.peer("a", "b").getString("last_error")).isEmpty();
      assertThat(nodes.peer("a", "b").getString("way")).isEqualTo("hanging");
    });
    long before = nodes.status("b").getJsonObject("plaintext").getLong("requests");
    Eventually.passes(() -> assertThat(
            nodes.byTls("PUT", "b", "/billing/1", "{}", Tokens.WRITER).statusCode())
        .isEqualTo(204));
    Eventually.passes(() -> assertThat(
            nodes.byTls("GET", "a", "/billing/1", "", Tokens.WRITER).statusCode())
        .isEqualTo(200));
    assertThat(nodes.status("b").getJsonObject("plaintext").getLong("requests")).isEqualTo(before);
    assertThat(nodes.doctor("a").output())
        .contains("plaintext cannot be removed yet:")
        .contains("a has been up for");
  }

  /** Registers at b in clear, finds it at a, and returns why a asks b without TLS. */
  private String askedInClear() {
    Eventually.passes(() ->
        assertThat(nodes.inClear("PUT", "b", "/billing/1", "{}").statusCode()).isEqualTo(204));
    Eventually.passes(() -> assertThat(
            nodes.byTls("GET", "a", "/billing/1", "", Tokens.WRITER).statusCode())
        .isEqualTo(200));
    Eventually.passes(() -> {
      assertThat(nodes.peer("a", "b").getBoolean("way_tls")).isFalse();
      assertThat(nodes.peer("a", "b").getString("last_error")).isEmpty();
    });
    Examined examined = nodes.doctor("a");
    assertThat(examined.well()).isFalse();
    assertThat(examined.output()).contains("a asks b without TLS: by TLS, b ");
    return nodes.peer("a", "b").getString("tls_error");
  }

  @Test
  void E7_aPeerThatDoesNotListenForTlsIsAskedInClear() {
    nodes.start("a", BOTH);
    nodes.start("b", CLEAR);
    assertThat(askedInClear()).isEqualTo("connection refused");
  }

  @Test
  void E7_aPeerWithAnotherCertificateIsAskedInClear() {
    TestCa other = new TestCa();
    nodes.start("a", BOTH);
    nodes.start("b", BOTH, other, other.issue("127.0.0.1"));
    assertThat(askedInClear()).contains("certificate");
  }

  @Test
  void E7_aPeerThatRefusesTheProofIsAskedInClear() {
    nodes.start("b", BOTH);
    nodes.startWithToken("a", BOTH, Tokens.make());
    assertThat(askedInClear()).startsWith("answered 401");
  }

  @Test
  void withoutPlaintextThereIsNoWayInClear() {
    nodes.start("a", STRICT);
    nodes.start("b", CLEAR);
    Eventually.passes(() ->
        assertThat(nodes.peer("a", "b").getString("last_error")).isEqualTo("connection refused"));
    assertThat(nodes.inClear("GET", "b", "/_status", "").body())
        .doesNotContain("\"rounds\":0")
        .contains("connection refused");
    assertThat(nodes.peer("a", "b").getBoolean("way_tls")).isTrue();
  }

  @Test
  void E9_aNodeOf2012IsAMemberAsLongAsThereIsPlaintext() {
    Map<String, Integer> ports = new HashMap<>();
    Set.of("a", "b").forEach(name -> ports.put(name, nodes.at(name).port()));
    Node2012 old =
        Node2012.start(nodes.vertx(), "b", nodes.at("b").port(), ports, 200).await();
    nodes.start("a", BOTH);
    Eventually.passes(() ->
        assertThat(nodes.inClear("PUT", "b", "/billing/old", "{}").statusCode()).isLessThan(300));
    Eventually.passes(() -> assertThat(
            nodes.byTls("PUT", "a", "/billing/new", "{}", Tokens.WRITER).statusCode())
        .isEqualTo(204));
    Set<String> both = new TreeSet<>(Set.of("new", "old"));
    Eventually.passes(() -> assertThat(new JsonObject(
                nodes.byTls("GET", "a", "/billing", "", Tokens.WRITER).body())
            .fieldNames())
        .isEqualTo(both));
    Eventually.passes(() -> assertThat(
            new JsonObject(nodes.inClear("GET", "b", "/billing", "").body()).fieldNames())
        .isEqualTo(both));
    nodes.start("a", STRICT);
    Eventually.passes(() ->
        assertThat(nodes.peer("a", "b").getString("last_error")).isEqualTo("connection refused"));
    old.stop().await();
  }
}

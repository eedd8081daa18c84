package io.hera.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** The state machines of 5,000 clients, in virtual time, when the node of all of them dies. */
class FleetTest {
  private static final int CLIENTS = 5_000;

  /** The size of the watched service does not matter: nothing of it is transferred. */
  private static final int INSTANCES = 50;

  private final SimCluster cluster = new SimCluster(3);
  private final List<DefaultClient> fleet = new ArrayList<>();
  private final List<ServiceView> views = new ArrayList<>();

  /** All clients prefer the first node; the second and third are of the next rank. */
  private DefaultClient client(int number) {
    String urls = cluster.node(0).url + ";" + cluster.node(1).url + "," + cluster.node(2).url;
    VirtualLoop loop = cluster.time.loop();
    return DefaultClient.begun(
        HeraSettings.of(urls),
        new Machinery(
            loop,
            cluster.line(ask -> {}),
            loop,
            new Random(number),
            host -> CompletableFuture.failedFuture(new Exception())));
  }

  private void begin() {
    for (int i = 0; i < INSTANCES; i++) {
      SimNode.Entry entry = new SimNode.Entry(
          "{\"host\":\"10.2.0." + i + "\"}",
          Duration.ofHours(2).toNanos(),
          cluster.time.nanos() + Duration.ofHours(2).toNanos());
      cluster.write(cluster.node(0), "orders", "i" + i, entry);
    }
    for (int i = 0; i < CLIENTS; i++) {
      cluster.time.pass(Duration.ofMillis(2));
      DefaultClient client = client(i);
      fleet.add(client);
      client.register(Offer.of("callers-" + i, "1", Document.of("{\"host\":\"10.3.0.1\"}")));
      views.add(client.watch("orders"));
    }
    cluster.time.pass(Duration.ofSeconds(20));
  }

  /** All wait for a change at a node, but for a few that are between two waits. */
  private void areBack() {
    assertThat(cluster.nodes.stream().mapToInt(SimNode::waiting).sum())
        .isGreaterThanOrEqualTo(CLIENTS - 10);
  }

  private void allWatch() {
    areBack();
    assertThat(views)
        .allSatisfy(
            view -> assertThat(view.current().freshness()).isEqualTo(Snapshot.Freshness.FRESH));
  }

  @Test
  void aNodeThatDiesIsNoStormForTheOthers() {
    begin();
    allWatch();
    cluster.resetCounts();
    cluster.node(0).become(SimNode.State.DOWN);
    cluster.time.pass(Duration.ofSeconds(3));
    areBack();
    long bytes = cluster.bytes();
    cluster.time.pass(Duration.ofSeconds(57));
    assertThat(cluster.peak(0)).as("requests in one second").isLessThanOrEqualTo(4_000);
    assertThat(cluster.peak(3)).as("requests in one second, later").isLessThanOrEqualTo(1_000);
    assertThat(bytes / CLIENTS).as("bytes per client").isLessThanOrEqualTo(2_000);
    allWatch();
  }
}

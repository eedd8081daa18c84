package io.hera.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.hera.client.Registration.State;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Clients and nodes in virtual time, under faults. After each fault, all is as before; meanwhile, no
 * view lacks an instance that lives.
 */
class ClientSimulationTest {
  private static final int CLIENTS = 20;
  private static final int SEEDS = Integer.getInteger("seeds", 25);

  private final Set<String> living = new HashSet<>();
  private final List<SimClient> clients = new ArrayList<>();
  private SimCluster cluster = new SimCluster(3);

  /** Something that goes wrong, and is over when it returns. */
  interface Fault {
    void happen(SimCluster cluster, Random random);
  }

  enum Kind implements Fault {
    KILLED {
      @Override
      public void happen(SimCluster cluster, Random random) {
        SimNode node = cluster.node(random.nextInt(3));
        node.become(SimNode.State.DOWN);
        cluster.time.pass(seconds(random, 1, 120));
        node.become(SimNode.State.UP);
      }
    },
    ROLLING_RESTART {
      @Override
      public void happen(SimCluster cluster, Random random) {
        for (SimNode node : cluster.nodes) {
          node.become(SimNode.State.DOWN);
          cluster.time.pass(Duration.ofSeconds(10));
          node.become(SimNode.State.UP);
          cluster.time.pass(seconds(random, 2, 20));
        }
      }
    },
    BLACK_HOLE {
      @Override
      public void happen(SimCluster cluster, Random random) {
        SimNode node = cluster.node(random.nextInt(3));
        node.become(SimNode.State.DOWN);
        node.become(SimNode.State.UP);
        node.become(SimNode.State.HOLE);
        cluster.time.pass(seconds(random, 30, 200));
        node.become(SimNode.State.DOWN);
        node.become(SimNode.State.UP);
      }
    },
    SLOW {
      @Override
      public void happen(SimCluster cluster, Random random) {
        SimNode node = cluster.node(random.nextInt(3));
        node.become(SimNode.State.SLOW);
        cluster.time.pass(seconds(random, 30, 120));
        node.become(SimNode.State.UP);
      }
    },
    ALL_DOWN {
      @Override
      public void happen(SimCluster cluster, Random random) {
        cluster.nodes.forEach(node -> node.become(SimNode.State.DOWN));
        cluster.time.pass(Duration.ofMinutes(10));
        cluster.nodes.forEach(node -> node.become(SimNode.State.UP));
      }
    },
    /** Shorter than the ttl: an instance that beats at this node alone expires at the others. */
    EMPTY_AND_ALONE {
      @Override
      public void happen(SimCluster cluster, Random random) {
        SimNode node = cluster.node(random.nextInt(3));
        node.isolate();
        node.become(SimNode.State.DOWN);
        cluster.time.pass(seconds(random, 1, 20));
        node.become(SimNode.State.UP);
        cluster.time.pass(seconds(random, 5, 15));
        node.become(SimNode.State.DOWN);
        node.rejoin();
        node.become(SimNode.State.UP);
      }
    };

    private static Duration seconds(Random random, int from, int to) {
      return Duration.ofMillis(random.nextInt(from * 1_000, to * 1_000));
    }
  }

  private void begin(int seed) {
    begin(seed, HeraSettings.of(cluster.urls()).withDrain(Duration.ZERO));
  }

  private void begin(int seed, HeraSettings settings) {
    cluster = new SimCluster(3);
    living.clear();
    clients.clear();
    IntStream.range(0, CLIENTS)
        .forEach(i -> clients.add(new SimClient(cluster, settings, seed * 1_000 + i, living)));
    cluster.time.pass(Duration.ofSeconds(90));
  }

  private void allIsWell(String when) {
    for (SimClient client : clients) {
      assertThat(client.drops).as(when).isEmpty();
      assertThat(client.registration.state())
          .as("%s: %s", when, client.id)
          .isEqualTo(State.REGISTERED);
      assertThat(client.view.current().freshness()).isEqualTo(Snapshot.Freshness.FRESH);
      assertThat(client.view.current().instances())
          .as("%s: %s", when, client.id)
          .hasSize(living.size());
    }
    assertThat(cluster.node(0).ids(SimClient.SERVICE).keySet()).as(when).isEqualTo(living);
  }

  @Test
  void noFaultEmptiesAViewOrLosesARegistration() {
    for (int seed = 0; seed < SEEDS; seed++) {
      Random random = new Random(seed);
      begin(seed);
      allIsWell("seed " + seed + " at the start");
      for (int i = 0; i < 3; i++) {
        Kind kind = Kind.values()[random.nextInt(Kind.values().length)];
        String when = "seed " + seed + ": " + kind;
        try {
          kind.happen(cluster, random);
          cluster.time.pass(Duration.ofSeconds(100));
        } catch (AssertionError failure) {
          throw new AssertionError(when, failure);
        }
        allIsWell(when);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5})
  void allNodesDownForTenMinutes(int seed) {
    begin(seed);
    cluster.nodes.forEach(node -> node.become(SimNode.State.DOWN));
    cluster.time.pass(Duration.ofMinutes(2));
    long paced = cluster.time.nanos();
    cluster.time.pass(Duration.ofMinutes(8));
    for (SimClient client : clients) {
      assertThat(client.mostWithin(Duration.ofSeconds(30), paced)).isLessThanOrEqualTo(2);
    }
    cluster.nodes.forEach(node -> node.become(SimNode.State.UP));
    cluster.time.pass(Duration.ofSeconds(35));
    for (SimClient client : clients) {
      assertThat(client.registration.state()).isEqualTo(State.REGISTERED);
    }
    cluster.time.pass(Duration.ofSeconds(60));
    allIsWell("in the end");
  }

  /** Shows that the simulation notices what the grace period prevents. */
  @Test
  void withoutGraceAViewLosesInstances() {
    begin(1, HeraSettings.of(cluster.urls()).withGrace(Duration.ZERO));
    Kind.ALL_DOWN.happen(cluster, new Random(1));
    cluster.time.pass(Duration.ofSeconds(100));
    assertThat(clients).anySatisfy(client -> assertThat(client.drops).isNotEmpty());
  }

  @Test
  void nothingIsLeftBehindByClosedClients() {
    for (int seed = 100; seed < 100 + SEEDS; seed++) {
      Random random = new Random(seed);
      begin(seed);
      cluster
          .node(random.nextInt(3))
          .become(random.nextBoolean() ? SimNode.State.SLOW : SimNode.State.HOLE);
      for (SimClient client : List.copyOf(clients)) {
        cluster.time.pass(Duration.ofMillis(random.nextInt(3_000)));
        if (random.nextBoolean()) {
          client.registration.update(document -> document.with("version", "2"));
        }
        cluster.time.pass(Duration.ofMillis(random.nextInt(50)));
        client.close();
        clients.remove(client);
      }
      cluster.time.pass(Duration.ofSeconds(8));
      for (SimNode node : cluster.nodes) {
        if (node.state() == SimNode.State.UP) {
          assertThat(node.ids(SimClient.SERVICE).keySet()).as("seed " + seed).isEmpty();
        }
      }
    }
  }
}

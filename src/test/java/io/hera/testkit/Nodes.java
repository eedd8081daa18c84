package io.hera.testkit;

import io.hera.Node;
import io.hera.config.Config;
import io.hera.config.Settings;
import io.hera.config.Values;
import io.hera.config.source.ClusterNodes;
import io.hera.config.source.NodeAddress;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Whole nodes in this JVM, on loopback; their gossip interval is 200 ms by default. Closing stops
 * them.
 */
public final class Nodes implements AutoCloseable {
  private final Vertx vertx = Vertx.vertx();
  private final Duration interval;
  private final List<Node> nodes = new ArrayList<>();
  private final List<Node2012> old = new ArrayList<>();

  public Nodes() {
    this(Duration.ofMillis(200));
  }

  public Nodes(Duration interval) {
    this.interval = interval;
  }

  public Vertx vertx() {
    return vertx;
  }

  /** Starts a node; {@code ports} has all nodes of its cluster, itself included. */
  public Node start(String name, Map<String, Integer> ports, Duration liveness) {
    return start(config(name, ports, liveness, interval));
  }

  /** Starts a node. */
  public Node start(Config config) {
    Node node = Node.start(vertx, config).await();
    nodes.add(node);
    return node;
  }

  public Node2012 start2012(String name, int port, Map<String, Integer> peers) {
    Node2012 node = Node2012.start(vertx, name, port, peers, 200).await();
    old.add(node);
    return node;
  }

  public static Config config(String name, Map<String, Integer> ports, Duration liveness) {
    return config(name, ports, liveness, Duration.ofMillis(200));
  }

  private static Config config(
      String name, Map<String, Integer> ports, Duration liveness, Duration interval) {
    Map<String, NodeAddress> cluster = new TreeMap<>();
    ports.forEach((node, port) -> cluster.put(node, new NodeAddress("127.0.0.1", port)));
    return Config.of(Values.standard()
        .with(Settings.NAME, name)
        .with(Settings.CLUSTER, new ClusterNodes.Listed(cluster))
        .with(Settings.LIVENESS, liveness)
        .with(Settings.GOSSIP_INTERVAL, interval));
  }

  @Override
  public void close() {
    nodes.forEach(node -> node.stop().await());
    old.forEach(node -> node.stop().await());
    vertx.close().await();
  }
}

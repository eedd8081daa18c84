package io.hera;

import io.hera.wire.Address;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * All settings of one node: immutable, whole and checked, whoever built it. {@link ConfigLoader} makes it from a file, the
 * environment and the command line, and reports in the words of the file what this constructor would refuse.
 *
 * @param name this node's name; a key of {@code cluster}
 * @param host address to listen on
 * @param port port to listen on, 0 for any free one; may differ from the one in {@code cluster}, by which peers come
 * @param cluster name to address of every node, this one included; in the order of names
 * @param liveness how long an instance lives that is not renewed and asks for no ttl of its own
 * @param gossipInterval between two pulls
 * @param maxSkew how far ahead of the own clock another node's may be (PROTOCOL P3)
 * @param recoveryTimeout how long a starting node waits for its peers before it takes writes (PROTOCOL P7)
 * @param ttlMin shortest ttl granted
 * @param ttlMax longest ttl granted
 * @param volatileKeys top-level members of a document whose change is none for its readers
 * @param metrics whether requests are counted and {@code /_metrics} is there
 * @param limits what is taken from others
 */
public record Config(
    String name,
    String host,
    int port,
    Map<String, Address> cluster,
    Duration liveness,
    Duration gossipInterval,
    Duration maxSkew,
    Duration recoveryTimeout,
    Duration ttlMin,
    Duration ttlMax,
    List<String> volatileKeys,
    boolean metrics,
    Limits limits) {
  /** Copies, and refuses a node that is not in its own cluster. */
  public Config {
    if (!cluster.containsKey(name)) {
      throw new IllegalArgumentException("name " + name + " is not in the cluster");
    }
    if (port < 0 || port > 65_535 || host.isEmpty()) {
      throw new IllegalArgumentException("no address: host=" + host + " port=" + port);
    }
    cluster = Collections.unmodifiableMap(new TreeMap<>(cluster));
    volatileKeys = List.copyOf(volatileKeys);
  }

  /** A node without peers on loopback, with every default; {@code port} 0 takes any free one. */
  public static Config alone(String name, int port) {
    return new Config(
        name,
        "127.0.0.1",
        port,
        Map.of(name, new Address("127.0.0.1", port)),
        Duration.ofSeconds(300),
        Duration.ofSeconds(3),
        Duration.ofSeconds(60),
        Duration.ofSeconds(5),
        Duration.ofSeconds(1),
        Duration.ofSeconds(86_400),
        List.of("updated_at"),
        true,
        Limits.DEFAULT);
  }

  /** Every node of the cluster but this one, in the order of names. */
  public Map<String, Address> peers() {
    Map<String, Address> peers = new TreeMap<>(cluster);
    peers.remove(name);
    return Collections.unmodifiableMap(peers);
  }

  /** The same settings for a node in {@code cluster}, listening on {@code host} and {@code port}. */
  public Config in(Map<String, Address> cluster, String host, int port) {
    return new Config(
        name,
        host,
        port,
        cluster,
        liveness,
        gossipInterval,
        maxSkew,
        recoveryTimeout,
        ttlMin,
        ttlMax,
        volatileKeys,
        metrics,
        limits);
  }

  /**
   * This configuration with what {@code next} changes of the settings that take effect in a running node: {@code cluster},
   * {@code liveness}, {@code gossip-interval} and {@code limits}.
   *
   * @throws IllegalArgumentException when this node is not in the cluster of {@code next}
   */
  public Config reconfigured(Config next) {
    return new Config(
        name,
        host,
        port,
        next.cluster,
        next.liveness,
        next.gossipInterval,
        maxSkew,
        recoveryTimeout,
        ttlMin,
        ttlMax,
        volatileKeys,
        metrics,
        next.limits);
  }

  /** What is different in {@code next}, in the order of the documentation. */
  public List<Change> difference(Config next) {
    return Change.between(this, next);
  }
}

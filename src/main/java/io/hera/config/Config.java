package io.hera.config;

import io.hera.access.AuditExtent;
import io.hera.access.CertificateName;
import io.hera.config.source.BusReach;
import io.hera.config.source.ClusterNodes;
import io.hera.config.source.NodeAddress;
import io.hera.config.source.SwitchedFile;
import io.hera.wire.Address;
import io.hera.wire.EurekaMode;
import io.hera.wire.UiMode;
import io.hera.wire.WebOrigin;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * All settings of one node: immutable, complete, and checked by the constructor. {@link ConfigLoader} makes it from a file,
 * the environment and the command line; {@link Settings} says what each setting means.
 *
 * @param nodes every node, this one included
 * @param clusterName name of the cluster; empty if it has none, and its nodes are listed
 * @param name this node's name; a key of {@code nodes} if they are listed
 * @param host address to listen on
 * @param port port to listen on, 0 for any free one; may differ from the one in {@code cluster}, which peers use
 * @param hosts further names by which browsers may call this node
 * @param origins origins of web pages that may read and write
 * @param tls whether and how it speaks TLS
 * @param access the file that says who may do what
 * @param eventBus the processes that may use the node over the event bus
 * @param peerToken the file with the token for peers; empty if there is none
 * @param audit the requests that the audit log has lines for
 * @param disk what it keeps on disk
 * @param dns whether and how it answers DNS
 * @param ui whether it serves its page for browsers
 * @param eureka whether it serves clients of Eureka
 * @param liveness lifetime of instances without a ttl of their own; between the bounds of {@code ttl}
 */
public record Config(
    ClusterNodes nodes,
    String clusterName,
    String name,
    String host,
    int port,
    List<String> hosts,
    List<WebOrigin> origins,
    Tls tls,
    SwitchedFile access,
    String peerToken,
    BusReach eventBus,
    AuditExtent audit,
    Disk disk,
    Dns dns,
    Duration liveness,
    Ttl ttl,
    Gossip gossip,
    List<String> volatileKeys,
    boolean metrics,
    UiMode ui,
    EurekaMode eureka,
    Limits limits) {
  /**
   * Copies the collections.
   *
   * @throws IllegalArgumentException if any value breaks a rule that holds for a file, other than that a port may be 0
   */
  public Config(
      ClusterNodes nodes,
      String clusterName,
      String name,
      String host,
      int port,
      List<String> hosts,
      List<WebOrigin> origins,
      Tls tls,
      SwitchedFile access,
      String peerToken,
      BusReach eventBus,
      AuditExtent audit,
      Disk disk,
      Dns dns,
      Duration liveness,
      Ttl ttl,
      Gossip gossip,
      List<String> volatileKeys,
      boolean metrics,
      UiMode ui,
      EurekaMode eureka,
      Limits limits) {
    this.nodes = nodes;
    this.clusterName = clusterName;
    this.name = name;
    this.host = host;
    this.port = port;
    this.hosts = List.copyOf(hosts);
    this.origins = List.copyOf(origins);
    this.tls = tls;
    this.access = access;
    this.peerToken = peerToken;
    this.eventBus = eventBus;
    this.audit = audit;
    this.disk = disk;
    this.dns = dns;
    this.liveness = liveness;
    this.ttl = ttl;
    this.gossip = gossip;
    this.volatileKeys = List.copyOf(volatileKeys);
    this.metrics = metrics;
    this.ui = ui;
    this.eureka = eureka;
    this.limits = limits;
    List<String> broken = broken();
    if (!broken.isEmpty()) {
      throw new IllegalArgumentException(String.join("\n", broken));
    }
  }

  /** The shortest and the longest ttl that is granted. */
  public record Ttl(Duration min, Duration max) {}

  /**
   * How nodes exchange what they know.
   *
   * @param interval between two pulls
   * @param maxSkew how far another node's clock may be ahead (P3)
   * @param recoveryTimeout how long a starting node waits for its peers without a new page (P7)
   */
  public record Gossip(Duration interval, Duration maxSkew, Duration recoveryTimeout) {}

  /**
   * Returns the configuration with these values.
   *
   * @throws IllegalArgumentException if they break a rule
   */
  public static Config of(Values values) {
    return new Config(
        values.get(Settings.CLUSTER),
        values.get(Settings.CLUSTER_NAME),
        values.get(Settings.NAME),
        values.get(Settings.HOST),
        values.get(Settings.PORT),
        values.get(Settings.HOSTS),
        values.get(Settings.ORIGINS),
        Tls.of(values),
        values.get(Settings.ACCESS),
        values.get(Settings.PEER_TOKEN),
        values.get(Settings.EVENT_BUS),
        values.get(Settings.AUDIT),
        Disk.of(values),
        Dns.of(values),
        values.get(Settings.LIVENESS),
        new Ttl(values.get(Settings.TTL_MIN), values.get(Settings.TTL_MAX)),
        new Gossip(
            values.get(Settings.GOSSIP_INTERVAL),
            values.get(Settings.MAX_SKEW),
            values.get(Settings.RECOVERY_TIMEOUT)),
        values.get(Settings.VOLATILE_KEYS),
        values.get(Settings.METRICS),
        values.get(PageSettings.UI),
        values.get(EurekaSettings.EUREKA),
        Limits.of(values));
  }

  /** Returns a node without peers on loopback, with standard settings; {@code port} 0 takes any free one. */
  public static Config alone(String name, int port) {
    return of(Values.standard().with(Settings.NAME, name).with(Settings.PORT, port));
  }

  /**
   * Returns this configuration with another value of one setting.
   *
   * @throws IllegalArgumentException if it breaks a rule
   */
  public <T> Config with(Setting<T> setting, T value) {
    return of(values().with(setting, value));
  }

  /** Returns the addresses of all nodes, in the order of names; none if they are found by DNS. */
  public Map<String, NodeAddress> cluster() {
    return nodes.listed();
  }

  /** Returns whether other nodes call this one, as far as the configuration says. */
  public boolean hasPeers() {
    return nodes.dns().isPresent() || !peers().isEmpty();
  }

  /** Returns the addresses of the other nodes that are listed, in the order of names. */
  public Map<String, NodeAddress> peers() {
    Map<String, NodeAddress> peers = new TreeMap<>(cluster());
    peers.remove(name);
    return Collections.unmodifiableMap(peers);
  }

  /** Returns name in a certificate → the nodes that have it as their host; no names stand for any node that is found by DNS. */
  public Map<CertificateName, SortedSet<String>> nodesByCertificate() {
    Map<CertificateName, SortedSet<String>> named = new HashMap<>();
    nodes.dns().ifPresent(at -> named.put(CertificateNameText.ofHost(at.host()), new TreeSet<>()));
    cluster()
        .forEach((node, at) -> named
            .computeIfAbsent(CertificateNameText.ofHost(at.host()), any -> new TreeSet<>())
            .add(node));
    return named;
  }

  /** Returns the host by which peers reach this node. */
  public String reachedAt() {
    return nodes
        .dns()
        .map(Address::host)
        .orElseGet(
            () -> cluster().getOrDefault(name, new NodeAddress(host, port)).host());
  }

  /** Returns where this node listens: by TLS, if it speaks that. */
  public Address listen() {
    boolean isAtTlsPort = tls.setting().source().isPresent() && tlsPort().isPresent();
    return new Address(host, isAtTlsPort ? tlsPort().getAsInt() : port);
  }

  /** Returns where it listens without TLS besides. */
  public Optional<Address> listenInClear() {
    return tls.plaintext() ? Optional.of(new Address(host, port)) : Optional.empty();
  }

  private OptionalInt tlsPort() {
    NodeAddress own = cluster().get(name);
    return own == null ? OptionalInt.empty() : own.tlsPort();
  }

  /**
   * Returns this configuration with those values of {@code next} that a running node can take over.
   *
   * @throws IllegalArgumentException if the result breaks a rule
   */
  public Config reconfigured(Config next) {
    Values values = values();
    for (Setting<?> setting : Settings.ALL) {
      if (setting.effect() != Setting.Effect.RESTART) {
        values = values.with(setting, next);
      }
    }
    return of(values);
  }

  /** Returns the differences of {@code next}, in the order of the table. */
  public List<Change> difference(Config next) {
    return Change.between(this, next);
  }

  /** Returns values that are allowed but risky, one line each. */
  public List<String> warnings() {
    return Risks.of(this);
  }

  private Values values() {
    Values values = Values.standard();
    for (Setting<?> setting : Settings.ALL) {
      values = values.with(setting, this);
    }
    return values;
  }

  private List<String> broken() {
    List<String> broken = new ArrayList<>();
    Settings.ALL.forEach(setting -> broken(setting).ifPresent(broken::add));
    if (nodes.dns().isEmpty() && !cluster().containsKey(name)) {
      broken.add("name: " + name + " is not in the cluster " + cluster().keySet());
    }
    ClusterAddresses.nameFault(nodes, clusterName)
        .ifPresent(rule -> broken.add("cluster-name: " + rule));
    LivenessRule.fault(ttl.min(), liveness, ttl.max())
        .ifPresent(rule -> broken.add("liveness: " + rule));
    tls.fault(tlsPort(), port).ifPresent(rule -> broken.add("plaintext: " + rule));
    dns.fault(port).ifPresent(rule -> broken.add("dns.port: " + rule));
    EurekaSettings.fault(eureka, List.of(port, tlsPort().orElse(port), dns.port()))
        .ifPresent(rule -> broken.add("eureka: " + rule));
    return broken;
  }

  private <T> Optional<String> broken(Setting<T> setting) {
    T value = setting.get().apply(this);
    return setting
        .type()
        .broken(value)
        .map(rule -> setting.key() + ": " + setting.type().text(value) + " " + rule);
  }
}

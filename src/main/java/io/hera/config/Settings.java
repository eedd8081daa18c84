package io.hera.config;

import static io.hera.config.Setting.Effect.LIVE;
import static io.hera.config.Setting.Effect.RESTART;
import static io.hera.config.source.ValueTypes.duration;

import io.hera.access.AuditExtent;
import io.hera.config.Setting.Derived;
import io.hera.config.Setting.Effect;
import io.hera.config.Setting.Fixed;
import io.hera.config.Setting.Standard;
import io.hera.config.source.BusReach;
import io.hera.config.source.ClusterNodes;
import io.hera.config.source.SwitchedFile;
import io.hera.config.source.TlsSetting;
import io.hera.config.source.ValueType;
import io.hera.config.source.ValueTypes;
import io.hera.tls.TlsVersion;
import io.hera.wire.WebOrigin;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * THE table of settings, continued for {@code limits} in {@link LimitSettings} and for {@code dns} in {@link DnsSettings}. From its rows follow the reader with its
 * range checks, the check in the constructor of {@link Config}, the difference between two configurations, and what a running
 * node takes over; tests hold {@code conf/hera.yml} and the documentation to it. A new setting is one row here, and its
 * component in {@link Config} with a line in {@link Config#of}.
 */
public final class Settings {
  private static final List<Setting<?>> rows = new ArrayList<>();
  private static final Duration HOUR = Duration.ofHours(1);
  private static final Duration DAY = Duration.ofDays(1);
  private static final Duration YEAR = Duration.ofDays(365);

  public static final Setting<ClusterNodes> CLUSTER = row(
      "cluster",
      ValueTypes.CLUSTER,
      new Derived<>("this node alone, at 127.0.0.1", "", ClusterAddresses::alone),
      LIVE,
      Config::nodes,
      "Every node by name, with the host and port at which the others reach it. With tls, a node"
          + " speaks it at its tls-port, if it has one, and else at its port. It is the same on"
          + " all nodes. A name that YAML takes for something else, such as no or 10, needs"
          + " quotes. Or dns:NAME:PORT: the nodes are at all addresses of a DNS name, which are"
          + " resolved forever, and say their names themselves. A change to or from dns: needs a"
          + " restart.",
      "More nodes: lookups survive more failures, and every node holds the whole registry in"
          + " memory.");

  public static final Setting<String> CLUSTER_NAME = row(
      "cluster-name",
      ValueTypes.CLUSTER_NAME,
      new Derived<>("the name in dns:, else none", "prod-eu", ClusterAddresses::clusterName),
      RESTART,
      Config::clusterName,
      "Name of the cluster, the same on all nodes; also HERA_CLUSTER_NAME. Two nodes with different"
          + " names refuse each other, so that two clusters never mix, even if an address of one"
          + " is given to the other. A cluster that is found by DNS always has a name.",
      "Without it, only the names of the nodes tell two clusters apart.");

  public static final Setting<String> NAME = row(
      "name",
      ValueTypes.NODE_NAME,
      new Derived<>("hera, without a cluster; HOSTNAME, with dns:", "test-1", others -> "hera"),
      RESTART,
      Config::name,
      "This node's name, a key of cluster unless that is dns:. Prefer -n or HERA_NAME, so that one file serves all nodes.",
      "");

  public static final Setting<Integer> PORT = row(
      "port",
      ValueTypes.PORT,
      new Derived<>(
          "this node's port in the cluster, or 8080",
          "8080",
          others -> ClusterAddresses.own(others).port()),
      RESTART,
      Config::port,
      "Port to listen on.",
      "Another port than in the cluster is useful only if something in between maps ports. With tls, a"
          + " node that has a tls-port in the cluster listens there, and not at this port.");

  public static final Setting<String> HOST = row(
      "host",
      ValueTypes.HOST,
      new Derived<>(
          "localhost if this node's host in the cluster is loopback, else 0.0.0.0, all interfaces",
          "localhost",
          ClusterAddresses::listensAt),
      RESTART,
      Config::host,
      "Address to listen on. localhost is 127.0.0.1 and ::1, where there are both.",
      "Without access, every client that reaches it may read and write everything.");

  public static final Setting<List<String>> HOSTS = row(
      "hosts",
      ValueTypes.HOSTS,
      new Fixed<>(List.of()),
      LIVE,
      Config::hosts,
      "Further names by which browsers may call this node, such as that of a proxy in front. IP"
          + " addresses, localhost, host and the hosts of the cluster need not be listed. Requests"
          + " of other programs are not checked.",
      "A name that strangers can point at this node lets their pages call it.");

  public static final Setting<List<WebOrigin>> ORIGINS = row(
      "origins",
      ValueTypes.ORIGINS,
      new Fixed<>(List.of()),
      LIVE,
      Config::origins,
      "Origins of web pages that may read and write across origins (CORS).",
      "Each page of such an origin can read, write and delete everything.");

  public static final Setting<TlsSetting> TLS = row(
      "tls",
      ValueTypes.TLS,
      new Derived<>("none", "/etc/hera/tls", others -> new TlsSetting.Unset()),
      RESTART,
      config -> config.tls().setting(),
      "The certificate of this node and its key; with it, the node and its clients speak TLS, and it"
          + " reaches its peers by TLS. They are trusted by ca.crt, or by the JDK's CAs if there is"
          + " none. Changes in the files take effect within seconds. off says that the network below"
          + " encrypts.",
      "");

  public static final Setting<TlsVersion> TLS_MIN_VERSION = row(
      "tls-min-version",
      ValueTypes.TLS_VERSION,
      new Fixed<>(TlsVersion.V1_3),
      RESTART,
      config -> config.tls().minVersion(),
      "The oldest version of TLS that this node accepts.",
      "1.2: also clients such as Java 8 before update 261 and Python 2, but more that can go wrong.");

  public static final Setting<Boolean> PLAINTEXT = row(
      "plaintext",
      ValueTypes.FLAG,
      new Fixed<>(false),
      RESTART,
      config -> config.tls().plaintext(),
      "For a cluster that switches TLS on while it runs: the node speaks TLS at its tls-port, and is"
          + " also reached at its port as before, without TLS and whatever the access file says. It"
          + " asks peers without TLS that do not answer by TLS.",
      "With true, strangers can read and write; hera doctor says when it can be removed.");

  public static final Setting<SwitchedFile> ACCESS = row(
      "access",
      ValueTypes.SWITCHED_FILE,
      new Derived<>("none", "/etc/hera/access.yml", others -> new SwitchedFile.Unset()),
      RESTART,
      Config::access,
      "File that says who may do what, by the hashes of their tokens; every other request is refused."
          + " Changes in the file take effect within seconds. With off, as without it, every client may"
          + " do everything.",
      "");

  public static final Setting<String> PEER_TOKEN = row(
      "peer-token",
      ValueTypes.FILE,
      new Derived<>("none", "/etc/hera/peer.token", others -> ""),
      RESTART,
      Config::peerToken,
      "File with the token that this node shows its peers, whose access files have its hash under an"
          + " identity that can peer; also HERA_PEER_TOKEN, which has the token itself. A changed file"
          + " takes effect within seconds.",
      "");

  public static final Setting<BusReach> EVENT_BUS = row(
      "event-bus",
      ValueTypes.BUS_REACH,
      new Derived<>(
          "local with access, else cluster",
          "local",
          others ->
              others.get(ACCESS) instanceof SwitchedFile.Named ? BusReach.LOCAL : BusReach.CLUSTER),
      RESTART,
      Config::eventBus,
      "Which processes may use the node over the event bus: its own, or all that join the event-bus"
          + " cluster (--cluster).",
      "With cluster, every process that joins may read and write, whatever the access file says.");

  public static final Setting<AuditExtent> AUDIT = row(
      "audit",
      ValueTypes.word(List.of(AuditExtent.values())),
      new Fixed<>(AuditExtent.REFUSALS),
      LIVE,
      Config::audit,
      "The requests that have lines in the log hera.audit: those that were refused; or, with changes,"
          + " those too that registered, updated or deregistered an instance at this node.",
      "With changes: one line for each such instance; renewals have none.");

  public static final Setting<Duration> LIVENESS = row(
      "liveness",
      duration(Duration.ofSeconds(1), YEAR),
      new Fixed<>(Duration.ofMinutes(5)),
      LIVE,
      Config::liveness,
      "Lifetime of an instance that is not renewed and has no ttl of its own, between ttl.min and"
          + " ttl.max.",
      "Shorter: dead instances disappear sooner, but live ones must renew more often and survive"
          + " fewer lost renewals. Clients should renew four or five times in this span.");

  public static final Setting<Duration> GOSSIP_INTERVAL = row(
      "gossip-interval",
      duration(Duration.ofMillis(100), HOUR),
      new Fixed<>(Duration.ofSeconds(3)),
      LIVE,
      config -> config.gossip().interval(),
      "Time between two pulls from a peer. A write reaches every node after a few intervals at the"
          + " latest.",
      "Shorter: nodes repair differences sooner, for more requests.");

  public static final Setting<Duration> MAX_SKEW = row(
      "max-skew",
      duration(Duration.ofSeconds(1), DAY),
      new Fixed<>(Duration.ofMinutes(1)),
      RESTART,
      config -> config.gossip().maxSkew(),
      "How far another node's clock may be ahead; entries with a later version are refused.",
      "Longer: worse clocks are tolerated, but a wrong clock wins over right ones for longer.");

  public static final Setting<Duration> RECOVERY_TIMEOUT = row(
      "recovery-timeout",
      duration(Duration.ZERO, HOUR),
      new Fixed<>(Duration.ofSeconds(5)),
      RESTART,
      config -> config.gossip().recoveryTimeout(),
      "How long a starting node waits for peers that it cannot reach, without a new page from any"
          + " of them, before it accepts writes and answers reads. A peer that refuses the connection"
          + " is not waited for.",
      "Longer: safer restarts while the network is slow or late. Shorter: ready sooner while peers"
          + " are down.");

  public static final Setting<Duration> TTL_MIN = row(
      "ttl.min",
      duration(Duration.ofMillis(100), YEAR),
      new Fixed<>(Duration.ofSeconds(1)),
      RESTART,
      config -> config.ttl().min(),
      "Shortest ttl that a client gets with ?ttl=; a shorter one is raised to it. ttl.min <= liveness <= ttl.max.",
      "");

  public static final Setting<Duration> TTL_MAX = row(
      "ttl.max",
      duration(Duration.ofMillis(100), YEAR),
      new Fixed<>(DAY),
      RESTART,
      config -> config.ttl().max(),
      "Longest ttl that a client gets with ?ttl=; a longer one is lowered to it.",
      "Longer: tombstones of removed instances stay in memory for up to twice this time.");

  public static final Setting<List<String>> VOLATILE_KEYS = row(
      "volatile-keys",
      ValueTypes.NAMES,
      new Fixed<>(List.of("updated_at")),
      RESTART,
      Config::volatileKeys,
      "Members at the top level of a document whose changes do not notify watchers. The"
          + " recommended updated_at changes with each heartbeat.",
      "An empty list: every heartbeat that changes a member notifies every watcher.");

  public static final Setting<Boolean> METRICS = row(
      "metrics",
      ValueTypes.FLAG,
      new Fixed<>(true),
      RESTART,
      Config::metrics,
      "Whether requests are counted and timed, and served at /_metrics.",
      "The cost is below what a load test can measure.");

  /** Every row, in the order of the documentation. */
  public static final List<Setting<?>> ALL = Stream.of(
          rows,
          PageSettings.ROWS,
          EurekaSettings.ROWS,
          DiskSettings.ROWS,
          DnsSettings.ROWS,
          LimitSettings.ROWS)
      .flatMap(List::stream)
      .toList();

  private Settings() {}

  private static <T> Setting<T> row(
      String key,
      ValueType<T> type,
      Standard<T> standard,
      Effect effect,
      Function<Config, T> get,
      String meaning,
      String tradeOff) {
    Setting<T> row = new Setting<>(key, type, standard, effect, get, meaning, tradeOff);
    rows.add(row);
    return row;
  }
}

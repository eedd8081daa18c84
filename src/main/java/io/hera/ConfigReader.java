package io.hera;

import io.hera.SettingValues.Range;
import io.hera.wire.Address;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Makes a {@link Config} of settings by their whole names: defaults, ranges, and what has to hold between two of them. */
final class ConfigReader {
  /** What a port may be. */
  static final Range PORT = new Range(1, 65_535);

  private static final Config DEFAULT = Config.alone("hera", 8_080);
  private static final long YEAR_MILLIS = 365L * 86_400_000;
  private static final Range LIVENESS = new Range(1_000, YEAR_MILLIS);
  private static final Range GOSSIP_INTERVAL = new Range(100, 3_600_000);
  private static final Range MAX_SKEW = new Range(1_000, 86_400_000);
  private static final Range RECOVERY_TIMEOUT = new Range(0, 3_600_000);
  private static final Range TTL = new Range(100, YEAR_MILLIS);
  private static final Range BODY_TIMEOUT = new Range(100, 3_600_000);
  private static final Range IDLE_TIMEOUT = new Range(1_000, 86_400_000);
  private static final Range HEAD_BYTES = new Range(1 << 10, 16 << 20);
  private static final Range DOCUMENT_BYTES = new Range(2, 16 << 20);
  private static final Range BATCH_BYTES = new Range(2, 64 << 20);
  private static final Range DOCUMENT_DEPTH = new Range(1, 512);
  private static final Range AMOUNT = new Range(1, Integer.MAX_VALUE);
  private static final Range TOTAL_BYTES = new Range(1 << 10, 1L << 40);

  private static final List<String> BOUNDS = List.of("liveness", "ttl.max", "ttl.min");
  private static final int NAMES_SHOWN = 20;

  private final Map<String, Setting> settings;
  private final SettingValues values;
  private final List<Fault> faults;

  private ConfigReader(Map<String, Setting> settings, List<Fault> faults) {
    this.settings = settings;
    this.values = new SettingValues(settings, "", faults);
    this.faults = faults;
  }

  /**
   * The configuration that {@code settings} make.
   *
   * @param found faults that were found before
   * @throws ConfigException with all faults, those included, when there are any
   */
  static Config read(Map<String, Setting> settings, List<Fault> found) {
    List<Fault> faults = new ArrayList<>(found);
    ConfigReader reader = new ConfigReader(settings, faults);
    Optional<Config> config = reader.config(reader.cluster());
    if (config.isEmpty() || !faults.isEmpty()) {
      throw new ConfigException(faults.stream()
          .sorted(Comparator.comparing(Fault::source).thenComparingInt(Fault::line))
          .toList());
    }
    return config.get();
  }

  /** The rule that {@code liveness} and the bounds of a ttl break together. */
  static Optional<String> livenessFault(Duration ttlMin, Duration liveness, Duration ttlMax) {
    boolean between = ttlMin.compareTo(liveness) <= 0 && liveness.compareTo(ttlMax) <= 0;
    return between
        ? Optional.empty()
        : Optional.of("breaks ttl.min <= liveness <= ttl.max (" + Change.shown(ttlMin) + ", "
            + Change.shown(liveness) + ", " + Change.shown(ttlMax) + ")");
  }

  /** Nothing when a node is wrong, so that nobody is told that this very node is missing. */
  private Map<String, Address> cluster() {
    Setting setting = settings.get("cluster");
    if (setting == null) {
      return Map.of();
    }
    int before = faults.size();
    Map<String, Address> cluster = ClusterReader.read(setting, faults);
    return faults.size() == before ? cluster : Map.of();
  }

  /** Empty when there is no saying which node this is, which is a fault. */
  private Optional<Config> config(Map<String, Address> cluster) {
    Optional<String> name = name();
    Optional<String> host = ClusterReader.host(values, "host");
    int port = values.count("port", 0, PORT);
    Config basis = name.filter(self -> cluster.isEmpty() || cluster.containsKey(self))
        .map(self -> basis(self, cluster, port))
        .orElse(DEFAULT);
    Config config = new Config(
        basis.name(),
        host.orElse(basis.host()),
        port > 0 ? port : basis.port(),
        basis.cluster(),
        values.span("liveness", basis.liveness(), LIVENESS),
        values.span("gossip-interval", basis.gossipInterval(), GOSSIP_INTERVAL),
        values.span("max-skew", basis.maxSkew(), MAX_SKEW),
        values.span("recovery-timeout", basis.recoveryTimeout(), RECOVERY_TIMEOUT),
        values.span("ttl.min", basis.ttlMin(), TTL),
        values.span("ttl.max", basis.ttlMax(), TTL),
        values.texts("volatile-keys", basis.volatileKeys()),
        values.flag("metrics", basis.metrics()),
        limits(basis.limits()));
    livenessBetween(config);
    return name.map(self -> config);
  }

  /** The node {@code self} with every other setting at its default. */
  private static Config basis(String self, Map<String, Address> cluster, int port) {
    Config alone = Config.alone(self, port > 0 ? port : DEFAULT.port());
    Address own = cluster.get(self);
    return own == null ? alone : alone.in(cluster, bindHost(own.host()), own.port());
  }

  /** On loopback nobody from elsewhere is to come in; any other name may be an address that this machine does not have. */
  private static String bindHost(String host) {
    return NodeNames.loopback(host).orElse("0.0.0.0");
  }

  private Optional<String> name() {
    boolean clustered = settings.containsKey("cluster");
    if (!values.has("name")) {
      if (clustered) {
        String rule =
            "is missing: -n, HERA_NAME or the file says which node this is" + oneOf(nodes());
        faults.add(values.place("cluster").fault("name", "", rule));
      }
      return clustered ? Optional.empty() : Optional.of(DEFAULT.name());
    }
    Optional<String> name = values.text("name");
    Optional<String> bad = name.flatMap(NodeNames::badName);
    bad.ifPresent(rule -> values.fault("name", rule));
    Set<String> nodes = nodes();
    if (name.isPresent() && bad.isEmpty() && !nodes.isEmpty() && !nodes.contains(name.get())) {
      values.fault("name", "is not in the cluster" + oneOf(nodes));
    }
    return name;
  }

  /** The names in the cluster, also of nodes that have a fault. */
  private Set<String> nodes() {
    return settings.get("cluster") instanceof Setting.Section section
        ? section.members().stream()
            .map(member -> member.key().text())
            .collect(Collectors.toCollection(TreeSet::new))
        : Set.of();
  }

  private static String oneOf(Set<String> nodes) {
    String names = nodes.stream().limit(NAMES_SHOWN).collect(Collectors.joining(", "));
    String more = nodes.size() > NAMES_SHOWN ? ", ..." : "";
    return names.isEmpty() ? "" : " (" + names + more + ")";
  }

  private void livenessBetween(Config config) {
    if (!sound("ttl.min") || !sound("ttl.max")) {
      return;
    }
    if (sound("liveness")) {
      String key = BOUNDS.stream().filter(values::has).findFirst().orElse("liveness");
      livenessFault(config.ttlMin(), config.liveness(), config.ttlMax())
          .ifPresent(rule -> values.fault(key, rule));
    } else if (config.ttlMin().compareTo(config.ttlMax()) > 0) {
      values.fault("ttl.min", "is above ttl.max, " + Change.shown(config.ttlMax()));
    }
  }

  private boolean sound(String key) {
    return faults.stream().noneMatch(fault -> fault.key().equals(key));
  }

  private Limits limits(Limits basis) {
    return new Limits(
        (int) values.size("limits.request-line-bytes", basis.requestLineBytes(), HEAD_BYTES),
        (int) values.size("limits.header-bytes", basis.headerBytes(), HEAD_BYTES),
        (int) values.size("limits.document-bytes", basis.documentBytes(), DOCUMENT_BYTES),
        values.count("limits.document-depth", basis.documentDepth(), DOCUMENT_DEPTH),
        (int) values.size("limits.batch-bytes", basis.batchBytes(), BATCH_BYTES),
        values.span("limits.body-timeout", basis.bodyTimeout(), BODY_TIMEOUT),
        values.span("limits.idle-timeout", basis.idleTimeout(), IDLE_TIMEOUT),
        values.count("limits.services", basis.services(), AMOUNT),
        values.count("limits.instances", basis.instances(), AMOUNT),
        values.size("limits.total-bytes", basis.totalBytes(), TOTAL_BYTES),
        values.count("limits.tombstones", basis.tombstones(), AMOUNT));
  }
}

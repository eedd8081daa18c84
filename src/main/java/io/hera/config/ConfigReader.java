package io.hera.config;

import io.hera.config.source.Fault;
import io.hera.config.source.RawValue;
import io.hera.config.source.RawValue.Place;
import io.hera.config.source.RawValue.Section;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Makes a {@link Config} of raw values by whole key: reads every row of the table, then checks the rules between rows. */
final class ConfigReader {
  private static final Place NOWHERE = new Place("options", 0);
  private static final int NAMES_SHOWN = 20;

  private final Map<String, RawValue> raw;
  private final List<Fault> faults;
  private Values values = Values.standard();

  private ConfigReader(Map<String, RawValue> raw, List<Fault> faults) {
    this.raw = raw;
    this.faults = faults;
  }

  /**
   * Returns the configuration with the values {@code raw}.
   *
   * @param found the faults found before
   * @throws ConfigException with all faults, those included, if there are any
   */
  static Config read(Map<String, RawValue> raw, List<Fault> found) {
    ConfigReader reader = new ConfigReader(raw, new ArrayList<>(found));
    Settings.ALL.forEach(reader::read);
    reader.checkName();
    reader.checkClusterName();
    reader.checkLiveness();
    reader.checkPlaintext();
    reader.checkDns();
    reader.checkEureka();
    if (!reader.faults.isEmpty()) {
      throw new ConfigException(reader.faults.stream()
          .sorted(Comparator.comparing(Fault::source).thenComparingInt(Fault::line))
          .toList());
    }
    return Config.of(reader.values);
  }

  private <T> void read(Setting<T> setting) {
    Optional.ofNullable(raw.get(setting.key()))
        .flatMap(value -> setting.type().read(setting.key(), value, faults))
        .ifPresent(value -> values = values.with(setting, value));
  }

  /** A node in a cluster needs a name, and the cluster has to contain it. */
  private void checkName() {
    Set<String> nodes = nodes();
    Optional<String> name = values.given(Settings.NAME);
    if (!raw.containsKey(Settings.NAME.key()) && raw.containsKey(Settings.CLUSTER.key())) {
      String sources = values.get(Settings.CLUSTER).dns().isPresent()
          ? "-n, HERA_NAME, HOSTNAME or the file says"
          : "-n, HERA_NAME or the file says";
      String rule = "is missing: " + sources + " which node this is" + oneOf(nodes);
      faults.add(place(Settings.CLUSTER).fault(Settings.NAME.key(), "", rule));
    } else if (name.isPresent() && !nodes.isEmpty() && !nodes.contains(name.get())) {
      fault(Settings.NAME, "is not in the cluster" + oneOf(nodes));
    }
  }

  /** A cluster that is found by DNS needs a name, lest it take another one for itself. */
  private void checkClusterName() {
    if (sound(Settings.CLUSTER) && sound(Settings.CLUSTER_NAME)) {
      ClusterAddresses.nameFault(values.get(Settings.CLUSTER), values.get(Settings.CLUSTER_NAME))
          .ifPresent(rule ->
              faults.add(place(Settings.CLUSTER).fault(Settings.CLUSTER_NAME.key(), "", rule)));
    }
  }

  private void checkLiveness() {
    if (!sound(Settings.TTL_MIN) || !sound(Settings.TTL_MAX)) {
      return;
    }
    var min = values.get(Settings.TTL_MIN);
    var max = values.get(Settings.TTL_MAX);
    if (sound(Settings.LIVENESS)) {
      Setting<?> blamed = Stream.of(Settings.LIVENESS, Settings.TTL_MAX, Settings.TTL_MIN)
          .filter(setting -> raw.containsKey(setting.key()))
          .findFirst()
          .orElse(Settings.LIVENESS);
      LivenessRule.fault(min, values.get(Settings.LIVENESS), max)
          .ifPresent(rule -> fault(blamed, rule));
    } else if (min.compareTo(max) > 0) {
      fault(Settings.TTL_MIN, "is above ttl.max, " + Settings.TTL_MAX.type().text(max));
    }
  }

  private void checkPlaintext() {
    boolean sound = Stream.of(Settings.CLUSTER, Settings.NAME, Settings.PORT, Settings.TLS)
        .allMatch(this::sound);
    if (sound) {
      Tls.of(values)
          .fault(ClusterAddresses.own(values).tlsPort(), values.get(Settings.PORT))
          .ifPresent(rule -> fault(Settings.PLAINTEXT, rule));
    }
  }

  private void checkDns() {
    if (Stream.of(Settings.CLUSTER, Settings.NAME, Settings.PORT).allMatch(this::sound)) {
      Dns.of(values)
          .fault(values.get(Settings.PORT))
          .ifPresent(rule -> fault(DnsSettings.PORT, rule));
    }
  }

  private void checkEureka() {
    boolean sound = Stream.of(
            Settings.CLUSTER, Settings.NAME, Settings.PORT, DnsSettings.PORT, EurekaSettings.EUREKA)
        .allMatch(this::sound);
    if (sound) {
      int port = values.get(Settings.PORT);
      int tlsPort = ClusterAddresses.own(values).tlsPort().orElse(port);
      EurekaSettings.fault(
              values.get(EurekaSettings.EUREKA),
              List.of(port, tlsPort, values.get(DnsSettings.PORT)))
          .ifPresent(rule -> fault(EurekaSettings.EUREKA, rule));
    }
  }

  /** Returns the names in the cluster, those of nodes with faults included. */
  private Set<String> nodes() {
    return raw.get(Settings.CLUSTER.key()) instanceof Section section
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

  private boolean sound(Setting<?> setting) {
    return faults.stream().noneMatch(fault -> fault.key().equals(setting.key()));
  }

  private void fault(Setting<?> setting, String rule) {
    String shown =
        Optional.ofNullable(raw.get(setting.key())).map(RawValue::shown).orElse("");
    faults.add(place(setting).fault(setting.key(), shown, rule));
  }

  private Place place(Setting<?> setting) {
    return Optional.ofNullable(raw.get(setting.key())).map(RawValue::place).orElse(NOWHERE);
  }
}

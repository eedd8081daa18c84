package io.hera.config;

import static io.hera.config.ConfigTexts.TWO;
import static io.hera.config.ConfigTexts.load;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hera.config.Setting.Derived;
import io.hera.config.Setting.Effect;
import io.hera.config.Setting.Fixed;
import io.hera.config.source.BusReach;
import io.hera.config.source.ClusterNodes;
import io.hera.config.source.NodeAddress;
import io.hera.config.source.SwitchedFile;
import io.hera.config.source.TlsSetting;
import io.hera.tls.TlsSource;
import io.hera.wire.EurekaMode;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** The table of settings, and the code and documents that have to agree with it. */
class SettingsTest {
  private static final List<Setting<?>> ALL = Settings.ALL;
  private static final Path FILE = Path.of("conf/hera.yml");
  private static final Path PACKAGED = Path.of("src/deb/root/etc/hera/hera.yml");
  private static final Path DOCUMENT = Path.of("src/site/markdown/configuration.md");

  @Test
  void everySettingIsARow() {
    assertThat(ALL)
        .containsExactlyInAnyOrderElementsOf(Stream.of(
                Settings.class,
                PageSettings.class,
                EurekaSettings.class,
                DiskSettings.class,
                DnsSettings.class,
                LimitSettings.class)
            .flatMap(table -> Arrays.stream(table.getFields()))
            .filter(field -> Modifier.isStatic(field.getModifiers()))
            .filter(field -> field.getType() == Setting.class)
            .<Setting<?>>map(SettingsTest::row)
            .toList())
        .doesNotHaveDuplicates();
    assertThat(ALL).extracting(Setting::key).doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @FieldSource("ALL")
  <T> void aRowReadsWhatItsConfigurationWasMadeOf(Setting<T> row) {
    Config config = Config.alone("a", 8080);
    T value = row.get().apply(config);

    assertThat(config.with(row, value)).isEqualTo(config);
    assertThat(Values.standard().with(row, value).get(row)).isSameAs(value);
  }

  @ParameterizedTest
  @FieldSource("ALL")
  <T> void theStandardValueOfARowIsValidAndReadAsItIsWritten(Setting<T> row) {
    T standard = row.standard().of(Values.standard());

    assertThat(row.type().broken(standard)).isEmpty();
    if (row.standard() instanceof Fixed<T>) {
      assertThat(load(row.key() + ": " + row.type().text(standard)))
          .isEqualTo(new ConfigLoader(new JsonObject(), Map.of()).config());
    } else {
      assertThat(row.standard()).isInstanceOf(Derived.class);
    }
  }

  @ParameterizedTest
  @FieldSource("ALL")
  void aRowSaysWhatItMeansAndWhichValuesAreAllowed(Setting<?> row) {
    assertThat(row.meaning()).endsWith(".").hasSizeGreaterThan(10);
    assertThat(row.tradeOff()).matches("|.*\\.");
    assertThat(row.type().allowed()).isNotEmpty();
  }

  @Test
  void aConfigurationOutsideTheRangesCannotBeMade() {
    Config config = Config.alone("a", 0);

    assertThatThrownBy(() -> config.with(LimitSettings.SERVICES, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("limits.services: 0 is not in 1..2147483647");
    assertThatThrownBy(() -> config.with(Settings.GOSSIP_INTERVAL, Duration.ofMillis(99)))
        .hasMessage("gossip-interval: 99ms is not in 0.1..3600 s");
    assertThatThrownBy(() -> config.with(Settings.PORT, 65_536))
        .hasMessage("port: 65536 is not in 0..65535");
    assertThatThrownBy(() -> config.with(Settings.HOST, "a b"))
        .hasMessageStartingWith("host: a b is not a host name or IP address");
    assertThatThrownBy(() -> config.with(Settings.VOLATILE_KEYS, List.of("")))
        .hasMessageEndingWith("contains an invalid name");
    assertThatThrownBy(() -> config.with(Settings.NAME, "_a")).hasMessageContaining("node name");
  }

  @Test
  void aConfigurationWhoseClusterLacksTheNodeCannotBeMade() {
    assertThatThrownBy(() -> Config.alone("a", 0).with(Settings.NAME, "b"))
        .hasMessage("name: b is not in the cluster [a]");
  }

  @Test
  void aConfigurationWithLivenessOutsideTheTtlBoundsCannotBeMade() {
    Config config = Config.alone("a", 0);

    assertThatThrownBy(() -> config.with(Settings.TTL_MAX, Duration.ofSeconds(10)))
        .hasMessage("liveness: breaks ttl.min <= liveness <= ttl.max (1s, 300s, 10s)");
    assertThatThrownBy(() -> config.with(Settings.TTL_MIN, Duration.ofSeconds(301)))
        .hasMessageContaining("ttl.min <= liveness");
  }

  @Test
  void aConfigurationReportsAllRulesThatItBreaks() {
    Values values = Values.standard()
        .with(LimitSettings.SERVICES, 0)
        .with(LimitSettings.INSTANCES, 0)
        .with(Settings.LIVENESS, Duration.ofDays(2));

    assertThatThrownBy(() -> Config.of(values))
        .hasMessageMatching("(?s)limits.services.*\n" + "limits.instances.*\nliveness.*");
  }

  @Test
  void theCollectionsOfAConfigurationAreCopies() {
    List<String> keys = new ArrayList<>(List.of("x"));
    Config config = Config.alone("a", 0).with(Settings.VOLATILE_KEYS, keys);
    keys.add("y");

    assertThat(config.volatileKeys()).containsExactly("x");
    assertThatThrownBy(() -> config.cluster().put("b", new NodeAddress("h", 1)))
        .isInstanceOf(UnsupportedOperationException.class);
  }

  @Test
  void aDifferenceIsOneLinePerSettingInTheOrderOfTheTable() {
    Config before = load("name: test-1\n" + TWO);
    Config after = load("name: test-1\nport: 9\nliveness: 60\nlimits.document-bytes: 1MiB\n"
        + TWO.replace("test-2", "test-3"));

    assertThat(before.difference(after))
        .map(Change::toString)
        .containsExactly(
            "cluster.test-2: 127.0.0.1:8081 -> none",
            "cluster.test-3: none -> 127.0.0.1:8081",
            "port: 8080 -> 9",
            "liveness: 300s -> 60s",
            "limits.document-bytes: 64KiB -> 1MiB");
    assertThat(before.difference(after)).filteredOn(Change::needsRestart).hasSize(1);
    assertThat(before.difference(before)).isEmpty();
  }

  @Test
  void aRunningNodeTakesOverTheseSettingsAndTheLimits() {
    assertThat(ALL)
        .filteredOn(row -> row.effect() != Effect.RESTART)
        .extracting(Setting::key)
        .filteredOn(key -> !key.startsWith("limits."))
        .containsExactly(
            "cluster",
            "hosts",
            "origins",
            "audit",
            "liveness",
            "gossip-interval",
            "ui",
            "dns.ttl",
            "dns.negative-ttl",
            "dns.allow");
    assertThat(LimitSettings.ROWS).noneMatch(row -> row.effect() == Effect.RESTART);
  }

  @Test
  void theFileOfTheRepositoryIsTheTableWithTwoNodes() throws IOException {
    assertThat(Files.readString(FILE)).isEqualTo(SettingsDocument.yaml());
    Map<String, NodeAddress> cluster = Map.of(
        "test-1", new NodeAddress("127.0.0.1", 8080), "test-2", new NodeAddress("127.0.0.1", 8081));

    Config config = new ConfigLoader(new JsonObject().put("name", "test-2"), Map.of())
        .config(FILE.toString(), Files.readAllBytes(FILE));

    assertThat(config)
        .isEqualTo(Config.of(Values.standard()
            .with(Settings.NAME, "test-2")
            .with(Settings.CLUSTER, new ClusterNodes.Listed(cluster))));
  }

  @Test
  void theFileOfThePackageIsTheTableForANodeAloneOnLoopbackWithADirectory() throws IOException {
    assertThat(Files.readString(PACKAGED)).isEqualTo(SettingsDocument.packaged());

    assertThat(load(SettingsDocument.packaged()))
        .isEqualTo(Config.of(Values.standard().with(DiskSettings.DATA, "/var/lib/hera")));
  }

  @Test
  void theFileOfTheRepositoryWithEveryKeyUncommentedIsAValidConfiguration() {
    String keys = SettingsDocument.yaml()
        .replaceAll("(?m)^# ([a-z-]+:( \\S+)?)$", "$1")
        .replaceAll("(?m)^#   ([a-z-]+: \\S+)$", "  $1");

    Config all = load(keys);

    assertThat(all)
        .isEqualTo(Config.of(Values.standard()
            .with(Settings.NAME, "test-1")
            .with(Settings.CLUSTER_NAME, "prod-eu")
            .with(Settings.TLS, new TlsSetting.On(TlsSource.directory("/etc/hera/tls")))
            .with(Settings.ACCESS, new SwitchedFile.Named("/etc/hera/access.yml"))
            .with(Settings.PEER_TOKEN, "/etc/hera/peer.token")
            .with(DiskSettings.DATA, "/var/lib/hera")
            .with(DnsSettings.PORT, 8600)
            .with(Settings.EVENT_BUS, BusReach.LOCAL)
            .with(Settings.CLUSTER, all.nodes())));
    assertThat(ALL)
        .allSatisfy(row -> assertThat(keys)
            .containsPattern("(?m)^ *" + row.key().substring(row.key().indexOf('.') + 1) + ":"));
  }

  @Test
  void theTableOfTheDocumentationIsTheTable() throws IOException {
    assertThat(Files.readString(DOCUMENT)).contains(SettingsDocument.markdown());
  }

  @Test
  void eurekaIsServedOrNotOrAlsoAtAPortOfItsOwn() {
    assertThat(load("eureka: false").eureka()).isEqualTo(new EurekaMode.Off());
    assertThat(load("eureka: true").eureka()).isEqualTo(new EurekaMode.On());
    assertThat(load("eureka: {port: 8761}").eureka()).isEqualTo(new EurekaMode.AlsoAt(8761));
    for (String wrong : List.of(
        "eureka: {}",
        "eureka: 8761",
        "eureka: {port: 0}",
        "eureka: {port: 8080}",
        "eureka:",
        "eureka: {prot: 1}",
        "eureka: {port: 8600}\ndns.port: 8600")) {
      assertThatThrownBy(() -> load(wrong)).as(wrong).isInstanceOf(ConfigException.class);
    }
  }

  private static Setting<?> row(Field field) {
    try {
      return (Setting<?>) field.get(null);
    } catch (IllegalAccessException e) {
      throw new AssertionError(e);
    }
  }
}

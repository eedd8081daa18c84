package io.hera.config;

import static io.hera.config.ConfigTexts.TWO;
import static io.hera.config.ConfigTexts.load;
import static org.assertj.core.api.Assertions.assertThat;

import io.hera.access.AuditExtent;
import io.hera.assembly.PartSettings;
import io.hera.config.Config.Gossip;
import io.hera.config.Config.Ttl;
import io.hera.config.source.BusReach;
import io.hera.config.source.ClusterNodes;
import io.hera.config.source.NodeAddress;
import io.hera.config.source.SwitchedFile;
import io.hera.config.source.TlsSetting;
import io.hera.gossip.PeerAddress;
import io.hera.tls.TlsSource;
import io.hera.tls.TlsVersion;
import io.hera.wire.Address;
import io.hera.wire.EurekaMode;
import io.hera.wire.Network;
import io.hera.wire.Networks;
import io.hera.wire.UiMode;
import io.hera.wire.WebOrigin;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The configuration that valid settings make, from all sources. */
class ConfigTest {
  private static final String PLACEHOLDERS = """
      name: sr-sto-1
      port: 3222
      liveness: 300
      cluster:
        sr-sto-1:
          host: ec2-NN-NN-NN-NN.compute-1.amazonaws.com
          port: 3222
        sr-ash-1:
          host: ec2-NN-NN-NN-NN.compute-1.amazonaws.com
          port: 3222
        sr-lon-1:
          host: ec2-NN-NN-NN-NN.compute-1.amazonaws.com
          port: 3222
      """;

  @Test
  void withoutSettingsANodeIsAloneOnLoopbackWithStandardValues() {
    Config config = new ConfigLoader(new JsonObject(), Map.of()).config();

    assertThat(config)
        .isEqualTo(new Config(
            new ClusterNodes.Listed(Map.of("hera", new NodeAddress("127.0.0.1", 8080))),
            "",
            "hera",
            "localhost",
            8080,
            List.of(),
            List.of(),
            new Tls(new TlsSetting.Unset(), TlsVersion.V1_3, false),
            new SwitchedFile.Unset(),
            "",
            BusReach.CLUSTER,
            AuditExtent.REFUSALS,
            new Disk("", Duration.ofSeconds(60), Duration.ofHours(1)),
            new Dns(
                0,
                List.of("127.0.0.1"),
                "hera.internal",
                Duration.ofSeconds(1),
                Duration.ofSeconds(1),
                1_232,
                Networks.PRIVATE,
                512,
                Duration.ofSeconds(10)),
            Duration.ofMinutes(5),
            new Ttl(Duration.ofSeconds(1), Duration.ofDays(1)),
            new Gossip(Duration.ofSeconds(3), Duration.ofMinutes(1), Duration.ofSeconds(5)),
            List.of("updated_at"),
            true,
            UiMode.TRUE,
            new EurekaMode.On(),
            new Limits(
                65_536,
                16_384,
                65_536,
                32,
                4_194_304,
                Duration.ofSeconds(10),
                Duration.ofSeconds(120),
                60_000,
                64L << 20,
                64L << 20,
                100_000,
                2_000_000,
                268_435_456,
                500_000)));
  }

  @Test
  void aClusterWhoseNodesShareAHostNameLoads() {
    Config config = load(PLACEHOLDERS);

    assertThat(config.name()).isEqualTo("sr-sto-1");
    assertThat(config.host()).isEqualTo("0.0.0.0");
    assertThat(config.port()).isEqualTo(3222);
    assertThat(config.peers()).containsOnlyKeys("sr-ash-1", "sr-lon-1");
    assertThat(config.liveness()).isEqualTo(Duration.ofMinutes(5));
    assertThat(config.warnings())
        .filteredOn(line -> line.matches("cluster: sr-\\w+-1 and sr-ash-1 are both at ec2-.*:3222"))
        .hasSize(2);
  }

  @Test
  void withoutAPortANodeListensAtItsPortInTheCluster() {
    assertThat(load(PLACEHOLDERS.replaceFirst("(?m)^port: 3222\n", "").replaceFirst("3222", "3333"))
            .port())
        .isEqualTo(3333);
  }

  @Test
  void everyKeyOfAFileIsRead() {
    Config config = load("""
        cluster-name: prod-eu
        name: a
        port: 1
        host: 10.1.2.3
        hosts: [registry.example, "[::1]"]
        origins: ["https://OPS.example:443", "http://[fd00::1]:8081"]
        tls: {certificate: c.pem, key: k.pem, ca: ca.pem, crl: r.pem}
        tls-min-version: 1.2
        plaintext: true
        access: /a/access.yml
        peer-token: /a/peer.token
        event-bus: cluster
        audit: changes
        data: /var/lib/hera
        snapshot: {interval: 5, max-age: 2h}
        dns: {port: 8600, host: [10.1.2.3, "::1"], domain: D.example., ttl: 2, negative-ttl: 0, udp-bytes: 8KiB, allow: [10.0.0.0/8, "::1"], tcp-connections: 9, idle-timeout: 1m}
        liveness: 2h
        gossip-interval: 500ms
        cluster: {a: {host: h.example, port: 65535, tls-port: 7}, b: {host: "::1", port: 2}}
        max-skew: 1
        recovery-timeout: 0
        ttl: {min: 0.1, max: 365h}
        volatile-keys: [x, "7"]
        metrics: false
        ui: read-only
        limits:
          request-line-bytes: 1KiB
          header-bytes: 2048
          document-bytes: 1MiB
          document-depth: 3
          batch-bytes: 8MiB
          body-timeout: 1
          idle-timeout: 5m
          connections: 7000
          page-bytes: 1GiB
          in-flight-bytes: 3MiB
          services: 4
          instances: 5
          total-bytes: 2GiB
          tombstones: 6
        """);

    assertThat(config)
        .isEqualTo(new Config(
            new ClusterNodes.Listed(Map.of(
                "a",
                new NodeAddress(new Address("h.example", 65535), OptionalInt.of(7)),
                "b",
                new NodeAddress("::1", 2))),
            "prod-eu",
            "a",
            "10.1.2.3",
            1,
            List.of("registry.example", "::1"),
            List.of(
                new WebOrigin("https", "ops.example", 443),
                new WebOrigin("http", "[fd00:0:0:0:0:0:0:1]", 8081)),
            new Tls(
                new TlsSetting.On(
                    TlsSource.files("c.pem", "k.pem", Optional.of("ca.pem"), Optional.of("r.pem"))),
                TlsVersion.V1_2,
                true),
            new SwitchedFile.Named("/a/access.yml"),
            "/a/peer.token",
            BusReach.CLUSTER,
            AuditExtent.CHANGES,
            new Disk("/var/lib/hera", Duration.ofSeconds(5), Duration.ofHours(2)),
            new Dns(
                8_600,
                List.of("10.1.2.3", "::1"),
                "d.example",
                Duration.ofSeconds(2),
                Duration.ZERO,
                8_192,
                Networks.of(List.of(
                    Network.parse("10.0.0.0/8").orElseThrow(),
                    Network.parse("::1").orElseThrow())),
                9,
                Duration.ofMinutes(1)),
            Duration.ofHours(2),
            new Ttl(Duration.ofMillis(100), Duration.ofHours(365)),
            new Gossip(Duration.ofMillis(500), Duration.ofSeconds(1), Duration.ZERO),
            List.of("x", "7"),
            false,
            UiMode.READ_ONLY,
            new EurekaMode.On(),
            new Limits(
                1024,
                2048,
                1 << 20,
                3,
                8 << 20,
                Duration.ofSeconds(1),
                Duration.ofMinutes(5),
                7_000,
                1L << 30,
                3L << 20,
                4,
                5,
                2L << 30,
                6)));
  }

  @ParameterizedTest
  @CsvSource({"/etc/hera/tls,/etc/hera/tls/tls.crt", "tls/,tls/tls.crt"})
  void tlsIsADirectoryWithTheNamesOfKubernetes(String directory, String certificate) {
    TlsSource source = load("tls: " + directory).tls().setting().source().orElseThrow();

    assertThat(source).isEqualTo(TlsSource.directory(directory));
    assertThat(source.certificate()).isEqualTo(certificate);
  }

  /** A host may be spelled as no address may that DNS is answered at. */
  @ParameterizedTest
  @CsvSource({"10.1.2.3, 127.0.0.1 10.1.2.3", "10.1.2.03, 127.0.0.1", "a.example, 127.0.0.1"})
  void dnsIsAnsweredOnLoopbackAndAtTheHostInTheClusterIfThatIsAnAddress(
      String host, String addresses) {
    Config config = load("name: a\ncluster: {a: {host: %s, port: 8080}}".formatted(host));

    assertThat(config.dns().hosts()).containsExactly(addresses.split(" "));
  }

  @ParameterizedTest
  @CsvSource({"'',8080", "'tls: off',8080", "'tls: t',8443"})
  void withTlsANodeListensAtItsTlsPortAndReachesPeersAtTheirs(String tls, int port) {
    Config config = load(tls + """

        name: a
        cluster:
          a: {host: 10.0.0.1, port: 8080, tls-port: 8443}
          b: {host: 10.0.0.2, port: 8080, tls-port: 8443}
          c: {host: 10.0.0.3, port: 7}
        """);

    assertThat(config.listen()).isEqualTo(new Address("0.0.0.0", port));
    assertThat(config.listenInClear()).isEmpty();
    assertThat(PartSettings.gossip(config).peers())
        .isEqualTo(Map.of(
            "b",
            new PeerAddress(new Address("10.0.0.2", port)),
            "c",
            new PeerAddress(new Address("10.0.0.3", 7))));
  }

  @Test
  void withPlaintextANodeListensAtBothPortsAndReachesPeersAtBoth() {
    Config config = load("""
        name: a
        tls: t
        access: a.yml
        plaintext: true
        cluster:
          a: {host: 10.0.0.1, port: 8080, tls-port: 8443}
          b: {host: 10.0.0.2, port: 8081, tls-port: 8444}
        """);

    assertThat(config.listen()).isEqualTo(new Address("0.0.0.0", 8443));
    assertThat(config.listenInClear()).contains(new Address("0.0.0.0", 8080));
    assertThat(PartSettings.gossip(config).peers())
        .containsExactly(Map.entry(
            "b",
            new PeerAddress(
                new Address("10.0.0.2", 8444), Optional.of(new Address("10.0.0.2", 8081)))));
    assertThat(config.warnings())
        .singleElement()
        .asString()
        .isEqualTo(
            "plaintext: open to the network: every program that reaches 0.0.0.0:8080 may read and"
                + " write; there is no TLS and no access control until it is removed");
  }

  @ParameterizedTest
  @CsvSource({
    "'',there is no TLS and no access control",
    "'tls: off',there is no access control",
    "'tls: t',there is no access control"
  })
  void anOpenNodeWarnsOfWhatItLacks(String tls, String warning) {
    assertThat(load("host: 0.0.0.0\n" + tls).warnings())
        .singleElement()
        .asString()
        .endsWith("may read and write; " + warning);
  }

  @ParameterizedTest
  @CsvSource({
    "'',1",
    "'tls: off',1",
    "'tls: /t',1",
    "'access: off',1",
    "'access: off\ntls: off',0",
    "'access: off\ntls: /t',0",
    "'access: a.yml\ntls: off',0",
    "'access: a.yml\ntls: /t',0",
  })
  void anOpenNodeWarnsUnlessItsOperatorHasDecided(String security, int warnings) {
    assertThat(load("host: 0.0.0.0\n" + security).warnings()).hasSize(warnings);
  }

  @Test
  void theEventBusIsLocalWithAnAccessFileUnlessTheFileSaysOtherwise() {
    assertThat(load("access: a.yml").eventBus()).isEqualTo(BusReach.LOCAL);
    assertThat(load("access: off").eventBus()).isEqualTo(BusReach.CLUSTER);
    assertThat(load("event-bus: local").eventBus()).isEqualTo(BusReach.LOCAL);
    assertThat(load("access: a.yml\nevent-bus: cluster").warnings())
        .containsExactly("event-bus: every process that joins the event-bus cluster may read and"
            + " write, whatever the access file says");
  }

  @Test
  void accessIsSwitchedOffByAWordThatYamlTakesForATruthValue() {
    assertThat(load("access: off").access()).isEqualTo(new SwitchedFile.Off());
    assertThat(load("access: 'off'").access()).isEqualTo(new SwitchedFile.Off());
  }

  @Test
  void aDottedKeyIsTheNestedOne() {
    assertThat(load("ttl.min: 5\nlimits.services: 7\n"))
        .isEqualTo(load("ttl: {min: 5}\nlimits: {services: 7}\n"));
    assertThat(load("ttl.min: 5\nttl: {max: 600}\n").ttl().min()).isEqualTo(Duration.ofSeconds(5));
  }

  @ParameterizedTest
  @CsvSource({
    "127.0.0.1,localhost", "localhost,localhost", "LocalHost,localhost", "127.0.0.2,127.0.0.2",
    "'\"::1\"',localhost", "'\"[::1]\"',localhost", "10.0.0.1,0.0.0.0", "node-1,0.0.0.0",
    "127.example,0.0.0.0", "localhost.example,0.0.0.0"
  })
  void aNodeOnLoopbackInTheClusterListensThereOnly(String host, String bound) {
    assertThat(load("name: a\ncluster: {a: {host: " + host + ", port: 1}}").host())
        .isEqualTo(bound);
  }

  @ParameterizedTest
  @CsvSource({
    "0.0.0.0,1",
    "'\"::\"',1",
    "10.0.0.1,1",
    "node-1,1",
    "127.0.0.1,0",
    "localhost,0",
    "'\"[::1]\"',0",
    "127.0.0.9,0"
  })
  void aNodeThatListensBeyondLoopbackWarns(String host, int warnings) {
    assertThat(load("port: 7\nhost: " + host).warnings())
        .hasSize(warnings)
        .allMatch(line -> line.matches(
            "host: open to the network: every program that reaches .*:7 may read and write;"
                + " there is no TLS and no access control"));
  }

  @ParameterizedTest
  @CsvSource({
    "true,true",
    "True,true",
    "TRUE,true",
    "'\"true\"',true",
    "false,false",
    "False,false",
    "FALSE,false"
  })
  void aFlagIsWrittenAsInYaml(String text, boolean value) {
    assertThat(load("metrics: " + text).metrics()).isEqualTo(value);
  }

  @Test
  void aSectionOrListWhoseMembersAreAllCommentedOutIsEmpty() {
    assertThat(load("""
        limits:
        #  services: 7
        ttl: ~
        hosts:
        # - registry.example
        liveness: 300
        """)).isEqualTo(new ConfigLoader(new JsonObject(), Map.of()).config());
    assertThat(load("volatile-keys:\n# - x\n").volatileKeys()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "127.0.0.1,'\"::1\"'",
    "'\"::1\"',127.0.0.1",
    "127.0.0.1,127.0.0.2",
    "localhost,127.0.0.2"
  })
  void aNodeWhosePortAnotherOneHasOnLoopbackListensAtItsOwnAddress(String own, String other) {
    String cluster = "name: a\ncluster: {a: {host: %s, port: 1}, b: {host: %s, port: %d}}";

    assertThat(load(cluster.formatted(own, other, 1)).host())
        .isEqualTo(own.replace("\"", "").replace("localhost", "127.0.0.1"));
    assertThat(load(cluster.formatted(own, other, 2)).host()).isEqualTo("localhost");
  }

  /** Kubernetes sets these for a Service named hera, Docker for a container linked as hera. */
  @ParameterizedTest
  @CsvSource({
    "HERA_PORT,tcp://10.96.0.12:8080",
    "HERA_PORT,udp://10.96.0.12:8080",
    "HERA_PORT,tcp://[fd00::1]:8080",
    "HERA_PORT,sctp://10.96.0.12:8080",
    "HERA_NAME,/web/hera"
  })
  void aVariableOfKubernetesOrDockerIsIgnoredWithOneWarning(String variable, String value) {
    Map<String, String> environment = new HashMap<>(Map.of(
        "HERA_SERVICE_HOST", "10.96.0.12",
        "HERA_PORT_8080_TCP", "tcp://10.96.0.12:8080",
        "HERA_PORT_8080_TCP_ADDR", "10.96.0.12",
        "HERA_ENV_JAVA_VERSION", "17"));
    ConfigLoader own = new ConfigLoader(new JsonObject(), environment);
    assertThat(own.warnings()).isEmpty();
    environment.put(variable, value);
    ConfigLoader foreign = new ConfigLoader(new JsonObject(), environment);

    assertThat(foreign.config()).isEqualTo(own.config());
    assertThat(foreign.warnings())
        .containsExactly("environment: " + variable + " is ignored: " + value
            + " comes from Kubernetes or Docker, not from an operator of Hera");
  }

  @Test
  void severalVariablesOfKubernetesOrDockerAreOneWarning() {
    Map<String, String> environment =
        Map.of("HERA_PORT", "tcp://172.17.0.5:8080", "HERA_NAME", "/web/hera");

    assertThat(new ConfigLoader(new JsonObject(), environment).warnings())
        .containsExactly(
            "environment: HERA_NAME, HERA_PORT are ignored: /web/hera,"
                + " tcp://172.17.0.5:8080 come from Kubernetes or Docker, not from an operator of Hera");
  }

  @Test
  void optionsOverrideTheEnvironmentAndThatTheFile() {
    String file = "name: test-1\nport: 1\n" + TWO;
    Map<String, String> environment = Map.of("HERA_NAME", "test-2", "HERA_PORT", "2");
    JsonObject options = new JsonObject().put("name", "test-1").put("port", 3);

    assertThat(load(file, new JsonObject(), Map.of("HERA_PORT", "")).port()).isEqualTo(1);
    Config environmental = load(file, new JsonObject(), environment);
    assertThat(environmental.name() + environmental.port()).isEqualTo("test-22");
    Config optional = load(file, options, environment);
    assertThat(optional.name() + optional.port()).isEqualTo("test-13");
  }

  @Test
  void theEnvironmentMayNameTheCluster() {
    Map<String, String> environment = Map.of("HERA_CLUSTER_NAME", "prod-eu");

    assertThat(load("name: test-1\n" + TWO, new JsonObject(), environment).clusterName())
        .isEqualTo("prod-eu");
  }

  @Test
  void optionsHaveTheKeysOfAFile() {
    JsonObject options = new JsonObject()
        .put("name", "a")
        .put(
            "cluster",
            new JsonObject().put("a", new JsonObject().put("host", "h").put("port", 7)))
        .put("liveness", 1.5)
        .put("ttl", new JsonObject().put("max", "2h"))
        .put("volatile-keys", new JsonArray().add("t"));

    assertThat(new ConfigLoader(options, Map.of()).config()).isEqualTo(load("""
            name: a
            cluster: {a: {host: h, port: 7}}
            liveness: 1.5
            ttl.max: 2h
            volatile-keys: [t]
            """));
  }

  @Test
  void namesOfNodesInQuotesAreText() {
    Config config =
        load("name: 'no'\ncluster: {'no': {host: h, port: 1}, \"10\": {host: i, port: 1}}");

    assertThat(config.cluster()).containsOnlyKeys("no", "10");
  }
}

package io.hera.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.hera.access.CertificateName;
import io.hera.assembly.PartSettings;
import io.hera.config.source.ClusterNodes;
import io.hera.config.source.Fault;
import io.hera.gossip.GossipSettings.Search;
import io.hera.store.StoreSettings.Membership;
import io.hera.wire.Address;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The setting {@code cluster: dns:NAME:PORT} (P21). */
class ClusterByDnsTest {
  private static final String DNS = "cluster: dns:hera-peers.prod.svc:8080\n";
  private static final Map<String, String> POD = Map.of("HOSTNAME", "hera-0");

  private static Config load(Map<String, String> environment, String yaml) {
    return new ConfigLoader(new JsonObject(), environment)
        .config("f.yml", yaml.getBytes(StandardCharsets.UTF_8));
  }

  private static List<String> faults(Map<String, String> environment, String yaml) {
    return catchThrowableOfType(ConfigException.class, () -> load(environment, yaml))
        .faults()
        .stream()
        .map(Fault::toString)
        .toList();
  }

  @Test
  void aClusterIsFoundByDnsAndHasItsName() {
    Config config = load(POD, DNS);
    assertThat(config.nodes())
        .isEqualTo(new ClusterNodes.Found(new Address("hera-peers.prod.svc", 8080)));
    assertThat(config.name()).isEqualTo("hera-0");
    assertThat(config.clusterName()).isEqualTo("hera-peers.prod.svc");
    assertThat(config.port()).isEqualTo(8080);
    assertThat(config.host()).isEqualTo("0.0.0.0");
    assertThat(config.cluster()).isEmpty();
    assertThat(config.hasPeers()).isTrue();
    assertThat(config.reachedAt()).isEqualTo("hera-peers.prod.svc");
  }

  @Test
  void theCertificateOfEachNodeNamesTheClusterAndStandsForAnyNode() {
    assertThat(load(POD, DNS).nodesByCertificate())
        .isEqualTo(Map.of(
            new CertificateName(CertificateName.Kind.DNS, "hera-peers.prod.svc"),
            new TreeSet<String>()));
  }

  @Test
  void aGivenNameWinsOverThatOfTheHost() {
    assertThat(load(POD, DNS + "name: a\n").name()).isEqualTo("a");
    assertThat(load(Map.of("HOSTNAME", "hera-0", "HERA_NAME", "b"), DNS).name()).isEqualTo("b");
    assertThat(load(POD, DNS + "cluster-name: prod\n").clusterName()).isEqualTo("prod");
  }

  @Test
  void theNameOfTheHostIsNotThatOfANodeOfAListedCluster() {
    assertThat(load(POD, "liveness: 10\n").name()).isEqualTo("hera");
    assertThat(faults(POD, "cluster: {hera-0: {host: h, port: 1}}"))
        .containsExactly("f.yml:1: name: is missing: -n, HERA_NAME or the file says which node this"
            + " is (hera-0)");
  }

  @Test
  void aNameInCapitalsOrWithAFinalDotIsTheSameCluster() {
    assertThat(load(POD, "cluster: dns:Hera-Peers.Prod.svc.:8080\n").clusterName())
        .isEqualTo("hera-peers.prod.svc");
  }

  @Test
  void withoutAHostNameTheNameIsMissing() {
    assertThat(faults(Map.of(), DNS))
        .containsExactly("f.yml:1: name: is missing: -n, HERA_NAME, HOSTNAME or the file says which"
            + " node this is");
    assertThat(faults(Map.of("HOSTNAME", "_x"), DNS))
        .hasSize(1)
        .first()
        .asString()
        .startsWith("HOSTNAME: name: _x is not a node name");
  }

  @Test
  void aShortDnsNameNeedsANameOfTheCluster() {
    assertThat(faults(POD, "cluster: dns:hera-peers:8080\n"))
        .containsExactly("f.yml:1: cluster-name: is missing: hera-peers cannot be the name of the"
            + " cluster, because it has no dot or is longer than 64 characters");
    assertThat(load(POD, "cluster: dns:hera-peers:8080\ncluster-name: prod\n").clusterName())
        .isEqualTo("prod");
  }

  @ParameterizedTest
  @CsvSource({
    "'dns:', has no port: dns:NAME:PORT",
    "dns:hera.prod, has no port: dns:NAME:PORT",
    "'dns:hera.prod:', has a port that is not in 1..65535: dns:NAME:PORT",
    "dns:hera.prod:99999, has a port that is not in 1..65535: dns:NAME:PORT",
    "dns:hera.prod:0, has a port that is not in 1..65535: dns:NAME:PORT",
    "dns:hera.prod:http, has a port that is not in 1..65535: dns:NAME:PORT",
    "dns::8080, has no DNS name: dns:NAME:PORT",
    "dns:a b.c:8080, has no DNS name: dns:NAME:PORT",
    "dns:10.0.0.1:8080, has an IP address where dns:NAME:PORT has a DNS name",
    "dns:[::1]:8080, has an IP address where dns:NAME:PORT has a DNS name",
  })
  void anEntryOfAnotherFormIsAFault(String entry, String rule) {
    assertThat(faults(POD, "cluster: \"" + entry + "\""))
        .containsExactly("f.yml:1: cluster: " + entry + " " + rule);
  }

  @Test
  void severalEntriesAreAFault() {
    assertThat(faults(Map.of("HERA_NAME", "a"), "cluster: [dns:a.b:1, dns:c.d:1]"))
        .containsExactly("f.yml:1: cluster: is not a mapping of node names to host and port, nor"
            + " dns:NAME:PORT");
  }

  @Test
  void theClusterCannotSwitchToTlsWhileItRuns() {
    assertThat(faults(POD, DNS + "tls: t\nplaintext: true\n"))
        .containsExactly("f.yml:3: plaintext: true needs a tls-port of this node in cluster, beside"
            + " its port");
  }

  @Test
  void gossipAndStoreBeginWithoutPeersAndReloadsKeepThoseThatWereFound() {
    Config config = load(POD, DNS);
    assertThat(PartSettings.gossip(config).peers()).isEmpty();
    assertThat(PartSettings.gossip(config).search()).isEqualTo(Search.BEGUN);
    assertThat(PartSettings.store(config).members()).containsExactly("hera-0");
    assertThat(PartSettings.store(config).membership()).isEqualTo(Membership.FOUND);
    assertThat(PartSettings.shared(config).texts())
        .containsEntry("cluster", "dns:hera-peers.prod.svc:8080");
  }

  @Test
  void aRunningNodeRefusesAChangeToOrFromDns() {
    Config listed = load(Map.of(), "name: a\ncluster: {a: {host: h, port: 1}}");
    Config found = load(Map.of("HERA_NAME", "a"), DNS);
    assertThat(listed.difference(found))
        .extracting(Change::toString)
        .contains("cluster: none -> dns:hera-peers.prod.svc:8080", "cluster.a: h:1 -> none");
  }
}

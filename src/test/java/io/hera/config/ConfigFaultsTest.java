package io.hera.config;

import static io.hera.config.ConfigTexts.TWO;
import static io.hera.config.ConfigTexts.faults;
import static io.hera.config.ConfigTexts.load;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The faults that a configuration can have, each reported as one line that names place, key, value and rule. */
class ConfigFaultsTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "port: 99999 | f.yml:1: port: 99999 is not in 1..65535",
        "port: 0 | f.yml:1: port: 0 is not in 1..65535",
        "port: -1 | f.yml:1: port: -1 is not a whole number in 1..65535",
        "port: 08080 | f.yml:1: port: 08080 is not a whole number in 1..65535",
        "port: 8080.0 | f.yml:1: port: 8080.0 is not a whole number in 1..65535",
        "port: 1KiB | f.yml:1: port: 1KiB is not a whole number in 1..65535",
        "port: | f.yml:1: port: has no value",
        "port: ~ | f.yml:1: port: ~ has no value",
        "port: [1] | f.yml:1: port: is not a single value",
        "port: &x 8080 | f.yml:1: port: anchors and aliases are not supported, write the value out",
        "port: !!int 8080 | ",
        "port: !!str 8080 | f.yml:1: port: tags are not supported: tag:yaml.org,2002:str",
        "port: !x 8080 | f.yml:1: port: tags are not supported: !x",
        "livenes: 3 | f.yml:1: livenes: unknown key, did you mean liveness?",
        "gossipInterval: 3 | f.yml:1: gossipInterval: unknown key, did you mean gossip-interval?",
        "ttl_max: 3 | f.yml:1: ttl_max: unknown key, did you mean ttl.max?",
        "ttl: {mim: 3} | f.yml:1: ttl.mim: unknown key, did you mean ttl.min?",
        "colour: red | f.yml:1: colour: unknown key",
        "config-file: x | f.yml:1: config-file: unknown key",
        "<<: {port: 1} | f.yml:1: <<: unknown key",
        "ttl: 5 | f.yml:1: ttl: 5 is not a mapping of keys to values",
        "ttl: [1] | f.yml:1: ttl: is not a mapping of keys to values",
        "ttl: '' | f.yml:1: ttl: is not a mapping of keys to values",
        "metrics: yes | f.yml:1: metrics: yes is neither true nor false",
        "metrics: tRUE | f.yml:1: metrics: tRUE is neither true nor false",
        "metrics: 1 | f.yml:1: metrics: 1 is neither true nor false",
        "ui: off | f.yml:1: ui: off is not true or read-only or false",
        "name: no | f.yml:1: name: no is not text in YAML, write it in quotes",
        "name: on | f.yml:1: name: on is not text in YAML, write it in quotes",
        "name: 010 | f.yml:1: name: 010 is not text in YAML, write it in quotes",
        "name: 1e3 | f.yml:1: name: 1e3 is not text in YAML, write it in quotes",
        "name: 2012-12-18 | f.yml:1: name: 2012-12-18 is not text in YAML, write it in quotes",
        "name: _a | f.yml:1: name: _a is not a node name: 1 to 255 of A-Z a-z 0-9 . _ : -, not beginning with _",
        "name: a/b | f.yml:1: name: a/b is not a node name: 1 to 255 of A-Z a-z 0-9 . _ : -, not beginning with _",
        "cluster-name: a b | f.yml:1: cluster-name: a b is not the name of a cluster: 1 to 64 of A-Z a-z 0-9 . _ : -",
        "cluster-name: no | f.yml:1: cluster-name: no is not text in YAML, write it in quotes",
        "cluster.name: x | f.yml:1: cluster.name: unknown key, did you mean cluster-name?",
        "host: http://x | f.yml:1: host: http://x is not a host name or IP address (the port has a key of its own)",
        "host: x:80 | f.yml:1: host: x:80 is not a host name or IP address (the port has a key of its own)",
        "host: 127.0.0.256 | f.yml:1: host: 127.0.0.256 is not a host name or IP address (the port has a key of its own)",
        "host: fe80::1%eth0 | f.yml:1: host: fe80::1%eth0 is a link-local address, which means another machine on each link",
        "host: \"[fe80::1%1]\" | f.yml:1: host: [fe80::1%1] is a link-local address, which means another machine on each link",
        "host: FEB0::1 | f.yml:1: host: FEB0::1 is a link-local address, which means another machine on each link",
        "host: fd00::1%eth0 | f.yml:1: host: fd00::1%eth0 has a zone, which means something on one machine only",
        "host: 10.1 | f.yml:1: host: 10.1 is not text in YAML, write it in quotes",
        "liveness: 0.9 | f.yml:1: liveness: 0.9 is not in 1..31536000 s",
        "liveness: soon | f.yml:1: liveness: soon is not a duration: write seconds (300), or 500ms, 15s, 5m, 2h",
        "liveness: -3 | f.yml:1: liveness: -3 is not a duration: write seconds (300), or 500ms, 15s, 5m, 2h",
        "liveness: 100000 | f.yml:1: liveness: 100000 breaks ttl.min <= liveness <= ttl.max (1s, 100000s, 86400s)",
        "ttl.max: 10 | f.yml:1: ttl.max: 10 breaks ttl.min <= liveness <= ttl.max (1s, 300s, 10s)",
        "ttl.min: 600 | f.yml:1: ttl.min: 600 breaks ttl.min <= liveness <= ttl.max (600s, 300s, 86400s)",
        "gossip-interval: 50ms | f.yml:1: gossip-interval: 50ms is not in 0.1..3600 s",
        "gossip-interval: 2h | f.yml:1: gossip-interval: 2h is not in 0.1..3600 s",
        "max-skew: 0 | f.yml:1: max-skew: 0 is not in 1..86400 s",
        "volatile-keys: updated_at | f.yml:1: volatile-keys: updated_at is not a list: write [name, name]",
        "volatile-keys: [no] | f.yml:1: volatile-keys: no is not text in YAML, write it in quotes",
        "tls: | f.yml:1: tls: is neither a directory, nor a mapping with certificate and key, nor off",
        "tls: [x] | f.yml:1: tls: is neither a directory, nor a mapping with certificate and key, nor off",
        "tls: true | f.yml:1: tls: true is neither a directory, nor a mapping with certificate and key, nor off",
        "tls: {key: k} | f.yml:1: tls: has no certificate",
        "tls: {certificate: c} | f.yml:1: tls: has no key",
        "tls: {certificate: c, key: [k]} | f.yml:1: tls.key: is not the path of a file",
        "tls: {certificate: c, key: k, cert: c} | f.yml:1: tls.cert: unknown key",
        "tls-min-version: 1.1 | f.yml:1: tls-min-version: 1.1 is neither 1.3 nor 1.2",
        "hosts: x | f.yml:1: hosts: x is not a list: write [host, host]",
        "hosts: ['a b'] | f.yml:1: hosts: a b is not a host name, without scheme and port",
        "hosts: [x:80] | f.yml:1: hosts: x:80 is not a host name, without scheme and port",
        "hosts: ['*.example'] | f.yml:1: hosts: *.example is not a host name, without scheme and port",
        "hosts: [10] | f.yml:1: hosts: 10 is not text in YAML, write it in quotes",
        "hosts: [{}] | f.yml:1: hosts: contains an invalid host",
        "origins: ['*'] | f.yml:1: origins: * is not an origin: write https://host or https://host:port, without a path",
        "origins: ['null'] | f.yml:1: origins: null is not an origin: write https://host or https://host:port, without a path",
        "origins: [x.example] | f.yml:1: origins: x.example is not an origin: write https://host or https://host:port, without a path",
        "origins: ['https://x/'] | f.yml:1: origins: https://x/ is not an origin: write https://host or https://host:port, without a path",
        "origins: ['https://x:99999'] | f.yml:1: origins: https://x:99999 is not an origin: write https://host or https://host:port, without a path",
        "origins: ['https://*.x'] | f.yml:1: origins: https://*.x is not an origin: write https://host or https://host:port, without a path",
        "access: on | f.yml:1: access: on is neither a file nor off",
        "access: false | f.yml:1: access: false is neither a file nor off",
        "access: '' | f.yml:1: access: is not the name of a file",
        "access: [a.yml] | f.yml:1: access: is not a single value",
        "access: | f.yml:1: access: has no value",
        "plaintext: 1 | f.yml:1: plaintext: 1 is neither true nor false",
        "plaintext: true | f.yml:1: plaintext: true needs tls, to which the cluster switches over",
        "'{plaintext: true, tls: off}' | f.yml:1: plaintext: true needs tls, to which the cluster switches over",
        "'{plaintext: true, tls: t}' | f.yml:1: plaintext: true needs a tls-port of this node in cluster, beside its port",
        "'{plaintext: true, tls: t, name: a, cluster: {a: {host: h, port: 1}}}' | f.yml:1: plaintext: true needs a tls-port of this node in cluster, beside its port",
        "'{plaintext: true, tls: t, name: a, cluster: {a: {host: h, port: 1, tls-port: 1}}}' | f.yml:1: plaintext: true needs a tls-port of this node that is not its port, 1",
        "'{plaintext: true, tls: t, port: 2, name: a, cluster: {a: {host: h, port: 1, tls-port: 2}}}' | f.yml:1: plaintext: true needs a tls-port of this node that is not its port, 2",
        "peer-token: [] | f.yml:1: peer-token: is not a single value",
        "peer-token: no | f.yml:1: peer-token: no is not text in YAML, write it in quotes",
        "audit: off | f.yml:1: audit: off is not refusals or changes",
        "event-bus: remote | f.yml:1: event-bus: remote is not local or cluster",
        "volatile-keys: [{}] | f.yml:1: volatile-keys: contains an invalid name",
        "dns: 8600 | f.yml:1: dns: 8600 is not a mapping of keys to values",
        "dns.port: 0 | f.yml:1: dns.port: 0 is not in 1..65535",
        "dns.port: 8080 | f.yml:1: dns.port: 8080 is the port of HTTP, which TCP cannot share",
        "dns.host: 127.0.0.1 | f.yml:1: dns.host: 127.0.0.1 is not a list: write [address, address]",
        "dns.host: [0.0.0.0] | f.yml:1: dns.host: 0.0.0.0 is not the IP address of one interface",
        "dns.host: ['::'] | f.yml:1: dns.host: :: is not the IP address of one interface",
        "dns.host: [h.example] | f.yml:1: dns.host: h.example is not the IP address of one interface",
        "dns.host: ['fe80::1%1'] | f.yml:1: dns.host: fe80::1%1 is not the IP address of one interface",
        "dns.domain: local | f.yml:1: dns.domain: local is for multicast DNS (RFC 6762): resolvers ask no server for it; use hera.internal",
        "dns.domain: a.Local. | f.yml:1: dns.domain: a.Local. is for multicast DNS (RFC 6762): resolvers ask no server for it; use hera.internal",
        "dns.domain: a..b | f.yml:1: dns.domain: a..b is not a domain of up to 200 characters, with labels of up to 63",
        "dns.domain: '' | f.yml:1: dns.domain: is not a domain of up to 200 characters, with labels of up to 63",
        "dns.ttl: 2h | f.yml:1: dns.ttl: 2h is not in 0..3600 s",
        "dns.udp-bytes: 511 | f.yml:1: dns.udp-bytes: 511 is not in 512..65507 bytes",
        "dns.allow: all | f.yml:1: dns.allow: all is neither private, nor any, nor a list: write [10.0.0.0/8]",
        "dns.allow: {} | f.yml:1: dns.allow: is neither private, nor any, nor a list: write [10.0.0.0/8]",
        "dns.allow: [10.0.0.1/8] | f.yml:1: dns.allow: 10.0.0.1/8 is not a network: write 10.0.0.0/8 or fd00::/8",
        "dns.tcp-connections: 0 | f.yml:1: dns.tcp-connections: 0 is not in 1..65536",
        "dns.idle-timeout: 0 | f.yml:1: dns.idle-timeout: 0 is not in 1..3600 s",
        "limits.services: 0 | f.yml:1: limits.services: 0 is not in 1..2147483647",
        "limits.header-bytes: 1kb | f.yml:1: limits.header-bytes: 1kb is not a size in 1024..16777216 bytes",
        "limits.total-bytes: 999999999999999999GiB | f.yml:1: limits.total-bytes: 999999999999999999GiB is not in 1024..1099511627776 bytes",
        "limits.page-bytes: 1KiB | f.yml:1: limits.page-bytes: 1KiB is not in 1048576..1099511627776 bytes",
        "limits.in-flight-bytes: 0 | f.yml:1: limits.in-flight-bytes: 0 is not in 1048576..1099511627776 bytes",
        "cluster: | f.yml:1: cluster: has no nodes",
        "cluster: {} | f.yml:1: cluster: has no nodes",
        "cluster: ~ | f.yml:1: cluster: ~ has no nodes",
        "cluster: [a, b] | f.yml:1: cluster: is not a mapping of node names to host and port, nor dns:NAME:PORT",
        "cluster: [] | f.yml:1: cluster: is not a mapping of node names to host and port, nor dns:NAME:PORT",
        "cluster: \"\" | f.yml:1: cluster: is not a mapping of node names to host and port, nor dns:NAME:PORT",
        "cluster: a | f.yml:1: cluster: a is not a mapping of node names to host and port, nor dns:NAME:PORT",
        "'[a, b]' | f.yml:1: is not a mapping of keys to values",
        "just text | f.yml:1: is not a mapping of keys to values",
        "? [a] | f.yml:1: ?: is not a key: the keys of a mapping are names",
        "'a: b: c' | f.yml:1: is not YAML: mapping values are not allowed here at column 5"
      })
  void aFaultInASettingIsOneLine(String text, String line) {
    if (line == null) {
      load(text);
    } else {
      assertThat(faults(text))
          .filteredOn(fault -> !fault.contains("name: is missing"))
          .containsExactly(line);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "no: {host: h, port: 1} | f.yml:2: cluster: no is not text in YAML, write it in quotes",
        "10: {host: h, port: 1} | f.yml:2: cluster: 10 is not text in YAML, write it in quotes",
        "_b: {host: h, port: 1} | f.yml:2: cluster: _b is not a node name: 1 to 255 of A-Z a-z 0-9 . _ : -, not beginning with _",
        "b: {host: h} | f.yml:2: cluster.b: has no port",
        "b: {port: 1} | f.yml:2: cluster.b: has no host",
        "b: h | f.yml:2: cluster.b: h is not a mapping with host and port",
        "b: {host: h, prot: 1, port: 2} | f.yml:2: cluster.b.prot: unknown key, did you mean port?",
        "b: {host: h, port: 1, port: 2} | f.yml:2: cluster.b.port: is set twice, first in line 2",
        "b: {host: 'fe80::1%eth0', port: 1} | f.yml:2: cluster.b.host: fe80::1%eth0 is a link-local address, which means another machine on each link",
        "b: {host: 'fe80::1', port: 1} | f.yml:2: cluster.b.host: fe80::1 is a link-local address, which means another machine on each link",
        "b: {host: '::1%lo', port: 1} | f.yml:2: cluster.b.host: ::1%lo has a zone, which means something on one machine only",
        "b: {host: 10.0.0.1, port: 1} | f.yml:2: cluster.b: 10.0.0.1:1 is also the address of a",
        "a: {host: h, port: 1} | f.yml:2: cluster.a: is set twice, first in line 1"
      })
  void aFaultInOneNodeOfTheClusterIsOneLine(String node, String line) {
    String text = "cluster: {a: {host: 10.0.0.1, port: 1},\n " + node + "}\nname: a\n";

    assertThat(faults(text)).containsExactly(line);
  }

  @Test
  void localhostAndItsIpAddressAreTheSameAddress() {
    assertThat(
            faults(
                "name: a\ncluster:\n  a: {host: localhost, port: 1}\n  b: {host: 127.0.0.1, port: 1}\n"))
        .containsExactly("f.yml:4: cluster.b: 127.0.0.1:1 is also the address of a");
  }

  @Test
  void aMissingOrUnknownNameIsReportedWithTheNamesInTheCluster() {
    assertThat(faults(TWO))
        .containsExactly("f.yml:2: name: is missing: -n, HERA_NAME or the file says which node this"
            + " is (test-1, test-2)");
    assertThat(faults("name: test-3\n" + TWO))
        .containsExactly("f.yml:1: name: test-3 is not in the cluster (test-1, test-2)");
    assertThat(faults(TWO, new JsonObject(), Map.of("HERA_NAME", "test-4")))
        .containsExactly(
            "environment HERA_NAME: name: test-4 is not in the cluster (test-1, test-2)");
  }

  @Test
  void aFaultDoesNotHideAnother() {
    assertThat(faults("name: ghost\ncluster:\n  a: {host: x, port: 0}\n"))
        .containsExactly(
            "f.yml:1: name: ghost is not in the cluster (a)",
            "f.yml:3: cluster.a.port: 0 is not in 1..65535");
    assertThat(faults("liveness: soon\nttl: {min: 10, max: 5}\n"))
        .hasSize(2)
        .contains("f.yml:2: ttl.min: 10 is above ttl.max, 5s");
  }

  @Test
  void aFaultInTheEnvironmentNamesTheVariable() {
    assertThat(faults("", new JsonObject().put("port", 7), Map.of("HERA_PORT", "x")))
        .containsExactly("f.yml: is empty");
    assertThat(faults("liveness: 3", new JsonObject(), Map.of("HERA_PORT", "70000")))
        .containsExactly("environment HERA_PORT: port: 70000 is not in 1..65535");
  }

  @Test
  void allFaultsAreReportedTogetherInTheOrderOfTheFile() {
    assertThat(faults("""
            gossip-interval: never
            port: 99999
            livenes: 3
            limits:
              services: many
              servces: 3
            cluster:
              _x: {host: h, port: 1}
            name: 7
            port: 2
            """))
        .containsExactly(
            "f.yml:1: gossip-interval: never is not a duration: write seconds (300), or 500ms, 15s,"
                + " 5m, 2h",
            "f.yml:2: port: 99999 is not in 1..65535",
            "f.yml:3: livenes: unknown key, did you mean liveness?",
            "f.yml:5: limits.services: many is not a whole number in 1..2147483647",
            "f.yml:6: limits.servces: unknown key, did you mean limits.services?",
            "f.yml:8: cluster: _x is not a node name: 1 to 255 of A-Z a-z 0-9 . _ : -, not beginning"
                + " with _",
            "f.yml:9: name: 7 is not text in YAML, write it in quotes",
            "f.yml:10: port: is set twice, first in line 2");
  }

  @Test
  void aRepeatedKeyIsAFaultNestedOrDotted() {
    assertThat(faults("ttl.min: 5\nttl: {min: 6}\n"))
        .containsExactly("f.yml:2: ttl.min: is set twice, first in line 1");
    assertThat(faults("ttl: {min: 6}\nttl: {max: 600}\n"))
        .containsExactly("f.yml:2: ttl: is set twice, first in line 1");
  }

  @Test
  void theLineOfAFaultIsShortAndPrintable() {
    String line = faults("name: \"a\\n\\e[31m" + "x".repeat(1000) + "\"").get(0);

    assertThat(line).doesNotContain("\n", "\u001b").hasSizeLessThan(250);
  }

  @Test
  void noKeyIsSuggestedBehindAHundredFaults() {
    String faulty = "livenes: 3\n".repeat(101);
    assertThat(faults(faulty))
        .filteredOn(fault -> fault.endsWith("unknown key, did you mean liveness?"))
        .hasSize(100);
    assertThat(faults(faulty))
        .hasSize(101)
        .last()
        .asString()
        .isEqualTo("f.yml:101: livenes: unknown key");
  }
}

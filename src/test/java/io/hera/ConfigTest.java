package io.hera;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.hera.wire.Address;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What settings become, and every way in which they can be wrong. */
class ConfigTest {
  private static final String TWO = """
      cluster:
        test-1: {host: 127.0.0.1, port: 8080}
        test-2: {host: 127.0.0.1, port: 8081}
      """;

  private static final String SEED = """
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

  @TempDir
  private Path directory;

  @Test
  void withoutAnythingANodeIsAloneOnLoopbackWithEveryDefault() {
    Config config = new ConfigLoader(new JsonObject(), Map.of()).config();

    assertThat(config)
        .isEqualTo(new Config(
            "hera",
            "127.0.0.1",
            8080,
            Map.of("hera", new Address("127.0.0.1", 8080)),
            Duration.ofMinutes(5),
            Duration.ofSeconds(3),
            Duration.ofMinutes(1),
            Duration.ofSeconds(5),
            Duration.ofSeconds(1),
            Duration.ofDays(1),
            List.of("updated_at"),
            true,
            new Limits(
                65_536,
                16_384,
                65_536,
                32,
                4_194_304,
                Duration.ofSeconds(10),
                Duration.ofSeconds(60),
                100_000,
                2_000_000,
                268_435_456,
                500_000)));
  }

  @Test
  void theSeedsFileLoadsUnchanged() {
    Config config = load(SEED);

    assertThat(config.name()).isEqualTo("sr-sto-1");
    assertThat(config.host()).isEqualTo("0.0.0.0");
    assertThat(config.port()).isEqualTo(3222);
    assertThat(config.peers()).containsOnlyKeys("sr-ash-1", "sr-lon-1");
    assertThat(config.liveness()).isEqualTo(Duration.ofMinutes(5));
    assertThat(ClusterReader.doubts(config.cluster())).hasSize(2);
  }

  @Test
  void theSeedsClusterWithoutAPortListensWhereItsPeersCome() {
    assertThat(load(SEED.replaceFirst("(?m)^port: 3222\n", "").replaceFirst("3222", "3333"))
            .port())
        .isEqualTo(3333);
  }

  @Test
  void theFileOfTheRepositoryHasNothingButDefaultsForTwoNodes() throws IOException {
    byte[] content = Files.readAllBytes(Path.of("conf/hera.yml"));
    Config config = new ConfigLoader(new JsonObject().put("name", "test-2"), Map.of())
        .config("conf/hera.yml", content);

    assertThat(config.cluster())
        .isEqualTo(Map.of(
            "test-1", new Address("127.0.0.1", 8080), "test-2", new Address("127.0.0.1", 8081)));
    Config alone = Config.alone("test-2", 8081);
    assertThat(config).isEqualTo(alone.in(config.cluster(), "127.0.0.1", 8081));
  }

  @Test
  void whatTheFileOfTheRepositoryHasCommentedOutAreTheDefaults() throws IOException {
    String text = Files.readString(Path.of("conf/hera.yml"));
    String keys = text.replaceAll("(?m)^# ?((  )?[a-z][a-z-]*:( [^ ]+)?)$", "$1")
        .replaceAll("(?m)^#   ([a-z-]+: \\S+)$", "  $1");
    Config all = load(keys.replaceFirst("\nname: test-1\n", "\nname: test-2\n")
        .replaceFirst("\nport: 8080\n", "\nport: 8081\n"));

    assertThat(all).isEqualTo(Config.alone("test-2", 8081).in(all.cluster(), "127.0.0.1", 8081));
    assertThat(ConfigKeys.ALL)
        .allSatisfy(key -> assertThat(keys)
            .containsPattern("(?m)^ *" + key.substring(key.indexOf('.') + 1) + ":"));
  }

  @Test
  void everyKeyIsHeard() {
    Config config = load("""
        name: a
        port: 1
        host: 10.1.2.3
        liveness: 2h
        gossip-interval: 500ms
        cluster: {a: {host: h.example, port: 65535}, b: {host: "::1", port: 2}}
        max-skew: 1
        recovery-timeout: 0
        ttl: {min: 0.1, max: 365h}
        volatile-keys: [x, "7"]
        metrics: false
        limits:
          request-line-bytes: 1KiB
          header-bytes: 2048
          document-bytes: 1MiB
          document-depth: 3
          batch-bytes: 8MiB
          body-timeout: 1
          idle-timeout: 5m
          services: 4
          instances: 5
          total-bytes: 2GiB
          tombstones: 6
        """);

    assertThat(config)
        .isEqualTo(new Config(
            "a",
            "10.1.2.3",
            1,
            Map.of("a", new Address("h.example", 65535), "b", new Address("::1", 2)),
            Duration.ofHours(2),
            Duration.ofMillis(500),
            Duration.ofSeconds(1),
            Duration.ZERO,
            Duration.ofMillis(100),
            Duration.ofHours(365),
            List.of("x", "7"),
            false,
            new Limits(
                1024,
                2048,
                1 << 20,
                3,
                8 << 20,
                Duration.ofSeconds(1),
                Duration.ofMinutes(5),
                4,
                5,
                2L << 30,
                6)));
  }

  @Test
  void dottedKeysAreTheNestedOnes() {
    assertThat(load("ttl.min: 5\nlimits.services: 7\n"))
        .isEqualTo(load("ttl: {min: 5}\nlimits: {services: 7}\n"));
    assertThat(load("ttl.min: 5\nttl: {max: 600}\n").ttlMin()).isEqualTo(Duration.ofSeconds(5));
  }

  @ParameterizedTest
  @CsvSource({
    "127.0.0.1,127.0.0.1", "localhost,127.0.0.1", "LocalHost,127.0.0.1", "127.0.0.2,127.0.0.2",
    "'\"::1\"',::1", "'\"[::1]\"',::1", "10.0.0.1,0.0.0.0", "node-1,0.0.0.0",
    "127.example,0.0.0.0", "localhost.example,0.0.0.0"
  })
  void loopbackInTheClusterIsListenedOnAlone(String host, String bound) {
    assertThat(load("name: a\ncluster: {a: {host: " + host + ", port: 1}}").host())
        .isEqualTo(bound);
  }

  @Test
  void optionsGoBeforeEnvironmentBeforeFileBeforeDefault() {
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
  void optionsUnderstandEveryKeyOfTheFile() {
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

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "port: 99999 | f.yml:1: port: 99999 is not in 1..65535",
        "port: 0 | f.yml:1: port: 0 is not in 1..65535",
        "port: -1 | f.yml:1: port: -1 is no whole number in 1..65535",
        "port: 08080 | f.yml:1: port: 08080 is no whole number in 1..65535",
        "port: 8080.0 | f.yml:1: port: 8080.0 is no whole number in 1..65535",
        "port: 1KiB | f.yml:1: port: 1KiB is no whole number in 1..65535",
        "port: | f.yml:1: port: has no value",
        "port: ~ | f.yml:1: port: ~ has no value",
        "port: [1] | f.yml:1: port: is not a single value",
        "port: &x 8080 | f.yml:1: port: anchors and aliases are not understood, write it out",
        "port: !!int 8080 | ",
        "port: !!str 8080 | f.yml:1: port: tags are not understood: tag:yaml.org,2002:str",
        "port: !x 8080 | f.yml:1: port: tags are not understood: !x",
        "livenes: 3 | f.yml:1: livenes: unknown key, did you mean liveness?",
        "gossipInterval: 3 | f.yml:1: gossipInterval: unknown key, did you mean gossip-interval?",
        "ttl_max: 3 | f.yml:1: ttl_max: unknown key, did you mean ttl.max?",
        "ttl: {mim: 3} | f.yml:1: ttl.mim: unknown key, did you mean ttl.min?",
        "colour: red | f.yml:1: colour: unknown key",
        "config-file: x | f.yml:1: config-file: unknown key",
        "<<: {port: 1} | f.yml:1: <<: unknown key",
        "ttl: 5 | f.yml:1: ttl: 5 is no mapping of keys to values",
        "ttl: | f.yml:1: ttl: is no mapping of keys to values",
        "name: no | f.yml:1: name: no is not text to YAML, write it in quotes",
        "name: on | f.yml:1: name: on is not text to YAML, write it in quotes",
        "name: 010 | f.yml:1: name: 010 is not text to YAML, write it in quotes",
        "name: 1e3 | f.yml:1: name: 1e3 is not text to YAML, write it in quotes",
        "name: 2012-12-18 | f.yml:1: name: 2012-12-18 is not text to YAML, write it in quotes",
        "name: _a | f.yml:1: name: _a is no node name: 1 to 255 of A-Z a-z 0-9 . _ : -, not beginning with _",
        "name: a/b | f.yml:1: name: a/b is no node name: 1 to 255 of A-Z a-z 0-9 . _ : -, not beginning with _",
        "host: http://x | f.yml:1: host: http://x is no host name and no IP address (the port has a key of its own)",
        "host: x:80 | f.yml:1: host: x:80 is no host name and no IP address (the port has a key of its own)",
        "host: 127.0.0.256 | f.yml:1: host: 127.0.0.256 is no host name and no IP address (the port has a key of its own)",
        "host: 10.1 | f.yml:1: host: 10.1 is not text to YAML, write it in quotes",
        "liveness: 0.9 | f.yml:1: liveness: 0.9 is not in 1..31536000 s",
        "liveness: soon | f.yml:1: liveness: soon is no span of time: write seconds (300), or 500ms, 15s, 5m, 2h",
        "liveness: -3 | f.yml:1: liveness: -3 is no span of time: write seconds (300), or 500ms, 15s, 5m, 2h",
        "liveness: 100000 | f.yml:1: liveness: 100000 breaks ttl.min <= liveness <= ttl.max (1s, 100000s, 86400s)",
        "ttl.max: 10 | f.yml:1: ttl.max: 10 breaks ttl.min <= liveness <= ttl.max (1s, 300s, 10s)",
        "ttl.min: 600 | f.yml:1: ttl.min: 600 breaks ttl.min <= liveness <= ttl.max (600s, 300s, 86400s)",
        "gossip-interval: 50ms | f.yml:1: gossip-interval: 50ms is not in 0.1..3600 s",
        "gossip-interval: 2h | f.yml:1: gossip-interval: 2h is not in 0.1..3600 s",
        "max-skew: 0 | f.yml:1: max-skew: 0 is not in 1..86400 s",
        "volatile-keys: updated_at | f.yml:1: volatile-keys: updated_at is no list: write [updated_at]",
        "volatile-keys: [no] | f.yml:1: volatile-keys: no is not text to YAML, write it in quotes",
        "volatile-keys: [{}] | f.yml:1: volatile-keys: holds what is no name",
        "limits.services: 0 | f.yml:1: limits.services: 0 is not in 1..2147483647",
        "limits.header-bytes: 1kb | f.yml:1: limits.header-bytes: 1kb is no size in 1024..16777216 bytes",
        "limits.total-bytes: 999999999999999999GiB | f.yml:1: limits.total-bytes: 999999999999999999GiB is not in 1024..1099511627776 bytes",
        "cluster: | f.yml:1: cluster: has no nodes",
        "cluster: {} | f.yml:1: cluster: has no nodes",
        "cluster: a | f.yml:1: cluster: a is no mapping of node names to host and port",
        "'[a, b]' | f.yml:1: is not a mapping of keys to values",
        "just text | f.yml:1: is not a mapping of keys to values",
        "? [a] | f.yml:1: ?: is no key: a mapping's keys are names",
        "'a: b: c' | f.yml:1: is not YAML: mapping values are not allowed here at column 5"
      })
  void aFaultIsOneLine(String text, String line) {
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
        "no: {host: h, port: 1} | f.yml:2: cluster: no is not text to YAML, write it in quotes",
        "10: {host: h, port: 1} | f.yml:2: cluster: 10 is not text to YAML, write it in quotes",
        "_b: {host: h, port: 1} | f.yml:2: cluster: _b is no node name: 1 to 255 of A-Z a-z 0-9 . _ : -, not beginning with _",
        "b: {host: h} | f.yml:2: cluster.b: has no port",
        "b: {port: 1} | f.yml:2: cluster.b: has no host",
        "b: h | f.yml:2: cluster.b: h is no mapping with host and port",
        "b: {host: h, prot: 1, port: 2} | f.yml:2: cluster.b.prot: unknown key, did you mean port?",
        "b: {host: h, port: 1, port: 2} | f.yml:2: cluster.b.port: is here twice",
        "b: {host: 10.0.0.1, port: 1} | f.yml:2: cluster.b: 10.0.0.1:1 is the address of a too",
        "a: {host: h, port: 1} | f.yml:2: cluster.a: is here twice, first in line 1"
      })
  void aWrongNodeIsOneLine(String node, String line) {
    String text = "cluster: {a: {host: 10.0.0.1, port: 1},\n " + node + "}\nname: a\n";

    assertThat(faults(text)).containsExactly(line);
  }

  @Test
  void namesInQuotesAreText() {
    Config config =
        load("name: 'no'\ncluster: {'no': {host: h, port: 1}, \"10\": {host: i, port: 1}}");

    assertThat(config.cluster()).containsOnlyKeys("no", "10");
  }

  @Test
  void localhostUnderTwoNamesIsStillTheSameAddress() {
    assertThat(
            faults(
                "name: a\ncluster:\n  a: {host: localhost, port: 1}\n  b: {host: 127.0.0.1, port: 1}\n"))
        .containsExactly("f.yml:4: cluster.b: 127.0.0.1:1 is the address of a too");
  }

  @Test
  void aNameThatIsMissingOrStrangeIsToldWithTheNamesThereAre() {
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
  void aFaultHidesNoOther() {
    assertThat(faults("name: ghost\ncluster:\n  a: {host: x, port: 0}\n"))
        .containsExactly(
            "f.yml:1: name: ghost is not in the cluster (a)",
            "f.yml:3: cluster.a.port: 0 is not in 1..65535");
    assertThat(faults("liveness: soon\nttl: {min: 10, max: 5}\n"))
        .hasSize(2)
        .contains("f.yml:2: ttl.min: 10 is above ttl.max, 5s");
  }

  @Test
  void aWrongVariableIsToldByItsName() {
    assertThat(faults("", new JsonObject().put("port", 7), Map.of("HERA_PORT", "x")))
        .containsExactly("f.yml: is empty");
    assertThat(faults("liveness: 3", new JsonObject(), Map.of("HERA_PORT", "70000")))
        .containsExactly("environment HERA_PORT: port: 70000 is not in 1..65535");
  }

  @Test
  void allFaultsAreToldAtOnceInTheOrderOfTheFile() {
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
            "f.yml:1: gossip-interval: never is no span of time: write seconds (300), or 500ms, 15s,"
                + " 5m, 2h",
            "f.yml:2: port: 99999 is not in 1..65535",
            "f.yml:3: livenes: unknown key, did you mean liveness?",
            "f.yml:5: limits.services: many is no whole number in 1..2147483647",
            "f.yml:6: limits.servces: unknown key, did you mean limits.services?",
            "f.yml:8: cluster: _x is no node name: 1 to 255 of A-Z a-z 0-9 . _ : -, not beginning"
                + " with _",
            "f.yml:9: name: 7 is not text to YAML, write it in quotes",
            "f.yml:10: port: is here twice, first in line 2");
  }

  @Test
  void aRepeatedKeyIsAFaultHoweverItIsWritten() {
    assertThat(faults("ttl.min: 5\nttl: {min: 6}\n"))
        .containsExactly("f.yml:2: ttl.min: is here twice, first in line 1");
    assertThat(faults("ttl: {min: 6}\nttl: {max: 600}\n"))
        .containsExactly("f.yml:2: ttl: is here twice, first in line 1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\n\n", "# only a comment\n", "---\n", "--- # nothing\n...\n"})
  void aFileWithoutSettingsIsEmptyAndNotADefault(String text) {
    assertThat(faults(text)).singleElement().asString().isEqualTo("f.yml: is empty");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "name: a\n---\nname: b\n",
        "a: &a [x]\nb: &b [*a, *a]\n",
        "a: &a {b: *a}\n",
        "\tname: a",
        "name: \"a",
        "name: *x",
        "%YAML 9.9\n---\na: b",
        "name: \u0000",
        "{{{{{{{{{{{{{{{{{{{{{{{{{",
        "- - - - - - - - - - - - - - - - - - - - - - - - - a",
        "!!java.net.URL [x]: y",
        "? &a b\n: c"
      })
  void hostileTextIsRefusedWithLinesOnly(String text) {
    assertThat(faults(text))
        .isNotEmpty()
        .allSatisfy(line -> assertThat(line).startsWith("f.yml").doesNotContain("\n", "Exception"));
  }

  @Test
  void aDocumentThatExpandsIsRefusedWithoutExpanding() {
    StringBuilder laughs = new StringBuilder("a0: &a0 [lol, lol]\n");
    for (int i = 1; i < 24; i++) {
      laughs.append("a%d: &a%d [*a%d, *a%d]\n".formatted(i, i, i - 1, i - 1));
    }

    assertThat(faults(laughs.toString())).hasSizeBetween(24, 200);
  }

  @Test
  void bytesThatAreNoTextAreRefused() {
    ConfigLoader loader = new ConfigLoader(new JsonObject(), Map.of());

    assertThatThrownBy(() -> loader.config("f.yml", new byte[] {'a', (byte) 0xC3}))
        .hasMessage("f.yml: is not UTF-8 text");
    assertThatThrownBy(() -> loader.config("f.yml", new byte[(1 << 20) + 1]))
        .hasMessage("f.yml: is larger than 1 MiB");
  }

  @Test
  void aMarkOfByteOrderIsNoFault() {
    assertThat(load("\uFEFFport: 7\n").port()).isEqualTo(7);
  }

  @Test
  void whatCannotBeReadIsOneLine() throws IOException {
    Path none = directory.resolve("none.yml");
    Path large = Files.write(directory.resolve("large.yml"), new byte[(1 << 20) + 1]);

    assertThatThrownBy(() -> ConfigLoader.check(none.toString()))
        .hasMessage(none + ": does not exist");
    assertThatThrownBy(() -> ConfigLoader.check(directory.toString()))
        .hasMessage(directory + ": is a directory");
    assertThatThrownBy(() -> ConfigLoader.check(large.toString()))
        .hasMessage(large + ": is larger than 1 MiB");
    assertThatThrownBy(() -> ConfigLoader.check("/dev/zero"))
        .hasMessage("/dev/zero: is no regular file");
    assertThatThrownBy(() -> ConfigLoader.check("a\u0000b")).isInstanceOf(ConfigException.class);
  }

  @Test
  void controlCharactersAndLengthDoNotReachTheLine() {
    String line = faults("name: \"a\\n\\e[31m" + "x".repeat(1000) + "\"").get(0);

    assertThat(line).doesNotContain("\n", "\u001b").hasSizeLessThan(250);
  }

  @Test
  void aDifferenceIsALineASetting() {
    Config before = load("name: test-1\n" + TWO);
    Config after = load("name: test-1\nport: 9\nliveness: 60\nlimits.document-bytes: 1MiB\n"
        + TWO.replace("test-2", "test-3"));

    assertThat(before.difference(after))
        .map(Change::toString)
        .containsExactly(
            "port: 8080 -> 9",
            "liveness: 300s -> 60s",
            "cluster.test-2: 127.0.0.1:8081 -> none",
            "limits.document-bytes: 64KiB -> 1MiB",
            "cluster.test-3: none -> 127.0.0.1:8081");
    assertThat(before.difference(after)).filteredOn(Change::needsRestart).hasSize(1);
    assertThat(before.difference(before)).isEmpty();
  }

  private static Config load(String text) {
    return load(text, new JsonObject(), Map.of());
  }

  private static Config load(String text, JsonObject options, Map<String, String> environment) {
    return new ConfigLoader(options, environment)
        .config("f.yml", text.getBytes(StandardCharsets.UTF_8));
  }

  private static List<String> faults(String text) {
    return faults(text, new JsonObject(), Map.of());
  }

  private static List<String> faults(
      String text, JsonObject options, Map<String, String> environment) {
    ConfigException refused =
        catchThrowableOfType(ConfigException.class, () -> load(text, options, environment));
    assertThat(refused).as("refused").isNotNull();
    return refused.faults().stream().map(Fault::toString).toList();
  }
}

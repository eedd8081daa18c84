package io.hera.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.hera.config.source.ClusterNodes;
import io.hera.config.source.Fault;
import io.hera.config.source.NodeAddress;
import io.hera.config.source.SwitchedFile;
import io.hera.config.source.TlsSetting;
import io.hera.testkit.Tokens;
import io.hera.tls.TlsSource;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Attack H1: what a start makes of the files that decide who may do what. */
class CredentialsTest {
  @TempDir
  private Path directory;

  private String file(String name, String text, String modes) throws IOException {
    Path path = Files.writeString(directory.resolve(name), text, StandardCharsets.UTF_8);
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(modes));
    return path.toString();
  }

  private static Config config(String access) {
    SwitchedFile value =
        access.equals("off") ? new SwitchedFile.Off() : new SwitchedFile.Named(access);
    return Config.alone("a", 0).with(Settings.ACCESS, value);
  }

  private static List<String> faults(Config config, Map<String, String> environment) {
    ConfigException refused =
        catchThrowableOfType(ConfigException.class, () -> Credentials.read(config, environment));
    assertThat(refused).isNotNull();
    return refused.faults().stream().map(Fault::toString).toList();
  }

  @Test
  void withoutAFileAccessIsNotLimited() {
    assertThat(Credentials.read(Config.alone("a", 0), Map.of()).rules()).isEmpty();
    assertThat(Credentials.read(config("off"), Map.of()).rules()).isEmpty();
    assertThat(Credentials.read(config("off").with(Settings.HOST, "0.0.0.0"), Map.of())
            .rules())
        .isEmpty();
  }

  @Test
  void theRulesAndThePeerTokenAreRead() throws IOException {
    String token = Tokens.PEER;
    String access = file("a.yml", Tokens.FILE, "rw-r--r--");
    Config config = config(access).with(Settings.PEER_TOKEN, file("p", token + "\n", "rw-r-----"));

    Credentials read = Credentials.read(config, Map.of());

    assertThat(read.rules().orElseThrow().entries()).containsKey("op");
    assertThat(read.peerToken()).contains(token);
    assertThat(read.warnings()).isEmpty();
    assertThat(read.toString()).doesNotContain(token);
    assertThat(
            Credentials.read(config(access), Map.of("HERA_PEER_TOKEN", token)).peerToken())
        .contains(token);
  }

  @Test
  void aPeerTokenThatTheAccessFileDoesNotKnowIsAWarning() throws IOException {
    String access = file("a.yml", Tokens.FILE, "rw-r--r--");
    for (String token : List.of(Tokens.make(), Tokens.ALL)) {
      assertThat(
              Credentials.read(config(access), Map.of("HERA_PEER_TOKEN", token)).warnings())
          .containsExactly("peer-token: token " + Tokens.hash(token).substring(7, 15)
              + " is not of an identity in the access file that can peer");
    }
  }

  @Test
  void tokensDoNotTravelInClear() throws IOException {
    Config open = config(file("a.yml", Tokens.FILE, "rw-------")).with(Settings.HOST, "0.0.0.0");
    assertThat(faults(open, Map.of()))
        .containsExactly("hera: access: tokens would travel in clear: set tls, or tls: off if the"
            + " network encrypts");
    for (TlsSetting safe :
        List.of(new TlsSetting.Off(), new TlsSetting.On(TlsSource.directory("/etc/hera/tls")))) {
      assertThat(Credentials.read(open.with(Settings.TLS, safe), Map.of()).rules())
          .isPresent();
    }
  }

  @Test
  void aNodeWithPeersNeedsAProofForThem() throws IOException {
    Config two = config(file("a.yml", Tokens.FILE, "rw-------"))
        .with(
            Settings.CLUSTER,
            new ClusterNodes.Listed(Map.of(
                "a", new NodeAddress("127.0.0.1", 1), "b", new NodeAddress("127.0.0.1", 2))));
    assertThat(faults(two, Map.of()))
        .containsExactly(
            "hera: peer-token: is missing: peers could not tell this node from a"
                + " stranger; set it, or HERA_PEER_TOKEN, or have a certificate for clients too and its ca.crt");
    assertThat(Credentials.read(two, Map.of("HERA_PEER_TOKEN", Tokens.make())).rules())
        .isPresent();
  }

  @Test
  void allFaultsOfAllFilesAreReported() throws IOException {
    String token = Tokens.make();
    String access = file("a.yml", "a: {can: [x], tokens: [y]}\n", "rw-------");
    String peer = file("p", "not " + token, "rw-------");
    Config config = config(access).with(Settings.PEER_TOKEN, peer);

    List<String> faults = faults(config, Map.of());

    assertThat(faults).hasSize(3);
    assertThat(faults.get(0)).startsWith(access + ":1: a.can: x is not a permission");
    assertThat(faults.get(2))
        .isEqualTo(peer + ": does not contain a token, as hera token makes it");
    assertThat(faults(config, Map.of("HERA_PEER_TOKEN", token)))
        .anyMatch(line -> line.startsWith("hera: peer-token: is set, and so is HERA_PEER_TOKEN"))
        .noneMatch(line -> line.contains(token));
  }

  @Test
  void filesThatAllUsersMayWriteAreRefused() throws IOException {
    String access = file("a.yml", Tokens.FILE, "rw-rw-rw-");
    assertThat(faults(config(access), Map.of()))
        .containsExactly(access + ": may be written by all users: chmod o-w " + access);
    assertThat(faults(config(directory.resolve("none").toString()), Map.of()))
        .containsExactly(directory.resolve("none") + ": does not exist");
    assertThat(faults(config(directory.toString()), Map.of()))
        .containsExactly(directory + ": is a directory");
  }

  @Test
  void aSecretThatAllUsersMayReadIsAWarning() throws IOException {
    String peer = file("p", Tokens.make(), "rw-r--r--");
    assertThat(Credentials.read(Config.alone("a", 0).with(Settings.PEER_TOKEN, peer), Map.of())
            .warnings())
        .containsExactly(peer + ": may be read by all users of this machine");
  }
}

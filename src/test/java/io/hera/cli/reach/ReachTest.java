package io.hera.cli.reach;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hera.cli.nodes.NodeUrl;
import io.hera.cli.shell.CommandFailed;
import io.hera.cli.shell.ExitCode;
import io.hera.testkit.Console;
import io.hera.testkit.TestCa;
import io.hera.testkit.Tokens;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;

/** Which nodes a command asks, and as whom. */
class ReachTest {
  @TempDir
  private Path directory;

  private final Map<String, String> environment = new TreeMap<>();
  private final Console console = new Console();

  /** A command with no options but those of the mixin. */
  @CommandLine.Command
  private static final class Any {
    @Mixin
    private ReachOptions options = new ReachOptions();
  }

  @BeforeEach
  void contextsAreInADirectoryOfTheTest() {
    environment.put("XDG_CONFIG_HOME", directory.toString());
    console.with("XDG_CONFIG_HOME", directory.toString());
  }

  private Reach reach(String... arguments) {
    Any any = new Any();
    new CommandLine(any).parseArgs(arguments);
    return Reach.of(any.options, environment);
  }

  private List<String> nodes(String... arguments) {
    return reach(arguments).nodes().stream().map(NodeUrl::toString).toList();
  }

  private Path secret(String name, String content, String permissions) throws IOException {
    Path file = Files.writeString(directory.resolve(name), content);
    return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
  }

  private void refused(String message, String... arguments) {
    assertThatThrownBy(() -> reach(arguments))
        .isInstanceOfSatisfying(
            CommandFailed.class, failed -> assertThat(failed.code()).isEqualTo(ExitCode.USAGE))
        .hasMessage(message);
  }

  @Test
  void anOptionCountsBeforeTheEnvironmentAndThatBeforeTheContextInUse() {
    assertThat(nodes()).containsExactly("http://127.0.0.1:8080");
    assertThat(console.run("context", "save", "prod", "--nodes", "http://c:1")).isZero();
    assertThat(nodes()).containsExactly("http://127.0.0.1:8080");
    assertThat(console.run("context", "use", "prod")).isZero();
    assertThat(nodes()).containsExactly("http://c:1");
    environment.put("HERA_NODES", "http://e:1");
    assertThat(nodes()).containsExactly("http://e:1");
    assertThat(nodes("--context", "prod")).containsExactly("http://c:1");
    assertThat(nodes("--nodes", "https://o:1,p:2 ; [::1]:3"))
        .containsExactly("https://o:1", "http://p:2", "http://[::1]:3");
    environment.remove("HERA_NODES");
    assertThat(console.run("context", "use", "--none")).isZero();
    assertThat(nodes()).containsExactly("http://127.0.0.1:8080");
  }

  @Test
  void aContextThatIsNotThereIsAnErrorAndNeverAnotherCluster() throws IOException {
    assertThat(console.run("context", "save", "prod", "--nodes", "http://c:1")).isZero();
    refused(
        "there is no context stag in " + directory.resolve("hera") + ": there are prod",
        "--context",
        "stag");
    assertThat(console.run("context", "use", "stag")).isEqualTo(2);
    assertThat(console.run("context", "use", "prod")).isZero();
    Files.delete(directory.resolve("hera/prod.properties"));
    refused("there is no context prod in " + directory.resolve("hera"));
    refused("../x is not the name of a context: 1 to 64 of A-Z a-z 0-9 . _ -", "--context", "../x");
  }

  @Test
  void contextsAreListed() throws IOException {
    Path token = secret("t", Tokens.READER, "rw-------");
    String[] save = {
      "context",
      "save",
      "prod",
      "--nodes",
      "https://c:1",
      "--zone",
      "ams",
      "--token-file",
      token.toString()
    };
    assertThat(console.run(save)).isZero();
    assertThat(console.run("context", "save", "a", "--nodes", "http://c:1,http://d:1"))
        .isZero();
    assertThat(console.run("context", "use", "prod")).isZero();
    assertThat(console.run("context", "ls")).isZero();
    assertThat(console.lines())
        .containsExactly(
            "   NAME  NODES                  ZONE  AS",
            "   a     http://c:1,http://d:1  -     -",
            "*  prod  https://c:1            ams   " + token);
    assertThat(Files.readString(directory.resolve("hera/prod.properties")))
        .isEqualTo("nodes=https://c:1\nzone=ams\ntoken-file=" + token + "\n");
    Files.writeString(directory.resolve("hera/a.properties"), "token=secret\n");
    refused(
        directory.resolve("hera/a.properties")
            + ": token is not one of nodes, zone, token-file, ca, cert, key",
        "--context",
        "a");
  }

  @Test
  void aTokenComesFromAFileThatOthersCannotReadOrFromTheEnvironment() throws IOException {
    environment.put("HERA_TOKEN", Tokens.WRITER);
    assertThat(reach().token()).contains(Tokens.WRITER);
    Path file = secret("t", Tokens.READER + "\n", "rw-r-----");
    environment.put("HERA_TOKEN_FILE", file.toString());
    assertThat(reach().token()).contains(Tokens.READER);
    secret("t", Tokens.READER, "rw-r--r--");
    refused(file + ": other users may read or write it: chmod o= " + file);
    secret("t", "no token", "rw-------");
    refused(file + ": does not contain a token, as hera token makes it");
    environment.put("HERA_TOKEN_FILE", directory.resolve("none").toString());
    refused(directory.resolve("none") + ": does not exist");
  }

  /** It is meant for the nodes of its context. */
  @Test
  void theTokenOfTheContextInUseIsNotForNodesThatAreNamedOtherwise() throws IOException {
    Path token = secret("t", Tokens.READER, "rw-------");
    String[] save = {
      "context", "save", "prod", "--nodes", "http://c:1", "--token-file", token.toString()
    };
    assertThat(console.run(save)).isZero();
    assertThat(console.run("context", "use", "prod")).isZero();
    assertThat(reach().token()).contains(Tokens.READER);
    assertThat(reach("--nodes", "http://o:1").token()).isEmpty();
    environment.put("HERA_NODES", "http://e:1");
    assertThat(reach().token()).isEmpty();
    assertThat(reach("--context", "prod").token()).contains(Tokens.READER);
  }

  @Test
  void aKeyThatOthersCanReadIsRefused() throws IOException {
    TestCa ca = new TestCa();
    Path files = ca.write(directory.resolve("tls"), ca.issue("127.0.0.1"));
    environment.put("HERA_NODES", "https://127.0.0.1:1");
    environment.put("HERA_CA", files.resolve("ca.crt").toString());
    assertThat(reach().tls()).isPresent();
    environment.put("HERA_CERT", files.resolve("tls.crt").toString());
    refused("a certificate needs its key, and a key its certificate: cert and key");
    Path key = files.resolve("tls.key");
    environment.put("HERA_KEY", key.toString());
    Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-r--r--"));
    refused(key + ": other users may read or write it: chmod o= " + key);
    Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-------"));
    assertThat(reach().tls()).isPresent();
    environment.put("HERA_CA", directory.resolve("none").toString());
    refused(directory.resolve("none") + " does not exist");
  }
}

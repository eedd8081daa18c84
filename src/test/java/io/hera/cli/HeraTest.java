package io.hera.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.hera.cli.shell.Surroundings;
import io.hera.testkit.Console;
import io.hera.testkit.TestCa;
import io.hera.testkit.Tokens;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The command line without a node behind it. */
class HeraTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private final List<Launch> launched = new ArrayList<>();
  private String in = "";

  @TempDir
  private Path directory;

  private int hera(String... arguments) {
    Launcher launcher = launch -> {
      launched.add(launch);
      return 0;
    };
    return Hera.execute("1.2.3", launcher, surroundings(), arguments);
  }

  private Surroundings surroundings() {
    return Console.surroundings(
        new ByteArrayInputStream(in.getBytes(StandardCharsets.US_ASCII)), out, err);
  }

  private Launch launch(String... arguments) {
    assertThat(hera(arguments)).isZero();
    assertThat(err.toString()).isEmpty();
    return launched.get(launched.size() - 1);
  }

  private void refused(String line, String... arguments) {
    assertThat(hera(arguments)).isEqualTo(2);
    assertThat(err.toString()).isEqualTo(line + System.lineSeparator());
    assertThat(out.toString()).isEmpty();
    assertThat(launched).isEmpty();
  }

  @Test
  void ownOptionsBecomeSettings() {
    JsonObject settings =
        new JsonObject().put("config-file", "f.yml").put("name", "a").put("port", "8080");

    assertThat(launch("-c", "f.yml", "-n", "a", "-p", "8080"))
        .isEqualTo(new Launch(settings, List.of()));
    assertThat(launch("--data", "/d").settings()).isEqualTo(new JsonObject().put("data", "/d"));
    assertThat(launch("--config=f.yml", "--name", "a", "--port=8080").settings())
        .isEqualTo(settings);
    assertThat(launch("run", "-c", "f.yml", "-n", "a", "-p", "8080"))
        .isEqualTo(new Launch(settings, List.of()));
    assertThat(launch()).isEqualTo(new Launch(new JsonObject(), List.of()));
  }

  @Test
  void theLastOfSeveralValuesOfAnOptionCounts() {
    assertThat(launch("-p", "1", "-p", "2").settings())
        .isEqualTo(new JsonObject().put("port", "2"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "run "})
  void optionsOfVertxsLauncherAreHandedOn(String command) {
    String line = command + "io.hera.MainVerticle --cluster --conf {} --options o.json"
        + " --deployment-options d.json --cluster-host h --cluster-port 1"
        + " --cluster-public-host p --cluster-public-port 2";

    Launch launch = launch(line.split(" ", -1));

    assertThat(launch.arguments())
        .containsExactly(("io.hera.MainVerticle --conf {} --options o.json --deployment-options"
                + " d.json --cluster --cluster-host h --cluster-port 1 --cluster-public-host p"
                + " --cluster-public-port 2")
            .split(" ", -1));
    assertThat(launch.hasConf()).isTrue();
    assertThat(launch.clustered()).isTrue();
    assertThat(launch.settings()).isEqualTo(new JsonObject());
  }

  @Test
  void optionsOfVertxsLauncherMayHaveOneDash() {
    assertThat(launch("-conf", "{}", "-cluster", "-vertx-options=o.json").arguments())
        .containsExactly("--conf", "{}", "--options", "o.json", "--cluster");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--nmae x | hera: unknown option --nmae, did you mean --name? see hera -h",
        "-p8080 | hera: unknown option -p8080, see hera -h",
        "run --prot 1 | hera: unknown option --prot, did you mean --port? see hera run -h",
        "-n | hera: missing required parameter for option '--name' (NAME), see hera -h",
        "-n -c f | hera: expected parameter for option '--name' but found '-c', see hera -h",
        "A b | hera: unmatched argument at index 1: 'b', see hera -h",
        "docter | hera: unknown command docter, did you mean doctor? see hera -h",
        "-c f doctor h:1 | hera: write the options after the command doctor, see hera doctor -h",
        "doctor --cofnig f | hera: unknown option --cofnig, did you mean --config? see hera doctor -h",
        "doctor h | hera: h is not HOST:PORT, see hera doctor -h",
        "doctor h:0 | hera: h:0 is not HOST:PORT, see hera doctor -h",
        "doctor ::1:80 | hera: ::1:80 is not HOST:PORT, see hera doctor -h",
        "doctor -c f h:1 | hera: give either -c FILE, HOST:PORT of a node, or --nodes or --context, see hera doctor -h",
        "lss orders | hera: unknown command lss, did you mean ls? see hera -h",
        "ls --mtach a:b | hera: unknown option --mtach, did you mean --match? see hera ls -h",
        "get | hera: missing required parameter: 'SERVICE[/ID]', see hera get -h"
      })
  void aMistakeIsOneLine(String arguments, String line) {
    refused(line, arguments.split(" ", -1));
  }

  @Test
  void theLauncherCanRefuse() {
    int code = Hera.execute(
        "1",
        launch -> {
          throw new IllegalArgumentException("no such thing");
        },
        surroundings());

    assertThat(code).isEqualTo(2);
    assertThat(err).hasToString("hera: no such thing" + System.lineSeparator());
  }

  @Test
  void theExitCodeIsThatOfTheLauncher() {
    assertThat(Hera.execute("1", launch -> 7, surroundings())).isEqualTo(7);
  }

  @Test
  void aTokenIsAloneOnStdoutAndItsEntryOnStderr() {
    assertThat(hera("token", "billing")).isZero();
    String token = out.toString().strip();
    assertThat(out.toString()).isEqualTo(token + System.lineSeparator());
    assertThat(token).matches("hera_[0-9A-Za-z]{49}");
    assertThat(err.toString())
        .contains("billing:\n  can: [write billing]\n  tokens: [" + Tokens.hash(token) + "]")
        .doesNotContain(token);
    assertThat(Tokens.rules(err.toString()).entries()).containsOnlyKeys("billing");
  }

  @Test
  void aTokenGetsThePermissionsThatItIsGiven() {
    assertThat(hera("token", "ops", "operate", "read *", "write %C3%A9")).isZero();
    assertThat(err.toString()).startsWith("ops:\n  can: [operate, read *, \"write %C3%A9\"]\n");
    assertThat(Tokens.rules(err.toString()).entries().get("ops").identity().can())
        .containsExactly("operate", "read *", "write %C3%A9");
  }

  @Test
  void anUnknownPermissionIsRefusedAndMakesNoToken() {
    refused(
        "hera: delete * is not a permission: read SERVICE, write SERVICE, metrics, operate or peer,"
            + " see hera token -h",
        "token",
        "ops",
        "operate",
        "delete *");
    assertThat(out.toString()).isEmpty();
  }

  @Test
  void theHashOfATokenOnStdinIsPrinted() {
    in = Tokens.WRITER + "\n";
    assertThat(hera("token", "--hash")).isZero();
    assertThat(out.toString()).isEqualTo(Tokens.hash(Tokens.WRITER) + System.lineSeparator());
  }

  @Test
  void aTokenIsNeitherAnArgumentNorRepeated() {
    refused(
        "hera: (a token) is not the name of an identity, see hera token -h",
        "token",
        Tokens.WRITER);
  }

  @Test
  void aDamagedTokenOnStdinHasNoHash() {
    in = Tokens.WRITER.substring(1);
    refused(
        "hera: there is no token on stdin, or it is damaged, see hera token -h", "token", "--hash");
  }

  @Test
  void aCheckPrintsWhoMayDoWhat() throws IOException {
    Path access = Files.writeString(directory.resolve("access.yml"), Tokens.FILE);
    Path file =
        Files.writeString(directory.resolve("hera.yml"), "access: " + access + "\nport: 1\n");
    assertThat(hera("check", "-c", file.toString())).isZero();
    assertThat(err.toString()).isEmpty();
    assertThat(out.toString())
        .contains("node hera of hera listens on localhost:1")
        .contains("access is limited by " + access + ", checksum ")
        .contains("  w can write billing; token " + Tokens.hash(Tokens.WRITER).substring(7, 15));
    assertThat(launched).isEmpty();
  }

  @Test
  void aCheckShakesHandsWithTheMaterialOfTheNode() throws IOException {
    TestCa ca = new TestCa();
    Path tls = ca.write(directory.resolve("tls"), ca.issue("127.0.0.1"));
    Path file = Files.writeString(
        directory.resolve("hera.yml"), "tls: " + tls + "\nhost: 127.0.0.1\nport: 1\n");
    assertThat(hera("check", "-c", file.toString())).isZero();
    assertThat(out.toString())
        .contains("speaks TLS as 127.0.0.1 until ")
        .contains("; its material has shaken hands with itself")
        .contains("access is not limited: every client may do everything");
    Files.writeString(tls.resolve("tls.key"), ca.issue("127.0.0.1").keyPem());
    out.getBuffer().setLength(0);
    refused(
        tls.resolve("tls.key") + ": is not the key of the certificate in " + tls.resolve("tls.crt"),
        "check",
        "-c",
        file.toString());
  }

  @Test
  void aCheckReportsEveryFaultOfTheAccessFile() throws IOException {
    Path access = Files.writeString(directory.resolve("access.yml"), "a: {can: [x]}\n");
    Path file = Files.writeString(directory.resolve("hera.yml"), "access: " + access + "\n");
    refused(
        access + ":1: a.can: x is not a permission: read SERVICE, write SERVICE, metrics, operate"
            + " or peer" + System.lineSeparator() + access
            + ":1: a.tokens: is missing: nothing proves this identity",
        "check",
        "-c",
        file.toString());
  }

  @Test
  void theDoctorReportsTheFaultsOfAFile() throws IOException {
    Path file = Files.writeString(
        directory.resolve("f.yml"),
        "cluster:\n  a: {host: h, port: 0}\n  _b: {host: h, port: 1}\n");
    refused(
        file + ":2: cluster.a.port: 0 is not in 1..65535" + System.lineSeparator() + file
            + ":3: cluster: _b is not a node name: 1 to 255 of A-Z a-z 0-9 . _ : -, not beginning"
            + " with _",
        "doctor",
        "-c",
        file.toString());
  }

  @Test
  void theDoctorReportsAMissingFile() {
    String file = directory.resolve("none.yml").toString();
    refused(file + ": does not exist", "doctor", "-c", file);
  }

  @ParameterizedTest
  @ValueSource(strings = {"-h", "--help", "run -h", "doctor --help"})
  void everyCommandExplainsItself(String arguments) {
    assertThat(hera(arguments.split(" ", -1))).isZero();
    assertThat(out.toString()).startsWith("usage: hera").contains("-c", "FILE", "-h, --help");
    assertThat(err.toString()).isEmpty();
    assertThat(launched).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"--version", "run --version", "doctor --version"})
  void everyCommandTellsTheVersion(String arguments) {
    assertThat(hera(arguments.split(" ", -1))).isZero();
    assertThat(out).hasToString("hera 1.2.3" + System.lineSeparator());
  }
}

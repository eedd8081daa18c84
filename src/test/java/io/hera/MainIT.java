package io.hera;

import static org.assertj.core.api.Assertions.assertThat;

import io.hera.testkit.HeraProcess;
import io.hera.testkit.Http;
import io.hera.testkit.Ports;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests the jar as a process: its output and its exit codes. */
class MainIT {
  private static final String LIVE = "/_health/live";
  private static final String LAUNCHER = "io.vertx.launcher.application.VertxApplication";

  @TempDir
  private Path directory;

  @Test
  void helpNamesEveryOptionAndExitsWithZero() {
    try (HeraProcess hera = HeraProcess.start("-h")) {
      assertThat(hera.exitCode()).isZero();
      assertThat(hera.out()).startsWith("usage: hera").contains("-c", "-n", "-p", "--version");
      assertThat(hera.err()).isEmpty();
    }
  }

  @Test
  void theDoctorExitsWithOneWithoutANodeAndWithTwoWithoutAnAddress() {
    String address = "127.0.0.1:" + Ports.free();
    try (HeraProcess hera = HeraProcess.start("doctor", address)) {
      assertThat(hera.exitCode()).isEqualTo(1);
      assertThat(hera.out()).contains("at " + address, "No node answers.");
    }
    refused("hera: h is not HOST:PORT, see hera doctor -h", "doctor", "h");
  }

  @Test
  void theVersionIsOneLine() {
    try (HeraProcess hera = HeraProcess.start("--version")) {
      assertThat(hera.exitCode()).isZero();
      assertThat(hera.out()).matches("hera [0-9]+\\.[0-9]+\\.[0-9]+\\S*\\R");
    }
  }

  @Test
  void anUnknownOptionPrintsOneLineAndExitsWithTwo() {
    refused("hera: unknown option --nmae, did you mean --name? see hera -h", "--nmae", "x");
  }

  @Test
  void aClusterThatThisJarCannotJoinPrintsOneLineAndExitsWithTwo() {
    refused(
        "hera: --cluster needs hera-clustered.jar, which  mvn -Pclustered package  builds",
        "--cluster");
  }

  @Test
  void aMissingFilePrintsOneLineAndExitsWithTwo() {
    String file = directory.resolve("none.yml").toString();
    refused(file + ": does not exist", "-c", file);
  }

  @Test
  void aNameOutsideTheClusterPrintsOneLineAndExitsWithTwo() throws IOException {
    String file = twoNodes(1, 2);
    refused("options: name: c is not in the cluster (a, b)", "-c", file, "-n", "c");
  }

  @Test
  void eachFaultOfAFilePrintsOneLine() throws IOException {
    Path file = Files.writeString(directory.resolve("bad.yml"), "port: 99999\nlivenes: 3\n");
    refused(
        file + ":1: port: 99999 is not in 1..65535\n" + file
            + ":2: livenes: unknown key, did you mean liveness?",
        "-c",
        file.toString());
  }

  @Test
  void aPortInUsePrintsOneLineAndExitsWithTwo() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      int port = taken.getLocalPort();
      refused(
          "hera: cannot listen on localhost:" + port + ": Address already in use",
          "-p",
          Integer.toString(port));
    }
  }

  @Test
  void aConfThatIsNotJsonPrintsOneLineAndExitsWithTwo() {
    try (HeraProcess hera = HeraProcess.start("--conf", "{port")) {
      assertThat(hera.exitCode()).isEqualTo(2);
      assertThat(hera.err().lines()).hasSize(1);
    }
  }

  @Test
  void aMissingVerticlePrintsOneLineAndExitsWithTwo() {
    try (HeraProcess hera = HeraProcess.start("extra")) {
      assertThat(hera.exitCode()).isEqualTo(2);
      assertThat(hera.err().lines()).containsExactly("hera: there is no verticle extra; see -h");
      assertThat(hera.out()).isEmpty();
    }
  }

  @Test
  void sigtermStopsANodeWithExitCodeZero() {
    int port = Ports.free();
    try (HeraProcess hera = HeraProcess.start("-p", Integer.toString(port))) {
      hera.awaitOk(port, LIVE);
      assertThat(hera.stop()).isZero();
      assertThat(hera.err()).isEmpty();
    }
  }

  @Test
  void sighupReloadsTheConfigurationAndTheNodeRunsOn() throws IOException {
    int port = Ports.free();
    Path file = Files.writeString(directory.resolve("one.yml"), "port: " + port + "\n");
    try (HeraProcess hera = HeraProcess.start("-c", file.toString())) {
      hera.awaitOk(port, LIVE);
      Files.writeString(file, "port: " + port + "\nliveness: 60\n");
      hera.signal("HUP").awaitLine("reading the configuration again file=" + file);
      hera.awaitLine("setting changed: liveness: 300s -> 60s").signal("HUP").awaitOk(port, LIVE);
      assertThat(hera.stop()).isZero();
      assertThat(hera.err()).isEmpty();
    }
  }

  @Test
  void sighupWithoutAFileChangesNothing() {
    int port = Ports.free();
    try (HeraProcess hera = HeraProcess.start("-p", Integer.toString(port))) {
      hera.awaitOk(port, LIVE).signal("HUP").awaitLine("nothing to reload").awaitOk(port, LIVE);
    }
  }

  @Test
  void anUnknownLogLevelPrintsOneLineAndExitsWithTwo() {
    try (HeraProcess hera = HeraProcess.startIn(Map.of("HERA_LOG_LEVEL", "verbose"))) {
      assertThat(hera.exitCode()).isEqualTo(2);
      assertThat(hera.err())
          .isEqualTo("hera: HERA_LOG_LEVEL: verbose is not one of TRACE, DEBUG, INFO, WARN, ERROR,"
              + " OFF\n");
      assertThat(hera.out()).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource({"debug,true", "WARN,false", "off,false", "'',true", "tcp://10.96.0.12:8080,true"})
  void aLogLevelIsTakenInAnyCase(String level, boolean logsTheStart) {
    int port = Ports.free();
    Map<String, String> environment =
        Map.of("HERA_LOG_LEVEL", level, "HERA_PORT", "tcp://10.96.0.12:8080");
    try (HeraProcess hera = HeraProcess.startIn(environment, "-p", Integer.toString(port))) {
      hera.awaitOk(port, LIVE);
      assertThat(hera.out().contains("node started")).isEqualTo(logsTheStart);
      assertThat(hera.out().contains("environment: HERA_PORT is ignored"))
          .isEqualTo(!level.equals("off"));
    }
  }

  @Test
  void changesAreInTheAuditLogWhateverTheLogLevel() throws IOException {
    int port = Ports.free();
    Path file =
        Files.writeString(directory.resolve("audit.yml"), "port: " + port + "\naudit: changes\n");
    try (HeraProcess hera =
        HeraProcess.startIn(Map.of("HERA_LOG_LEVEL", "ERROR"), "-c", file.toString())) {
      hera.awaitOk(port, "/_health/ready");
      assertThat(Http.send("PUT", port, "/s/1", "{}").statusCode()).isEqualTo(204);
      hera.awaitLine(
          " INFO  audit registered identity=anonymous address=127.0.0.1 tls=none service=s"
              + " id=1");
      assertThat(hera.out().lines()).hasSize(1);
    }
  }

  @Test
  void aRequestInFlightIsServedBeforeTheProcessEnds() throws IOException {
    int port = Ports.free();
    try (HeraProcess hera = HeraProcess.start("-p", Integer.toString(port));
        Socket client = opened(hera, port)) {
      client.setSoTimeout(20_000);
      String head =
          "PUT /web/1 HTTP/1.1\r\nHost: hera\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n";
      client.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
      BufferedReader answer = new BufferedReader(
          new InputStreamReader(client.getInputStream(), StandardCharsets.US_ASCII));
      assertThat(answer.readLine()).isEqualTo("HTTP/1.1 100 Continue");
      hera.signal("TERM").awaitRefusal(port);
      client.getOutputStream().write("{}".getBytes(StandardCharsets.US_ASCII));
      assertThat(answer.readLine()).isEmpty();
      assertThat(answer.readLine()).isEqualTo("HTTP/1.1 204 No Content");
      assertThat(hera.exitCode()).isZero();
    }
  }

  /** It listens before all of it is deployed, and Vert.x cannot undeploy a verticle that is just being deployed. */
  @RepeatedTest(5)
  void aNodeThatIsStoppedWhileItStartsStopsInOrder() {
    int port = Ports.free();
    try (HeraProcess hera = HeraProcess.start("-p", Integer.toString(port))) {
      assertThat(hera.awaitListening(port).stop()).isZero();
      assertThat(hera.out()).contains("node started").doesNotContain("ERROR");
      assertThat(hera.err()).isEmpty();
    }
  }

  @Test
  void aFileANameAndAPortStartTheNodeAndAReloadIsLogged() throws IOException {
    int port = Ports.free();
    String file = twoNodes(port, 1);
    try (HeraProcess hera = HeraProcess.start("-c", file, "-n", "b", "-p", "" + port)) {
      hera.awaitOk(port, LIVE);
      Files.writeString(Path.of(file), Files.readString(Path.of(file)) + "liveness: 60\n");
      hera.awaitLine("setting changed: liveness: 300s -> 60s");
      hera.signal("TERM");
      assertThat(hera.exitCode()).isZero();
    }
  }

  @Test
  void theCommandRunRunsANode() {
    int port = Ports.free();
    try (HeraProcess hera = HeraProcess.start("run", "--conf", "{\"port\":" + port + "}")) {
      hera.awaitOk(port, LIVE);
      assertThat(hera.stop()).isZero();
    }
  }

  @Test
  void theLauncherOfVertxDeploysTheVerticle() {
    int port = Ports.free();
    String conf = "{\"name\":\"a\",\"port\":" + port + "}";
    try (HeraProcess hera =
        HeraProcess.startClass(LAUNCHER, "io.hera.MainVerticle", "--conf", conf)) {
      hera.awaitOk(port, LIVE);
    }
  }

  private static Socket opened(HeraProcess hera, int port) throws IOException {
    hera.awaitOk(port, LIVE);
    return new Socket(InetAddress.getLoopbackAddress(), port);
  }

  private String twoNodes(int first, int second) throws IOException {
    String text = "cluster:\n  a: {host: 127.0.0.1, port: %d}\n  b: {host: 127.0.0.1, port: %d}\n";
    return Files.writeString(directory.resolve("two.yml"), text.formatted(first, second))
        .toString();
  }

  private static void refused(String lines, String... arguments) {
    try (HeraProcess hera = HeraProcess.start(arguments)) {
      assertThat(hera.exitCode()).isEqualTo(2);
      assertThat(hera.err()).isEqualTo(lines + "\n");
      assertThat(hera.out()).isEmpty();
    }
  }
}

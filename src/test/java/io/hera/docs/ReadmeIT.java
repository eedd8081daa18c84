package io.hera.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.hera.testkit.Eventually;
import io.hera.testkit.HeraProcess;
import io.hera.testkit.Ports;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Runs the commands of README.md and of the site, and compares their output with the text there. It
 * replaces ports by free ones.
 */
class ReadmeIT {
  private static final String ONE_NODE = "console";
  private static final String TWO_NODES = "console two nodes";
  private static final String TWO_CLUSTERS = "console two clusters";
  private static final int CURL_TIMED_OUT = 28;
  private static final int STOPPED = 0;
  /** How the launcher of Vert.x ends. */
  private static final int TERMINATED = 143;

  @TempDir
  private Path folder;

  static Stream<Markdown> filesWithCommands() {
    return Markdown.all().stream().filter(file -> !Command.in(file, ONE_NODE).isEmpty());
  }

  @ParameterizedTest
  @MethodSource("filesWithCommands")
  void theCommandsAnswerAsWritten(Markdown file) throws Exception {
    int port = Ports.free();
    try (HeraProcess node = HeraProcess.start("-p", Integer.toString(port))) {
      node.awaitOk(port, "/_health/ready");
      for (Command command : Command.in(file, ONE_NODE)) {
        String said = shell(command.line().replace("localhost:8080", "localhost:" + port));
        command.matches(said.replace("localhost:" + port, "localhost:8080"));
      }
    }
  }

  /** Those of all files, in their order, on the two nodes of {@code conf/hera.yml}. */
  @Test
  void theCommandsForTwoNodesAnswerAsWritten() throws Exception {
    List<Integer> ports = Ports.free(2);
    String first = Integer.toString(ports.get(0));
    String second = Integer.toString(ports.get(1));
    Path conf = folder.resolve("hera.yml");
    String settings = Files.readString(Path.of("conf/hera.yml"));
    Files.writeString(conf, at(settings, "port: ", first, second));
    try (HeraProcess one = HeraProcess.script("hera", "-c", conf.toString(), "-n", "test-1");
        HeraProcess two = HeraProcess.script("hera", "-c", conf.toString(), "-n", "test-2")) {
      one.awaitOk(ports.get(0), "/_health/ready");
      two.awaitOk(ports.get(1), "/_health/ready");
      for (Command command : commands(TWO_NODES)) {
        String line = at(command.line(), "localhost:", first, second)
            .replace("conf/hera.yml", conf.toString());
        Eventually.passes(
            () -> command.matches(at(shell(line), ":", "8080", "8081", first, second)));
      }
      assertThat(one.stop()).isZero();
      assertThat(two.stop()).isZero();
    }
  }

  /** Those of all files, in their order, on two nodes alone; the first one has a directory. */
  @Test
  void theCommandsForTwoClustersAnswerAsWritten() throws Exception {
    List<Integer> ports = Ports.free(2);
    String first = Integer.toString(ports.get(0));
    String second = Integer.toString(ports.get(1));
    String data = folder.resolve("data").toString();
    Path conf = Files.writeString(
        folder.resolve("hera.yml"), "data: " + data + "\nsnapshot:\n  interval: 1s\n");
    try (HeraProcess one = HeraProcess.start("-c", conf.toString(), "-p", first);
        HeraProcess two = HeraProcess.start("-p", second)) {
      one.awaitOk(ports.get(0), "/_health/ready");
      two.awaitOk(ports.get(1), "/_health/ready");
      for (Command command : commands(TWO_CLUSTERS)) {
        String line = at(command.line(), "localhost:", first, second)
            .replace("/var/lib/hera", data)
            .replace("hera.ndjson", folder.resolve("hera.ndjson").toString());
        Eventually.passes(() -> command.matches(shell(line)));
      }
    }
  }

  private static List<Command> commands(String kind) {
    return Markdown.all().stream()
        .flatMap(file -> Command.in(file, kind).stream())
        .toList();
  }

  private static String at(String text, String before, String first, String second) {
    return at(text, before, first, second, "8080", "8081");
  }

  private static String at(
      String text, String before, String first, String second, String was, String andWas) {
    return text.replace(before + was, before + first).replace(before + andWas, before + second);
  }

  static Set<String> linesThatStartANode() {
    return Command.linesThatStartANode();
  }

  @ParameterizedTest
  @MethodSource("linesThatStartANode")
  void aLineThatStartsANodeStartsOne(String line) {
    if (line.contains("--cluster")) {
      assumeThat(Path.of("target/hera-clustered.jar")).exists();
    }
    int port = Ports.free();
    String moved = line.replaceFirst(" -p \\d+", "")
        .replace("/var/lib/hera", folder.resolve("data").toString());
    try (HeraProcess node = HeraProcess.shell(Map.of("HERA_PORT", Integer.toString(port)), moved)) {
      node.awaitOk(port, "/_health/live");
      assertThat(node.stop()).isIn(STOPPED, TERMINATED);
    }
  }

  @Test
  void theClusterScriptRunsWhatItPrintsAndStopsWhatItStarted() throws Exception {
    int base = Ports.free(3).get(0);
    try (HeraProcess cluster = HeraProcess.script("cluster", Integer.toString(base))) {
      cluster.awaitLine("Ctrl-C stops all");
      List<String> curls = cluster
          .out()
          .lines()
          .map(String::strip)
          .filter(line -> line.startsWith("curl "))
          .toList();
      assertThat(curls).hasSize(4);
      for (String curl : curls) {
        shell(curl.replaceFirst("^curl", "curl -sf"));
      }
      assertThat(cluster.signal("TERM").exitCode()).isZero();
    }
    assertThat(shell("! curl -s http://127.0.0.1:" + base + "/")).isEmpty();
  }

  @Test
  void everyScriptOfTheFirstPageExplainsItself() throws Exception {
    for (String script : List.of("hera", "cluster", "test")) {
      assertThat(shell("scripts/" + script + " -h")).contains("usage: scripts/" + script);
    }
  }

  /** Runs a line; returns its output. A curl with a time limit ends with an error. */
  private static String shell(String line) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder("bash", "-c", line).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    int end = line.contains(" -m ") ? CURL_TIMED_OUT : 0;
    assertThat(process.exitValue()).as(said).isEqualTo(end);
    return said;
  }
}

package io.hera;

import static org.assertj.core.api.Assertions.assertThat;

import io.hera.testkit.HeraProcess;
import io.hera.wire.ProblemType;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Runs the README's commands and compares what they answer with what it says. Port 8080 becomes a free one; where an answer
 * shows headers, those shown are looked for.
 */
class ReadmeIT {
  private static final Path README = Path.of("README.md");
  private static final Pattern BLOCK = Pattern.compile("```(\\w*)\n(.*?)```", Pattern.DOTALL);

  /** What has to be among the commands; scripts/test is what runs this. */
  private static final List<String> SET_UP = List.of("scripts/hera", "scripts/test");

  private final String readme = read();

  @TempDir
  private Path folder;

  /** A command and the lines that are to come. */
  private record Command(String line, List<String> answer) {}

  @Test
  void theCurlsAnswerWhatTheReadmeSays() throws Exception {
    int port = HeraProcess.freePort();
    try (HeraProcess node = HeraProcess.start("-p", Integer.toString(port))) {
      node.awaitOk(port, "/_health/ready");
      List<Command> commands = commands();
      assertThat(commands).hasSizeGreaterThanOrEqualTo(3);
      for (Command command : commands) {
        String answer = shell(command.line().replace("localhost:8080", "localhost:" + port));
        assertThat(command.answer())
            .as(command.line())
            .allSatisfy(line -> assertThat(answer).containsIgnoringCase(line));
      }
    }
  }

  @Test
  void everyOtherCommandIsAScriptOrALaunchThatIsTested() {
    List<String> plain = new ArrayList<>();
    Matcher blocks = BLOCK.matcher(readme);
    while (blocks.find()) {
      if (blocks.group(1).isEmpty()) {
        blocks
            .group(2)
            .lines()
            .filter(line -> line.startsWith("scripts/") || line.startsWith("java "))
            .forEach(plain::add);
      }
    }
    assertThat(plain)
        .containsAll(SET_UP)
        .allSatisfy(line -> assertThat(line)
            .matches("scripts/(hera|test|cluster)( .*)?|java -cp target/hera.jar .*MainVerticle"));
    assertThat(plain.stream()
            .map(line -> line.split(" ", 2)[0])
            .filter(word -> word.startsWith("scripts/")))
        .allSatisfy(script -> assertThat(Path.of(script)).isExecutable());
  }

  @Test
  void theTwoNodesOfTheExampleFindEachOther() throws Exception {
    int first = HeraProcess.freePort();
    int second = HeraProcess.freePort();
    Path conf = Files.writeString(
        folder.resolve("hera.yml"),
        Files.readString(Path.of("conf/hera.yml"))
            .replace("port: 8080", "port: " + first)
            .replace("port: 8081", "port: " + second));
    try (HeraProcess one =
            HeraProcess.script("hera", "-c", conf.toString(), "-n", "test-1", "-p", "" + first);
        HeraProcess two =
            HeraProcess.script("hera", "-c", conf.toString(), "-n", "test-2", "-p", "" + second)) {
      one.awaitOk(first, "/_health/ready");
      two.awaitOk(second, "/_health/ready");
      assertThat(shell("curl -sf -X PUT -d '{}' http://localhost:" + first + "/storage/1"))
          .isEmpty();
      two.awaitOk(second, "/storage/1");
      assertThat(one.stop()).isZero();
      assertThat(two.stop()).isZero();
    }
  }

  @Test
  void theClusterScriptRunsWhatItPrintsAndStopsWhatItStarted() throws Exception {
    int base = 20_000 + HeraProcess.freePort() % 20_000;
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
  void everyScriptExplainsItself() throws Exception {
    for (String script : List.of("hera", "cluster", "test")) {
      assertThat(shell("scripts/" + script + " -h")).contains("usage: scripts/" + script);
    }
  }

  @Test
  void everyProblemTypeOfTheReadmeIsOneOfTheCodeAndTheOtherWayRound() throws IOException {
    Map<String, String> stated = new TreeMap<>();
    Matcher rows = Pattern.compile("\\| `([a-z-]+)` \\| ([45]\\d\\d) \\|").matcher(readme);
    while (rows.find()) {
      stated.put(rows.group(1), rows.group(2));
    }
    Map<String, String> made = new TreeMap<>();
    for (ProblemType type : ProblemType.values()) {
      made.put(type.label(), Integer.toString(type.status()));
    }
    assertThat(stated).isEqualTo(made).isNotEmpty();
  }

  private List<Command> commands() {
    List<Command> commands = new ArrayList<>();
    Matcher blocks = BLOCK.matcher(readme);
    while (blocks.find()) {
      for (String line : blocks.group(2).split("\n", -1)) {
        if (line.startsWith("$ ")) {
          commands.add(new Command(line.substring(2), new ArrayList<>()));
        } else if (!commands.isEmpty() && blocks.group(2).startsWith("$ ") && !line.isEmpty()) {
          commands
              .get(commands.size() - 1)
              .answer()
              .add(line.replaceFirst("^(hera-expires-in:).*", "$1"));
        }
      }
    }
    return commands;
  }

  private static String shell(String line) throws Exception {
    Process process =
        new ProcessBuilder("bash", "-c", line).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(said).isZero();
    return said;
  }

  private static String read() {
    try {
      return Files.readString(README);
    } catch (IOException failure) {
      throw new java.io.UncheckedIOException(failure);
    }
  }
}

package io.hera.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.hera.testkit.Console;
import io.hera.testkit.Ports;
import io.hera.testkit.ServedNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The scripts that have a shell complete, and the names that they ask for. */
@Execution(ExecutionMode.CONCURRENT)
@Timeout(60)
class CompletionTest {
  /** Stands for {@code hera}: names what the script has asked for. */
  private static final String FAKE = """
      hera() {
        case "$*" in
          '__names -- or' | '__names -- ') printf 'orders\\nweb\\n' ;;
          '__names --nodes http://a:1 -- or') printf 'orders-of-a\\n' ;;
          '__names -- orders/1:') printf 'orders/1:80\\norders/1:81\\norders/2\\n' ;;
          '__names -- evil/') printf 'evil/$(touch evil)\\n' ;;
          '__names --contexts') printf 'prod\\nstaging\\n' ;;
          *) echo "unexpected: $*" >&2; return 1 ;;
        esac
      }
      """;

  private static final String ASK = """
      COMP_LINE=$line COMP_POINT=${#line}
      _hera
      (( ${#COMPREPLY[@]} )) && printf '%s\\n' "${COMPREPLY[@]}"
      """;

  @TempDir
  private Path directory;

  private final Console console = new Console();

  private String script(String shell) {
    assertThat(console.run("completion", shell)).isZero();
    assertThat(console.err()).isEmpty();
    return console.out();
  }

  private List<String> run(String program, String... arguments) throws Exception {
    Process process = new ProcessBuilder(arguments)
        .directory(directory.toFile())
        .redirectErrorStream(true)
        .redirectInput(Files.writeString(directory.resolve("in.txt"), program).toFile())
        .start();
    List<String> said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
        .lines()
        .toList();
    assertThat(process.waitFor()).as(said.toString()).isZero();
    return said;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "hera l | ls",
        "hera get or | orders",
        "hera --nodes http://a:1 get or | orders-of-a",
        "hera get orders/1: | 80 81",
        "hera get orders/1 --wa | --wait",
        "hera completion b | bash",
        "hera context s | save",
        "hera --context p | prod",
        "hera version xyz | ''"
      })
  void bashCompletesCommandsOptionsAndNames(String line, String replies) throws Exception {
    String all = script("bash") + FAKE + "COMP_WORDBREAKS=$' \\t\\n\"\\'><=;|&(:'\nline='" + line
        + "'\n" + ASK;
    assertThat(run(all + "true\n", "bash", "--norc"))
        .isEqualTo(replies.isEmpty() ? List.of() : List.of(replies.split(" ", -1)));
  }

  @Test
  void aNameIsNotExpandedByTheShell() throws Exception {
    String all = script("bash") + FAKE + "line='hera get evil/'\n" + ASK;
    assertThat(run(all, "bash", "--norc")).containsExactly("evil/\\$\\(touch\\ evil\\)");
    assertThat(directory.resolve("evil")).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(strings = {"bash", "zsh", "fish"})
  void theScriptHasTheSyntaxOfItsShell(String shell) throws Exception {
    String script = script(shell);
    assertThat(script)
        .contains("ls", "get", "drain", "--context", "__names")
        .doesNotContainPattern("@[A-Z]+@");
    assumeThat(List.of("/bin/" + shell, "/usr/bin/" + shell))
        .anyMatch(path -> Files.exists(Path.of(path)));
    assertThat(run(script, shell, "-n")).isEmpty();
  }

  @Test
  void namesAreThoseOfTheNodesAndNothingElseIsSaid() throws IOException {
    try (ServedNode node = ServedNode.ready()) {
      node.register("/orders/a%2520b", "{}");
      node.register("/web/1", "{}");
      String nodes = "http://127.0.0.1:" + node.port();
      assertThat(console.run("__names", "--nodes", nodes, "--", "o")).isZero();
      assertThat(console.lines()).containsExactly("orders", "web");
      assertThat(console.run("__names", "--nodes", nodes, "--", "orders/")).isZero();
      assertThat(console.lines()).containsExactly("orders/a%2520b");
      assertThat(console.run("__names", "--nodes", nodes, "--", "_x/")).isZero();
      assertThat(console.out() + console.err()).isEmpty();
    }
    assertThat(console.run("__names", "--nodes", "http://127.0.0.1:" + Ports.free(), "--", "o"))
        .isZero();
    assertThat(console.out() + console.err()).isEmpty();
    assertThat(console.run("__names", "--context", "none", "--", "o")).isZero();
    assertThat(console.out() + console.err()).isEmpty();
  }

  @Test
  void theHelpNamesEveryCommandButNotThoseForScripts() {
    assertThat(console.run("help")).isZero();
    assertThat(console.out())
        .contains("ls", "get", "put", "rm", "drain", "export", "import", "top", "completion")
        .doesNotContain("__names");
    assertThat(console.run("help", "gte")).isEqualTo(2);
    assertThat(console.err())
        .isEqualTo("hera: unknown command gte, did you mean get?%n".formatted());
    assertThat(console.run("version")).isZero();
    assertThat(console.out()).isEqualTo("hera 1.2.3\n");
    assertThat(console.run("-h")).isZero();
    assertThat(console.out()).contains("completion").doesNotContain("__names");
  }
}

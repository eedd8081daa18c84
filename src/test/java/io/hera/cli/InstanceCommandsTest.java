package io.hera.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.hera.cli.shell.Terminal;
import io.hera.cli.shell.Terminal.Colours;
import io.hera.testkit.Console;
import io.hera.testkit.Eventually;
import io.hera.testkit.ServedNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code ls}, {@code get}, {@code put}, {@code rm} and {@code drain} against a node. */
@Execution(ExecutionMode.CONCURRENT)
@Timeout(60)
class InstanceCommandsTest {
  private static final String UP =
      "{\"host\":\"10.1.1.1\", \"port\":8080,\"zone\":\"ams\",\"status\":\"up\",\"version\":1.4}";

  @TempDir
  private Path directory;

  @AutoClose
  private final ServedNode node = ServedNode.ready();

  private final Console console =
      new Console().with("HERA_NODES", "http://127.0.0.1:" + node.port());

  private int hera(String... arguments) {
    return console.run(arguments);
  }

  private void registerTwo() {
    node.register("/orders/10.1.1.1-8080", UP);
    node.register("/orders/10.1.1.2-8080", "{\"address\":\"10.1.1.2:8080\",\"status\":\"drain\"}");
    node.register("/we%C3%A9b/1", "{}");
  }

  @Test
  void servicesAreListedWithTheirInstances() {
    registerTwo();
    assertThat(hera("ls")).isZero();
    assertThat(console.out()).isEqualTo("""
            SERVICE  INSTANCES
            orders   2
            weéb     1
            """);
    assertThat(console.err()).isEmpty();
    assertThat(hera("ls", "-o", "name")).isZero();
    assertThat(console.out()).isEqualTo("orders\nweéb\n");
    assertThat(hera("ls", "--json")).isZero();
    assertThat(console.out())
        .isEqualTo("{\"orders\":{\"instances\":2},\"weéb\":{\"instances\":1}}\n");
  }

  @Test
  void instancesAreListedWithWhatTheirDocumentsSay() {
    registerTwo();
    assertThat(hera("ls", "orders")).isZero();
    assertThat(console.out()).isEqualTo("""
            ID             ADDRESS        ZONE  STATUS  VERSION
            10.1.1.1-8080  10.1.1.1:8080  ams   up      1.4
            10.1.1.2-8080  10.1.1.2:8080  -     drain   -
            """);
    assertThat(hera("ls", "orders", "--match", "zone:ams", "-o", "name")).isZero();
    assertThat(console.out()).isEqualTo("orders/10.1.1.1-8080\n");
    assertThat(hera("ls", "orders", "-o", "wide")).isZero();
    assertThat(console.lines().get(1)).matches("10.1.1.1-8080 .* 1.4 +a +[0-9]+ s");
    assertThat(hera("ls", "none")).isZero();
    assertThat(console.err()).isEqualTo("hera: no instances of none%n".formatted());
    assertThat(hera("ls", "none", "-q")).isZero();
    assertThat(console.err()).isEmpty();
  }

  @Test
  void optionsOfAllCommandsMayStandBeforeTheCommand() {
    registerTwo();
    assertThat(hera("-o", "name", "--nodes", "127.0.0.1:" + node.port(), "ls", "orders"))
        .isZero();
    assertThat(console.lines()).hasSize(2);
  }

  @Test
  void onlyATerminalGetsColoursAndNamesAreNeverObeyed() {
    node.register(
        "/orders/%E2%80%AEevil",
        "{\"host\":\"h\",\"port\":1,\"status\":\"up\",\"zone\":\"\\u001b[2J\"}");
    assertThat(hera("ls", "orders")).isZero();
    assertThat(console.out()).doesNotContain("\u001b");
    console.on(new Terminal(24, 30, Colours.ON));
    assertThat(hera("ls", "orders")).isZero();
    assertThat(console.out()).contains("\u001b[32mup\u001b[0m").doesNotContain("\u001b[2J");
  }

  @Test
  void aDocumentIsPrintedByteForByte() {
    String document = "{\n \"a\" : 1.10, \"ö\":\"\u2028\" }";
    node.register("/orders/1", document);
    assertThat(hera("get", "orders/1")).isZero();
    assertThat(console.bytes()).isEqualTo(document.getBytes(UTF_8));
    assertThat(hera("get", "orders")).isZero();
    assertThat(console.out()).isEqualTo("{\"1\":" + document + "}");
    assertThat(hera("get", "orders/2")).isEqualTo(3);
    assertThat(console.out()).isEmpty();
    assertThat(console.err())
        .startsWith("hera: orders/2 at http://127.0.0.1:" + node.port() + ": unknown-instance: ")
        .hasLineCount(1);
  }

  @Test
  void aWaitEndsWhenEnoughInstancesAreThere() {
    node.register("/orders/1", "{}");
    CompletableFuture<Integer> waiting = CompletableFuture.supplyAsync(
        () -> hera("get", "orders", "--wait", "50s", "--until-count", "2"));
    node.awaitWatchers(1);
    node.register("/orders/2", "{}");
    assertThat(waiting.join()).isZero();
    assertThat(console.out()).isEqualTo("{\"1\":{},\"2\":{}}");
    assertThat(hera("get", "orders", "--wait", "50ms", "--until-count", "3")).isEqualTo(5);
    assertThat(console.err())
        .isEqualTo("hera: orders does not have 3 or more instances after 0.05 s%n".formatted());
    assertThat(hera("get", "none", "--wait", "50s", "--until-count", "0")).isZero();
  }

  @Test
  void aWaitForAnInstanceEndsWhenItIsThere() {
    CompletableFuture<Integer> waiting =
        CompletableFuture.supplyAsync(() -> hera("get", "orders/1", "--wait", "50s"));
    node.awaitWatchers(1);
    node.register("/orders/1", "{\"a\":1}");
    assertThat(waiting.join()).isZero();
    assertThat(console.out()).isEqualTo("{\"a\":1}");
  }

  @Test
  void aDocumentIsRegisteredFromAnArgumentStdinOrAFileAndRenewedWithout() throws IOException {
    assertThat(hera("put", "orders/1")).isEqualTo(3);
    assertThat(hera("put", "orders/1", "{\"a\":1}", "--ttl", "1h")).isZero();
    assertThat(console.out()).isEmpty();
    assertThat(console.err())
        .isEqualTo("hera: orders/1 is registered at http://127.0.0.1:%s%n".formatted(node.port()));
    assertThat(node.expiresIn("/orders/1")).isBetween(3_500L, 3_600L);
    assertThat(hera("put", "orders/1")).isZero();
    console.in("{\"b\":2}");
    assertThat(hera("put", "orders/1", "-")).isZero();
    assertThat(node.document("/orders/1")).isEqualTo("{\"b\":2}");
    Path file = Files.writeString(directory.resolve("d.json"), "{\"c\":3}");
    assertThat(hera("put", "orders/1", "@" + file)).isZero();
    assertThat(node.document("/orders/1")).isEqualTo("{\"c\":3}");
    assertThat(hera("put", "orders/1", "[]")).isEqualTo(4);
    assertThat(console.err()).contains("invalid-document: at byte 0");
    assertThat(hera("put", "orders/1", "@" + directory.resolve("none"))).isEqualTo(2);
    assertThat(console.err())
        .isEqualTo("hera: %s: does not exist%n".formatted(directory.resolve("none")));
  }

  @Test
  void removedInstancesArePrintedAndCanBeImported() {
    registerTwo();
    assertThat(hera("rm", "orders/10.1.1.1-8080", "orders/none")).isEqualTo(3);
    assertThat(console.out()).isEqualTo("orders/10.1.1.1-8080  " + UP + "\n");
    assertThat(console.err()).isEqualTo("hera: orders/none was not there%n".formatted());
    assertThat(node.get("/orders/10.1.1.1-8080").status()).isEqualTo(404);
    assertThat(hera("rm", "orders", "--all")).isEqualTo(2);
    assertThat(console.err())
        .isEqualTo("hera: this deregisters 1 instance: add --yes%n".formatted());
    assertThat(hera("rm", "orders", "--all", "--yes", "--json")).isZero();
    assertThat(node.get("/orders").body()).isEqualTo("{}");
    console.in(console.out());
    assertThat(hera("import", "-")).isZero();
    assertThat(node.document("/orders/10.1.1.2-8080")).contains("10.1.1.2:8080");
  }

  @Test
  void instancesAreDrainedAndShownAgain() {
    registerTwo();
    assertThat(hera("drain", "orders/10.1.1.1-8080", "--for", "2h", "--reason", "new ö"))
        .isZero();
    assertThat(hera("ls", "orders", "-o", "name")).isZero();
    assertThat(console.out()).isEqualTo("orders/10.1.1.2-8080\n");
    assertThat(console.err()).isEqualTo("hera: 1 hidden by drains: --all shows them%n".formatted());
    assertThat(hera("ls", "orders", "-o", "name", "--all")).isZero();
    assertThat(console.lines()).hasSize(2);
    assertThat(hera("drain", "orders")).isEqualTo(4);
    assertThat(console.err()).contains("would-empty: ");
    assertThat(hera("drain", "orders", "--force")).isZero();
    assertThat(hera("drain", "--match", "host:10.1.1.1", "--force")).isZero();
    assertThat(hera("drain")).isZero();
    assertThat(console.lines().get(0)).matches("DRAIN +INSTANCES +SINCE +UNTIL +BY +REASON");
    assertThat(console.lines().get(3)).matches("orders/10.1.1.1-8080 +1 .*Z .*Z +- +new ö");
    assertThat(hera("drain", "-o", "name")).isZero();
    assertThat(console.lines())
        .containsExactlyInAnyOrder("orders/10.1.1.1-8080", "orders", "*?match=host:10.1.1.1");
    assertThat(hera("drain", "--match", "host:10.1.1.1", "--undo")).isZero();
    assertThat(hera("drain", "orders", "--undo")).isZero();
    assertThat(hera("drain", "orders/10.1.1.1-8080", "--undo")).isZero();
    assertThat(hera("drain")).isZero();
    assertThat(console.err()).isEqualTo("hera: no drain is in force%n".formatted());
    Eventually.passes(() -> assertThat(node.get("/orders").body()).contains("10.1.1.1-8080"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "ls --match a:b | --match and --all need a SERVICE",
        "ls orders/1 | orders/1 is an instance: hera get orders/1 prints its document",
        "ls orders --match zone | --match: zone is not K:V, such as zone:ams",
        "ls _x | the service begins with '_', which is reserved",
        "get a/b/c | a/b/c is not SERVICE or SERVICE/ID",
        "get a --wait 1s | --wait needs SERVICE/ID, or --until-count N",
        "get a --until-count 1 | --until-count needs a SERVICE and --wait T",
        "get a/1 --wait soon | --wait: soon is not a duration in 1ms..1h, such as 5s",
        "put orders {} | the instance is not SERVICE/ID",
        "put orders/1 {} --ttl x | --ttl: x is not a duration, such as 30s",
        "rm orders | the instance is not SERVICE/ID",
        "rm orders/1 --all | --all is for a SERVICE, not for SERVICE/ID",
        "drain --undo | SERVICE[/ID] or --match is missing",
        "drain a --match b:c | SERVICE[/ID] and --match select: leave one of them out",
        "drain a --undo --force | --for, --reason and --force do not go with --undo",
        "drain a --for x | --for: x is not a duration, such as 2h",
        "ls --nodes ftp://a:1 | ftp://a:1 is not http://HOST:PORT or https://HOST:PORT",
        "ls --nodes http://u:p@a:1 | a node is not http://HOST:PORT or https://HOST:PORT",
        "ls --timeout 0 | --timeout: 0 is not a duration in 1ms..1h, such as 5s",
        "ls --context a --nodes b:1 | --context and --nodes name nodes: leave one of them out"
      })
  void aMistakeIsOneLine(String arguments, String line) {
    assertThat(hera(arguments.split(" ", -1))).isEqualTo(2);
    assertThat(console.err()).isEqualTo("hera: " + line + System.lineSeparator());
    assertThat(console.out()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ls", "get", "put", "rm", "drain", "export", "import", "top", "why", "events", "doctor"
      })
  void everyCommandThatAsksNodesExplainsItsOptionsAndExitCodes(String command) {
    assertThat(hera(command, "-h")).isZero();
    assertThat(console.out())
        .startsWith("usage: hera " + command)
        .contains("--nodes", "--context", "--timeout", "--quiet", "--verbose", "Exit codes:");
    String help = console.out();
    assertThat(hera("help", command)).isZero();
    assertThat(console.out()).isEqualTo(help);
  }
}

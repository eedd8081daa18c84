package io.hera.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.hera.testkit.Console;
import io.hera.testkit.Ports;
import io.hera.testkit.RawServer;
import io.hera.testkit.ServedNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** {@code export} and {@code import} against a node. */
@Execution(ExecutionMode.CONCURRENT)
@Timeout(60)
class BulkCommandsTest {
  private static final String LINES = """
      {"service":"orders","id":"1","ttl":90,"document":{"a" : 1.0}}
      {"service":"web","id":"ö","document":{}}
      """;

  @TempDir
  private Path directory;

  @AutoClose
  private final ServedNode node = ServedNode.ready();

  private final Console console =
      new Console().with("HERA_NODES", "http://127.0.0.1:" + node.port());

  private int hera(String... arguments) {
    return console.run(arguments);
  }

  @Test
  void anExportIsImportedAgain() throws IOException {
    console.in(LINES);
    assertThat(hera("import", "-")).isZero();
    assertThat(console.err()).isEqualTo("hera: 2 registrations done%n".formatted());
    assertThat(hera("export")).isZero();
    assertThat(console.lines())
        .containsExactlyInAnyOrderElementsOf(LINES.lines().toList());
    assertThat(console.err()).contains("2 registrations of http://127.0.0.1:");
    Path file = directory.resolve("all.ndjson");
    assertThat(hera("export", "-o", file.toString(), "-q")).isZero();
    assertThat(console.out() + console.err()).isEmpty();
    assertThat(Files.readAllLines(file))
        .containsExactlyInAnyOrderElementsOf(LINES.lines().toList());
    assertThat(hera("rm", "orders", "web", "--all", "--yes")).isZero();
    assertThat(hera("import", file.toString())).isZero();
    assertThat(node.document("/orders/1")).isEqualTo("{\"a\" : 1.0}");
    assertThat(node.expiresIn("/orders/1")).isBetween(80L, 90L);
    try (var files = Files.list(directory)) {
      assertThat(files).as("nothing is left beside the file").containsExactly(file);
    }
  }

  @Test
  void theOtherFormOfAnExportIsTakenToo() {
    console.in("{\"orders\":\n {\"1\":{\"a\":\n1},\"2\":{}},\n\"web\":{\"ö\":{}}}\n");
    assertThat(hera("import", "-", "--ttl", "1h")).isZero();
    assertThat(console.err()).isEqualTo("hera: 3 registrations done%n".formatted());
    assertThat(node.document("/orders/1")).isEqualTo("{\"a\": 1}");
    assertThat(node.expiresIn("/web/%C3%B6")).isBetween(3_500L, 3_600L);
  }

  @Test
  void aFaultInOneRegistrationDoesNotAffectTheOthers() {
    console.in("""
        {"service":"orders","id":"1","document":{}}

        {"service":"orders","id":"2","document":[]}
        {"id":"3","document":{}}
        """);
    assertThat(hera("import", "-")).isEqualTo(4);
    assertThat(console.err().lines())
        .hasSize(3)
        .anySatisfy(line -> assertThat(line).startsWith("hera: orders/2: invalid-document: "))
        .anySatisfy(line -> assertThat(line).startsWith("hera: line 4: "))
        .endsWith("hera: 1 registration done, 2 faults");
    assertThat(node.document("/orders/1")).isEqualTo("{}");
  }

  @Test
  void aDryRunChecksAndSendsNothing() {
    console.in(LINES + "{\"service\":\"_a\",\"id\":\"2\",\"document\":{}}\n"
        + "{\"service\":\"a\",\"id\":\"2\",\"document\":{\"a\":1,\"a\":2}}\nx\n");
    assertThat(hera("import", "-", "--dry-run")).isEqualTo(4);
    assertThat(console.err().lines())
        .hasSize(4)
        .startsWith("hera: line 3: the service begins with '_', which is reserved")
        .endsWith("hera: 2 registrations checked, 3 faults");
    assertThat(node.get("/").body()).isEqualTo("{}");
  }

  @Test
  void aLargeImportIsSentInSlicesOfOneMebibyte() {
    String document = "{\"a\":\"" + "x".repeat(60_000) + "\"}";
    console.in(IntStream.range(0, 40)
        .mapToObj(i -> "{\"service\":\"s\",\"id\":\"%s\",\"document\":%s}\n".formatted(i, document))
        .collect(Collectors.joining()));
    assertThat(hera("import", "-")).isZero();
    assertThat(node.get("/").body()).isEqualTo("{\"s\":{\"instances\":40}}");
    assertThat(node.get("/_metrics").body())
        .containsPattern(
            "hera_http_requests_total\\{method=\"POST\",route=\"/_batch\",status=\"200\"} 3\\.0");
  }

  @Test
  void anExportThatBreaksOffLeavesNoFile() {
    int port = Ports.free();
    String half = "HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n{\"service\"";
    Path file = directory.resolve("half.ndjson");
    try (RawServer other =
        new RawServer(port, head -> Optional.of(half.getBytes(StandardCharsets.US_ASCII)))) {
      String nodes = "http://127.0.0.1:" + port;
      assertThat(hera("export", "--nodes", nodes, "--timeout", "200ms", "-o", file.toString()))
          .isEqualTo(5);
      assertThat(console.err()).contains("nothing within 0.2 s; the export is not whole");
      assertThat(other.heads()).hasSize(1);
    }
    assertThat(directory).isEmptyDirectory();
  }

  @Test
  void aFileThatIsNotThereIsOneLine() {
    assertThat(hera("import", directory.resolve("none").toString())).isEqualTo(2);
    assertThat(console.err())
        .isEqualTo("hera: %s: does not exist%n".formatted(directory.resolve("none")));
    console.in("[1]");
    assertThat(hera("import", "-")).isEqualTo(2);
    assertThat(console.err())
        .startsWith("hera: neither lines of registrations nor an object of services");
  }
}

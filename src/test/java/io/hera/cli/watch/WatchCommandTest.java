package io.hera.cli.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.hera.testkit.Console;
import io.hera.testkit.Eventually;
import io.hera.testkit.Ports;
import io.hera.testkit.ServedNode;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code hera watch} against nodes. */
@Execution(ExecutionMode.CONCURRENT)
@Timeout(60)
class WatchCommandTest {
  @TempDir
  private Path directory;

  @AutoClose
  private final ServedNode node = ServedNode.ready();

  private final Console console =
      new Console().with("HERA_NODES", "http://127.0.0.1:" + node.port());

  /** A pipe whose reader goes after some lines. */
  private static final class Pipe extends OutputStream {
    private final ByteArrayOutputStream read = new ByteArrayOutputStream();
    private final int linesMax;

    Pipe(int linesMax) {
      this.linesMax = linesMax;
    }

    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int count) throws IOException {
      if (count > 0 && lines().size() >= linesMax) {
        throw new IOException("Broken pipe");
      }
      read.write(bytes, from, count);
    }

    List<String> lines() {
      return read.toString(StandardCharsets.UTF_8).lines().toList();
    }
  }

  private CompletableFuture<Integer> watch(Pipe out, String... arguments) {
    String[] all = new String[arguments.length + 1];
    all[0] = "watch";
    System.arraycopy(arguments, 0, all, 1, arguments.length);
    return CompletableFuture.supplyAsync(() -> console.runInto(out, all));
  }

  private void deregister(String target) {
    node.send("DELETE", target, "").isDone();
  }

  @Test
  void eachChangeIsALineUntilTheReaderHasGone() {
    node.register("/orders/1", "{\"host\":\"10.1.1.1\",\"port\":80}");
    Pipe out = new Pipe(5);
    CompletableFuture<Integer> watching = watch(out, "orders");
    node.awaitWatchers(1);
    node.register("/orders/2", "{}");
    node.register("/orders/2", "{\"a\":\n1}");
    node.register("/other/1", "{}");
    deregister("/orders/1");
    node.register("/orders/3?ttl=1", "{}");
    Eventually.passes(() -> assertThat(out.lines()).hasSize(5));
    assertThat(out.lines().stream().map(line -> line.replaceFirst("^\\d\\d:\\d\\d:\\d\\d  ", "")))
        .containsExactly("+  1  10.1.1.1:80", "+  2", "~  2", "-  1  deregistered", "+  3");
    node.register("/orders/4", "{}");
    assertThat(watching.join()).isZero();
    assertThat(console.err()).isEmpty();
  }

  @Test
  void allServicesAreFollowedAsJson() {
    node.register("/orders/1", "{\"a\":\n1}");
    Pipe out = new Pipe(3);
    CompletableFuture<Integer> watching = watch(out, "--json");
    node.awaitWatchers(1);
    node.register("/we%C3%A9b/2?ttl=1", "{}");
    Eventually.passes(() -> assertThat(out.lines()).hasSize(3));
    node.register("/orders/3", "{}");
    assertThat(watching.join()).isZero();
    JsonObject first = new JsonObject(out.lines().get(0));
    assertThat(first.getLong("at")).isPositive();
    first.remove("at");
    assertThat(first)
        .isEqualTo(
            new JsonObject(
                "{\"type\":\"registered\",\"service\":\"orders\",\"id\":\"1\",\"instance\":{\"a\":1}}"));
    assertThat(out.lines().get(2))
        .contains("\"type\":\"expired\",\"service\":\"weéb\",\"id\":\"2\"}");
  }

  /** The other node has other instances: the differences are changes. */
  @Test
  void theNextNodeIsFollowedWhenOneIsLost() {
    try (ServedNode other = ServedNode.ready("fedcba9876543210")) {
      ServedNode lost = ServedNode.ready();
      lost.register("/orders/1", "{}");
      lost.register("/orders/2", "{}");
      other.register("/orders/2", "{}");
      other.register("/orders/3", "{}");
      console.with(
          "HERA_NODES", "http://127.0.0.1:" + lost.port() + ",http://127.0.0.1:" + other.port());
      Pipe out = new Pipe(4);
      CompletableFuture<Integer> watching = watch(out, "orders");
      Eventually.passes(() -> assertThat(out.lines()).hasSize(2));
      lost.close();
      Eventually.passes(() -> assertThat(out.lines()).hasSize(4));
      other.register("/orders/4", "{}");
      assertThat(watching.join()).isZero();
      assertThat(out.lines().get(2)).endsWith("  -  1  gone");
      assertThat(out.lines().get(3)).endsWith("  +  3");
      assertThat(console.err())
          .startsWith("hera: http://127.0.0.1:" + lost.port() + " ")
          .endsWith("; following http://127.0.0.1:" + other.port() + System.lineSeparator())
          .hasLineCount(1);
    }
  }

  @Test
  void aCommandGetsTheInstancesOnStdinOneRunAtATime() throws Exception {
    Path out = directory.resolve("out");
    Path go = directory.resolve("go");
    List<String> complaints = new CopyOnWriteArrayList<>();
    List<String> snapshots = new CopyOnWriteArrayList<>(List.of("{}"));
    ExecLoop loop = new ExecLoop(
        "cat >> " + out + "; while [ ! -e " + go + " ]; do sleep 0.02; done; exit 3",
        () -> (snapshots.get(snapshots.size() - 1) + "\n").getBytes(StandardCharsets.UTF_8),
        complaints::add);
    Thread thread = loop.begin();
    loop.changed();
    Eventually.passes(() -> assertThat(out).content().isEqualTo("{}\n"));
    for (int i = 1; i <= 9; i++) {
      snapshots.add("{\"" + i + "\":{}}");
      loop.changed();
    }
    Files.createFile(go);
    Eventually.passes(() -> assertThat(complaints).hasSize(2));
    assertThat(out).content().isEqualTo("{}\n{\"9\":{}}\n");
    assertThat(complaints).allMatch(line -> line.endsWith(" has ended with 3"));
    thread.interrupt();
    thread.join();
  }

  @Test
  void aCommandNeedNotReadItsStdin() throws Exception {
    List<String> complaints = new CopyOnWriteArrayList<>();
    ExecLoop loop = new ExecLoop("exit 4", () -> new byte[1 << 20], complaints::add);
    Thread thread = loop.begin();
    loop.changed();
    Eventually.passes(
        () -> assertThat(complaints).containsExactly("--exec: exit 4 has ended with 4"));
    thread.interrupt();
    thread.join();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "watch a/b/c | hera: a/b/c is not SERVICE or SERVICE/ID",
        "watch -o name | hera: changes have no -o name",
        "watch --exec x --json | hera: --exec prints nothing: leave -o out"
      })
  void aMistakeIsOneLine(String arguments, String line) {
    assertThat(console.run(arguments.split(" ", -1))).isEqualTo(2);
    assertThat(console.err()).isEqualTo(line + System.lineSeparator());
  }

  @Test
  void withoutAnyNodeAtFirstItEnds() {
    int port = Ports.free();
    assertThat(console.run("watch", "orders", "--nodes", "127.0.0.1:" + port)).isEqualTo(5);
    assertThat(console.err())
        .isEqualTo(
            "hera: http://127.0.0.1:%d does not answer: connection refused%n".formatted(port));
  }
}

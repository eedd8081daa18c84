package io.hera.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.hera.cli.shell.Surroundings;
import io.hera.store.history.Cause;
import io.hera.store.history.EventType;
import io.hera.store.history.HistoryEvents;
import io.hera.testkit.Console;
import io.hera.testkit.Ports;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The commands that ask for histories. */
@Execution(ExecutionMode.CONCURRENT)
@Timeout(60)
class EventsCommandTest {
  private static final Cause PUT = new Cause.Client(Cause.Action.PUT, "10.1.1.7", "ci");

  @TempDir
  private Path directory;

  @AutoClose
  private final FakeHistoryNode a = new FakeHistoryNode("a");

  @AutoClose
  private final FakeHistoryNode b = new FakeHistoryNode("b");

  private final StringWriter err = new StringWriter();

  /** A pipe whose reader goes after some lines. */
  private static final class Pipe extends Writer {
    private final StringBuilder read = new StringBuilder();
    private final int linesMax;

    Pipe(int linesMax) {
      this.linesMax = linesMax;
    }

    @Override
    public void write(char[] text, int from, int length) throws IOException {
      if (read.toString().lines().count() >= linesMax) {
        throw new IOException("broken pipe");
      }
      read.append(text, from, length);
    }

    @Override
    public void flush() {
      // has no buffer
    }

    @Override
    public void close() {
      // is not closed
    }
  }

  private int run(Writer out, String... arguments) {
    Surroundings around = Console.surroundings(InputStream.nullInputStream(), out, err);
    return Hera.execute("1", launch -> 7, around, arguments);
  }

  private List<String> lines(int code, String... arguments) {
    StringWriter out = new StringWriter();
    assertThat(run(out, arguments)).as("%s", err).isEqualTo(code);
    return out.toString().lines().toList();
  }

  @Test
  void theNewestEventsOfANodeArePrintedOldestFirst() {
    a.add(HistoryEvents.registrations(1, 1_200));
    List<String> lines = lines(0, "events", a.address(), "--limit", "700");
    assertThat(lines).hasSize(700);
    assertThat(lines.get(699))
        .isEqualTo("2023-11-14T22:13:21.200Z  registered    wéb%0A/id%201200  a  registered at a,"
            + " as b tells");
    assertThat(lines.get(0)).contains("id%20501  ");
    assertThat(a.requests).containsExactly("/_events?limit=500", "/_events?limit=200&before=701");
    assertThat(err.toString()).isEmpty();
  }

  @Test
  void aNodeIsAskedForTheEventsThatAreWantedOnly() {
    a.add(HistoryEvents.registrations(1, 3));
    String[] arguments = {
      "events", "--service", "wéb ", "--id", "1", "--type", "moved", "--json", a.address()
    };
    assertThat(lines(0, arguments)).isEmpty();
    assertThat(a.requests)
        .containsExactly("/_events?service=w%C3%A9b%20&id=1&type=moved&limit=100");
  }

  @Test
  void theEventsOfAllNodesArePutTogether() throws IOException {
    a.add(List.of(HistoryEvents.event(2, EventType.REGISTERED, PUT)));
    b.add(HistoryEvents.registrations(2, 2));
    int silent = Ports.free();
    Path file = Files.writeString(
        directory.resolve("hera.yml"),
        "cluster:%n  a: {host: 127.0.0.1, port: %d}%n  b: {host: 127.0.0.1, port: %d}%n  c: {host: 127.0.0.1, port: %d}%n"
            .formatted(a.port, b.port, silent));
    assertThat(lines(1, "events", "--all", "-c", file.toString()))
        .containsExactly(
            "2023-11-14T22:13:20.002Z  registered    wéb%0A/id%202  a  registered by a PUT from"
                + " 10.1.1.7 (ci); seen by a, b",
            "2023-11-14T22:13:20.003Z  registered    wéb%0A/id%203  a  registered at a, as b tells;"
                + " stands for 1 earlier event as well; seen by b");
    assertThat(err.toString())
        .isEqualTo(
            "at 127.0.0.1:" + silent + ": does not answer: connection refused%n".formatted());
    List<String> json =
        lines(1, "events", "--all", "--json", "--limit", "1", "-c", file.toString());
    assertThat(json).hasSize(1);
    JsonObject fact = new JsonObject(json.get(0));
    assertThat(fact.getJsonArray("seen").getJsonObject(0).getString("node")).isEqualTo("b");
    assertThat(fact.getInteger("n")).isEqualTo(3);
    assertThat(lines(0, "events", "-c", file.toString())).hasSize(1);
  }

  /** The events come while it reads, and each stream ends after one. */
  @Test
  void aNodeIsFollowedAsLongAsThereIsAReader() {
    a.add(HistoryEvents.registrations(1, 2));
    a.addWithFirstStream(HistoryEvents.registrations(3, 9));
    Pipe out = new Pipe(5);
    assertThat(run(out, "events", "--follow", a.address())).isZero();
    assertThat(
            out.read.toString().lines().map(line -> line.replaceFirst(".*/id%20(\\d+) .*", "$1")))
        .startsWith("1", "2", "3", "4", "5");
    assertThat(a.requests)
        .startsWith(
            "/_events?limit=100",
            "/_events?every after 9f2c:2",
            "/_events?every after 9f2c:3",
            "/_events?every after 9f2c:4");
  }

  @Test
  void aNodeOfAnEarlierVersionAndOneThatIsNotThereAreNamed() {
    int silent = Ports.free();
    assertThat(lines(1, "why", "web/1", "127.0.0.1:" + silent)).isEmpty();
    assertThat(err.toString())
        .contains("at 127.0.0.1:" + silent + ": does not answer: connection refused")
        .contains("No node answers.");
  }

  /** Without it, the line of the instance would be one of all nodes. */
  @Test
  void aNodeThatDoesNotNameItsPeersToTheClientIsNamed() {
    a.otherStatus = 403;
    b.otherStatus = 403;
    assertThat(lines(0, "events", "--all", a.address(), b.address())).isEmpty();
    assertThat(err.toString().lines())
        .containsExactly("at " + a.address() + ", " + b.address()
            + ": the peers are not shown to this client, which needs the permission operate for that;"
            + " nodes that are known nowhere else are not asked");
    assertThat(lines(1, "why", "web/1", a.address())).hasSize(1);
    assertThat(err.toString().lines()).hasSize(2);
    assertThat(lines(0, "events", a.address())).isEmpty();
    assertThat(err.toString().lines()).as("one node was asked for").hasSize(2);
  }

  @Test
  void anInstanceThatWasNeverSeenIsExplained() {
    a.add(List.of(HistoryEvents.event(1, EventType.READY, Cause.Own.START)));
    assertThat(lines(1, "why", "wéb%20/id 2", a.address()))
        .containsExactly(
            "wéb%20/id%202 was never seen by a (history since 2023-11-14T22:13:20.001Z)");
    assertThat(err.toString()).isEmpty();
    assertThat(a.requests)
        .containsExactly(
            "/_status",
            "/_events?service=w%C3%A9b%20&id=id%202&limit=200",
            "/w%C3%A9b%20/id%202",
            "/_events?limit=1&before=2");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "events -c f h:1 | hera: give either -c FILE, HOST:PORT of a node, or --nodes or --context, see hera events -h",
        "events h | hera: h is not HOST:PORT, see hera events -h",
        "events --all --follow h:1 | hera: --follow is of one node: leave --all out, see hera events -h",
        "events --limit 0 h:1 | hera: --limit is not in 1..100000, see hera events -h",
        "events --id 1 h:1 | hera: --id needs --service, see hera events -h",
        "events --service _a h:1 | hera: the service begins with '_', which is reserved, see hera events -h",
        "events --type gone h:1 | hera: --type is not one of registered, updated, moved, expired, dropped, deregistered, drained, silent, not_silent, ready, see hera events -h",
        "why web h:1 | hera: the instance is not SERVICE/ID, see hera why -h",
        "why web/1/2 h:1 | hera: the instance is not SERVICE/ID, see hera why -h",
        "why web/%zz h:1 | hera: the name is not valid: '%' is not followed by two hexadecimal digits, see hera why -h",
        "why web/ h:1 | hera: the id is empty, see hera why -h"
      })
  void aMistakeIsOneLine(String arguments, String line) {
    assertThat(lines(2, arguments.split(" ", -1))).isEmpty();
    assertThat(err.toString()).isEqualTo(line + System.lineSeparator());
  }
}

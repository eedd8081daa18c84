package io.hera.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.hera.testkit.Console;
import io.hera.testkit.Ports;
import io.hera.testkit.RawServer;
import io.hera.testkit.ServedNode;
import io.hera.testkit.Tokens;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Commands ask one node after the other, and say how it ended. */
@Execution(ExecutionMode.CONCURRENT)
@Timeout(60)
class FailoverTest {
  private static final String SERVICES =
      "HTTP/1.1 200 OK\r\nContent-Length: 21\r\n\r\n{\"a\":{\"instances\":1}}";

  private static final String MOVED =
      "HTTP/1.1 302 Found\r\nLocation: /_x\r\nContent-Length: 0\r\n\r\n";

  private final Console console = new Console();

  private static String url(int port) {
    return "http://127.0.0.1:" + port;
  }

  private static RawServer server(int port, String answer) {
    return new RawServer(
        port,
        head -> answer.isEmpty()
            ? Optional.empty()
            : Optional.of(answer.getBytes(StandardCharsets.US_ASCII)));
  }

  @Test
  void theNextNodeIsAskedIfOneRefusesTheConnectionHangsIsStartingOrIsNoNode() {
    List<Integer> ports = Ports.free(5);
    try (RawServer hangs = server(ports.get(1), "");
        RawServer foreign = server(ports.get(2), MOVED);
        ServedNode starting = ServedNode.recovering();
        RawServer good = server(ports.get(4), SERVICES)) {
      String nodes = url(ports.get(0)) + ";" + url(ports.get(2)) + "," + url(starting.port()) + ","
          + url(ports.get(1)) + ";" + url(ports.get(4));
      assertThat(console.run("ls", "--nodes", nodes, "--timeout", "8s", "-v", "-o", "name"))
          .isZero();
      assertThat(console.out()).isEqualTo("a\n");
      assertThat(console.err())
          .contains(url(ports.get(0)) + " does not answer: connection refused")
          .contains(url(ports.get(1)) + " does not answer: nothing within ")
          .contains(url(ports.get(2)) + " answers 302 without a problem of Hera")
          .contains(url(starting.port()) + " recovering: ");
      assertThat(hangs.heads()).as("it is asked once").hasSize(1);
      assertThat(foreign.heads()).as("a redirect is not followed").hasSize(1);
      assertThat(good.heads()).hasSize(1);
    }
  }

  @Test
  void ifNoNodeAnswersEachIsNamedWithTheReason() {
    List<Integer> ports = Ports.free(2);
    String nodes = url(ports.get(0)) + "," + url(ports.get(1));
    assertThat(console.run("ls", "--nodes", nodes)).isEqualTo(5);
    assertThat(console.out()).isEmpty();
    assertThat(console.err().lines())
        .containsExactly(
            "hera: " + url(ports.get(0)) + " does not answer: connection refused",
            "hera: " + url(ports.get(1)) + " does not answer: connection refused");
  }

  @Test
  void aRefusalIsNotTakenToAnotherNode() {
    try (ServedNode node = ServedNode.ready();
        RawServer other = server(Ports.free(), SERVICES)) {
      String nodes = url(node.port()) + "," + url(1);
      assertThat(console.run("put", "a/1", "[]", "--nodes", nodes)).isEqualTo(4);
      assertThat(console.err()).hasLineCount(1).contains("invalid-document");
      assertThat(other.heads()).isEmpty();
    }
  }

  @Test
  void aTokenIsShownOnLoopbackAndNotSentInClearElsewhere() {
    int port = Ports.free();
    try (RawServer node = server(port, SERVICES)) {
      console.with("HERA_TOKEN", Tokens.READER);
      assertThat(console.run("ls", "--nodes", url(port))).isZero();
      assertThat(node.heads().get(0)).contains("Authorization: Bearer " + Tokens.READER);
    }
    assertThat(console.run("ls", "--nodes", "http://192.0.2.1:1", "--timeout", "50ms"))
        .isEqualTo(5);
    assertThat(console.err()).doesNotContain(Tokens.READER);
  }

  @Test
  void anAnswerThatIsNotJsonIsNoListing() {
    int port = Ports.free();
    String html = "HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\n<html>";
    try (RawServer node = server(port, html)) {
      assertThat(console.run("ls", "--nodes", url(port))).isEqualTo(5);
      assertThat(console.err())
          .isEqualTo("hera: %s does not answer with a JSON object%n".formatted(url(port)));
      assertThat(node.heads()).hasSize(1);
    }
  }

  /** As {@code head -1} does. */
  @Test
  void aReaderThatGoesEndsACommandQuietly() {
    int port = Ports.free();
    try (RawServer node = server(port, SERVICES)) {
      assertThat(console.runInto(failing("Broken pipe"), "ls", "--nodes", url(port)))
          .isZero();
      assertThat(console.err()).isEmpty();
      assertThat(console.runInto(failing("No space left on device"), "ls", "--nodes", url(port)))
          .isEqualTo(2);
      assertThat(console.err()).contains("stdout takes no more data: No space left on device");
      assertThat(node.heads()).hasSize(2);
    }
  }

  private static OutputStream failing(String why) {
    return new OutputStream() {
      @Override
      public void write(int b) throws IOException {
        throw new IOException(why);
      }
    };
  }
}

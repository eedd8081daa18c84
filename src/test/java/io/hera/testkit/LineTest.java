package io.hera.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.EOFException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests that a reply which is cut off fails its reader. */
@Timeout(60)
class LineTest {
  private static final String HEAD = "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n";

  @ParameterizedTest
  @ValueSource(strings = {"", "5", "5\r\n", "5\r\nab", "2\r\nab\r\n", "2\r\nab\r\n0\r\n"})
  void aBodyInChunksThatIsCutOffFails(String body) {
    int port = Ports.free();
    byte[] answer = (HEAD + body).getBytes(StandardCharsets.ISO_8859_1);
    try (RawServer server = new RawServer(port, head -> Optional.of(answer));
        Line line = new Line(port)) {
      line.write(Line.request("GET", "/", new byte[0])).finish();
      assertThatThrownBy(() -> line.readAny("GET")).hasRootCauseInstanceOf(EOFException.class);
      assertThat(server.heads()).hasSize(1);
    }
  }
}

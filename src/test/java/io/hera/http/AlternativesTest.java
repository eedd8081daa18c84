package io.hera.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.hera.testkit.Line;
import io.hera.testkit.ServedNode;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The types and codings that clients take and prefer. */
class AlternativesTest {
  @AutoClose
  private static final ServedNode node = ServedNode.ready();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "gzip | 1000",
        "br, GZIP ;q=0.5 | 500",
        "gzip;q=0.1, gzip | 1000",
        "gzip; Q = 0.25 | 250",
        "gzip;q=0 | 0",
        "gzip;q=0.000 | 0",
        "gzip;q=0.0001 | 1",
        "gzip;q=1.000 | 1000",
        "gzip;q=7 | 1000",
        "gzip;q=.5 | 500",
        "gzip;q=high | 1000",
        "gzip;q= | 1000",
        "gzip;level=\"a,b;q=0\";q=0.3 | 300"
      })
  void theWeightOfWhatIsListedIsInThousandths(String line, int weight) {
    assertThat(Alternatives.weight(List.of("x", line), "gzip")).hasValue(weight);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "gzi", "br;q=\"gzip\"", "\"x,gzip\"", "xgzip, *"})
  void anUnlistedNameHasNoWeight(String line) {
    assertThat(Alternatives.weight(List.of(line), "gzip")).isEqualTo(OptionalInt.empty());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "text/event-stream | text/event-stream",
        "application/json, text/event-stream | text/event-stream",
        "text/event-stream;q=0.5, */*;q=0.5 | text/event-stream",
        "text/event-stream;charset=utf-8 | text/event-stream",
        "TEXT/Event-Stream, application/json;q=0.9 | text/event-stream",
        "application/json;q=0, text/event-stream;q=0.1, */* | text/event-stream",
        "application/json, text/event-stream;q=0.1 | application/json",
        "text/event-stream;q=0.1, */* | application/json",
        "text/event-stream;q=0.5, application/*;q=0.6 | application/json",
        "text/event-stream;q=0, application/json;q=0.1 | application/json",
        "text/*, */*;q=0.1 | application/json",
        "text/html;q=0.5, application/json;q=0.4, */*;q=0.8 | application/json",
        "*/* | application/json"
      })
  void theWeightsDecideBetweenAStreamAndJson(String accept, String type) {
    node.register("/s/1", "{}");
    for (String target : List.of("/s", "/s/1", "/")) {
      try (Line line = node.line()) {
        line.write("GET " + target + " HTTP/1.1\r\nHost: h\r\nAccept: " + accept + "\r\n\r\n");
        assertThat(line.readHead().header("content-type")).startsWith(type);
      }
    }
  }

  @Test
  void aClientThatPrefersPlainBytesGetsThem() {
    node.register("/long/1", "{\"x\":\"" + "y".repeat(2_000) + "\"}");
    for (String accepted : List.of("gzip", "x-gzip", "*", "identity;q=0.5, gzip", "br, *;q=0.1")) {
      assertThat(encoding(accepted)).as(accepted).isEqualTo("gzip");
    }
    for (String accepted : List.of("gzip;q=0.5, identity", "*;q=0", "gzip;q=0, *", "br")) {
      assertThat(encoding(accepted)).as(accepted).isEmpty();
    }
  }

  private static String encoding(String accepted) {
    return node.get("/long", "Accept-Encoding: " + accepted).header("content-encoding");
  }
}

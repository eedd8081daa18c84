package io.hera.http.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.hera.testkit.Line;
import io.hera.testkit.Reply;
import io.hera.testkit.ServedNode;
import io.hera.testkit.TestLimits;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Instances that choose their ttl. Limits are wide apart so that a slow machine changes nothing. */
class TtlTest {
  @AutoClose
  private static final ServedNode node =
      ServedNode.ready(TestLimits.lifetimes(300_000, 100_000, 9_000_000));

  @ParameterizedTest
  @CsvSource({
    "2000, 2000",
    "2000s, 2000",
    "2000.5s, 2001",
    "2000000ms, 2000",
    "50m, 3000",
    "1h, 3600",
    "0, 100",
    "0ms, 100",
    "500ms, 100",
    "1s, 100",
    "100h, 9000",
    "99999999999999999999999999, 9000",
    "9223372036854775807, 9000",
    "9223372036854775807ms, 9000"
  })
  void aTtlIsUnderstoodAndKeptWithinTheBounds(String ttl, long seconds) {
    node.register("/ttl/1?ttl=" + ttl, "{}");
    assertThat(node.expiresIn("/ttl/1")).isBetween(seconds - 60, seconds);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-1",
        "-1s",
        "+5",
        "x",
        "",
        "s",
        "1d",
        "1 s",
        "1%20s",
        "1S",
        "1e3",
        "0x10",
        ".5",
        "1.",
        "NaN",
        "Infinity",
        "15s,",
        "15;s",
        "%31s%20",
        "1_0",
        "\u0661"
      })
  void aTtlThatIsNotADurationIsRefusedAndChangesNothing(String ttl) {
    node.register("/garbage/1?ttl=3000", "{\"n\":1}");
    byte[] target = ("PUT /garbage/1?ttl=" + ttl + " HTTP/1.1\r\nHost: h\r\n"
            + "Content-Length: 7\r\n\r\n{\"n\":2}")
        .getBytes(java.nio.charset.StandardCharsets.UTF_8);
    try (Line line = node.line()) {
      Reply reply = line.write(target).read("PUT");
      reply.isProblem(400, ttl.contains(" ") ? "invalid-request" : "invalid-query");
    }
    assertThat(node.document("/garbage/1")).isEqualTo("{\"n\":1}");
  }

  @Test
  void aTtlGivenTwiceIsRefused() {
    node.put("/twice/1?ttl=15&ttl=15", "{}").isProblem(400, "invalid-query");
    node.put("/twice/1?ttl&x&ttl=", "{}").isProblem(400, "invalid-query");
    node.put("/twice/1?ttl", "{}").isProblem(400, "invalid-query");
  }

  @Test
  void unknownParametersAreIgnored() {
    node.register("/others/1?TTL=2000&ttls=2000&x=ttl=2000", "{}");
    assertThat(node.expiresIn("/others/1")).isBetween(200L, 300L);
  }

  @Test
  void aTtlIsKeptByEveryLaterRenewalUntilAnotherIsChosen() {
    node.register("/kept/1?ttl=3000", "{\"n\":1}");
    node.put("/kept/1", "{\"n\":2}").isDone();
    assertThat(node.expiresIn("/kept/1")).isBetween(2_900L, 3_000L);
    node.put("/kept/1", "").isDone();
    assertThat(node.expiresIn("/kept/1")).isBetween(2_900L, 3_000L);
    node.put("/kept/1?ttl=2000", "").isDone();
    node.put("/kept/1", "").isDone();
    assertThat(node.expiresIn("/kept/1")).isBetween(1_900L, 2_000L);
  }

  @Test
  void aDeregisteredInstanceLosesItsTtl() {
    node.register("/anew/1?ttl=3000", "{}");
    node.send("DELETE", "/anew/1", "").isDone();
    node.register("/anew/1", "{}");
    assertThat(node.expiresIn("/anew/1")).isBetween(200L, 300L);
  }

  @Test
  void aTtlDoesNotRegisterAnUnknownInstance() {
    node.put("/unknown/1?ttl=15s", "").isProblem(404, "unknown-instance");
  }
}

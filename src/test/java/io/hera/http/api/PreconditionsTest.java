package io.hera.http.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.hera.testkit.Line;
import io.hera.testkit.Reply;
import io.hera.testkit.ServedNode;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Writes under conditions on what the node shows. */
class PreconditionsTest {
  private static final String KEPT = "{\"n\":1}";

  @AutoClose
  private static final ServedNode node = ServedNode.ready();

  @BeforeEach
  void register() {
    node.register("/s/1", KEPT);
    node.send("DELETE", "/s/none", "").isDone();
  }

  private static Reply send(String method, String target, String body, String header) {
    try (Line line = node.line()) {
      return line.send(method, target, body, header);
    }
  }

  private static String tag() {
    return node.get("/s/1").header("etag");
  }

  @ParameterizedTest
  @CsvSource({
    "If-None-Match: *",
    "If-None-Match: TAG",
    "'If-None-Match: \"x\", TAG'",
    "If-Match: \"x\"",
    "If-Match: W/\"00000000000000000000000000000000\""
  })
  void aWriteWhoseConditionDoesNotHoldChangesNothing(String header) {
    String condition = header.replace("TAG", tag());
    send("PUT", "/s/1", "{\"n\":2}", condition).isProblem(412, "precondition-failed");
    send("PUT", "/s/1?ttl=3000", "", condition).isProblem(412, "precondition-failed");
    send("DELETE", "/s/1", "", condition).isProblem(412, "precondition-failed");
    assertThat(node.document("/s/1")).isEqualTo(KEPT);
    assertThat(node.expiresIn("/s/1")).isLessThanOrEqualTo(300L);
  }

  @ParameterizedTest
  @ValueSource(strings = {"If-Match: *", "If-Match: \"x\"", "If-Match: TAG"})
  void nothingMatchesAnInstanceThatIsNotThere(String header) {
    String condition = header.replace("TAG", tag());
    send("PUT", "/s/none", "{}", condition).isProblem(412, "precondition-failed");
    send("DELETE", "/s/none", "", condition).isProblem(412, "precondition-failed");
    node.get("/s/none").isProblem(404, "unknown-instance");
  }

  @Test
  void aWriteWhoseConditionHoldsIsDone() {
    send("PUT", "/s/none", "{}", "If-None-Match: *").isDone();
    send("PUT", "/s/none", "{}", "If-None-Match: *").isProblem(412, "precondition-failed");
    send("DELETE", "/s/none", "", "If-Match: *").isDone();
    send("PUT", "/s/1", "", "If-Match: " + tag()).isDone();
    send("PUT", "/s/1", "{\"n\":2}", "If-Match: \"x\", " + tag()).isDone();
    send("PUT", "/s/1", "{\"n\":3}", "If-Match: *").isDone();
    send("PUT", "/s/1", "{\"n\":4}", "If-None-Match: \"x\"").isDone();
    assertThat(node.document("/s/1")).isEqualTo("{\"n\":4}");
    send("DELETE", "/s/1", "", "If-Match: " + tag()).isDone();
    node.get("/s/1").isProblem(404, "unknown-instance");
  }

  /** The content is compared, not the bytes: a heartbeat in between does not matter. */
  @Test
  void aHeartbeatKeepsTheTagThatAConditionNames() {
    String tag = tag();
    node.register("/s/1", "{\"updated_at\":5, \"n\":1}");
    send("PUT", "/s/1", "{\"n\":2}", "If-Match: " + tag).isDone();
    send("PUT", "/s/1", "{\"n\":3}", "If-Match: " + tag).isProblem(412, "precondition-failed");
  }

  @Test
  void aNodeThatIsNotSynchronisedRefusesConditions() {
    try (ServedNode recovering = ServedNode.recovering();
        Line line = recovering.line()) {
      line.send("PUT", "/s/1", "{}", "If-None-Match: *").isProblem(503, "recovering");
    }
  }
}

package io.hera.http.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.hera.registry.Delta;
import io.hera.registry.Key;
import io.hera.registry.OriginDelta;
import io.hera.registry.Registration;
import io.hera.testkit.Line;
import io.hera.testkit.ServedNode;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** Deregistering. */
class DeleteTest {
  @AutoClose
  private static final ServedNode node = ServedNode.ready();

  @Test
  void aDeletedInstanceIsInNoReply() {
    node.register("/gone/1", "{}");
    node.register("/gone/2", "{}");
    node.send("DELETE", "/gone/1", "").isDone();
    node.get("/gone/1").isProblem(404, "unknown-instance");
    assertThat(node.document("/gone")).isEqualTo("{\"2\":{}}");
    node.send("DELETE", "/gone/2", "").isDone();
    assertThat(node.document("/gone")).isEqualTo("{}");
    assertThat(node.get("/").json().fieldNames()).doesNotContain("gone");
  }

  @Test
  void deletingAnUnknownInstanceSucceeds() {
    node.register("/twice/1", "{}");
    node.send("DELETE", "/twice/1", "").isDone();
    node.send("DELETE", "/twice/1", "").isDone();
    node.send("DELETE", "/never/1", "").isDone();
  }

  @Test
  void aDeletedInstanceCanBeRegisteredAgainButNotRenewed() {
    node.register("/back/1", "{\"n\":1}");
    node.send("DELETE", "/back/1", "").isDone();
    node.put("/back/1", "").isProblem(404, "unknown-instance");
    node.register("/back/1", "{\"n\":2}");
    assertThat(node.document("/back/1")).isEqualTo("{\"n\":2}");
  }

  @Test
  void theBodyOfADeleteIsIgnored() {
    node.register("/bodied/1", "{}");
    try (Line line = node.line()) {
      line.send("DELETE", "/bodied/1", "not json", "Content-Type: text/xml").isDone();
      line.send("GET", "/bodied/1", "").isProblem(404, "unknown-instance");
    }
  }

  @Test
  void anInstanceOfAnotherOriginCanBeDeletedHere() {
    long version = InstantSource.system().millis();
    byte[] document = "{\"n\":1}".getBytes(StandardCharsets.UTF_8);
    Registration entry = new Registration(new Key("elsewhere", "1"), document, version, 0, 300_000);
    node.merge(new Delta(List.of(new OriginDelta("b", 0, version, false, List.of(entry)))));
    assertThat(node.get("/elsewhere/1").header("hera-origin")).isEqualTo("b");
    node.send("DELETE", "/elsewhere/1", "").isDone();
    assertThat(node.document("/elsewhere")).isEqualTo("{}");
  }
}

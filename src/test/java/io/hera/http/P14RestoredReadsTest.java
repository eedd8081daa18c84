package io.hera.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.hera.registry.Delta;
import io.hera.registry.Entry;
import io.hera.registry.Key;
import io.hera.registry.OriginDelta;
import io.hera.registry.Registration;
import io.hera.store.SavedPage;
import io.hera.testkit.EventClient;
import io.hera.testkit.Reply;
import io.hera.testkit.ServedNode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rule P14: a node that is not ready shows what it has restored, and does not say that anything else is not there. */
@Timeout(60)
class P14RestoredReadsTest {
  private static final long LIVENESS = 300_000;

  @AutoClose
  private final ServedNode node = ServedNode.recovering();

  @BeforeEach
  void restore() {
    byte[] document = "{\"zone\":\"ams\"}".getBytes(StandardCharsets.UTF_8);
    Entry entry = new Registration(new Key("s", "1"), document, 1_000, 0, LIVENESS);
    OriginDelta part = new OriginDelta("b", 0, 0, false, List.of(entry));
    node.store.restore(new SavedPage(new Delta(List.of(part)), LIVENESS)).await();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        "/s",
        "/s/1",
        "/?service=s",
        "/_export",
        "/_sd/prometheus",
        "/_sd/prometheus?service=s"
      })
  void restoredInstancesAreShown(String target) {
    assertThat(node.get(target).status()).isEqualTo(200);
    node.endRecovery();
    assertThat(node.get(target).status()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/t",
        "/t/1",
        "/s/2",
        "/s?match=zone:fra",
        "/s?match=zone:ams",
        "/?service=t",
        "/?service=s&service=t",
        "/_sd/prometheus?service=t",
        "/_sd/traefik",
        "/_sd/traefik?service=s",
        "/_sd/lines?service=s&line=x",
        "/_sd/lines?service=s&line=x&wait=5m"
      })
  void ofEverythingElseNothingIsSaid(String target) {
    isRefused(node.get(target));
    node.endRecovery();
    isRefused(node.get(target));
    node.synchronise();
    assertThat(node.get(target).status()).isIn(200, 404);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/t", "/t/1", "/s/2"})
  void noStreamBeginsWithAnAbsenceThatIsUnknown(String target) {
    try (EventClient client = new EventClient(node.port(), target, "")) {
      assertThat(client.response().statusCode()).isEqualTo(503);
    }
  }

  private static void isRefused(Reply reply) {
    reply.isProblem(503, "recovering");
    assertThat(reply.header("retry-after")).isEqualTo("1");
  }

  @Test
  void aServiceOfWhichNothingIsRestoredAnyMoreIsNotShown() {
    node.endRecovery();
    node.send("DELETE", "/s/1", "").isDone();
    isRefused(node.get("/s"));
    isRefused(node.get("/"));
  }
}

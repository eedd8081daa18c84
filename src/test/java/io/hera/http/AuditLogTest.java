package io.hera.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.hera.registry.Key;
import io.hera.store.page.Subject;
import io.hera.testkit.AuditLines;
import io.hera.testkit.Tokens;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Attacks A9 and H4: the log of refused requests. */
class AuditLogTest {
  private final AuditLines lines = new AuditLines();
  private long nowSeconds;
  private final AuditLog log = new AuditLog(() -> TimeUnit.SECONDS.toNanos(nowSeconds));

  @AfterEach
  void stop() {
    lines.close();
  }

  private void refuse(String address, String path) {
    AuditLog.Source source = new AuditLog.Source("scope", "billing", "5f3c9a1e", address);
    log.refused(new AuditLog.Refusal(source, 403, "1.3", "PUT", path));
  }

  private void sweepAfter(long seconds) {
    nowSeconds += seconds;
    log.sweep();
  }

  @Test
  void theFirstRefusalOfASourceIsLoggedAtOnceAndTheOthersAreCounted() {
    for (int i = 0; i < 1_000; i++) {
      refuse("10.1.2.3", "/orders/...");
    }
    sweepAfter(59);
    String line = "refused status=403 reason=scope identity=billing token=5f3c9a1e"
        + " address=10.1.2.3 tls=1.3 method=PUT path=/orders/...";
    assertThat(lines.all()).containsExactly(line);
    sweepAfter(1);
    assertThat(lines.all()).containsExactly(line, line + " count=999");
    sweepAfter(60);
    assertThat(lines.all()).hasSize(2);
    refuse("10.1.2.3", "/orders/...");
    assertThat(lines.all()).hasSize(3);
  }

  @Test
  void sourcesHaveLinesOfTheirOwnUpToABound() {
    for (int i = 0; i < 1_500; i++) {
      refuse("10.1." + i / 256 + "." + i % 256, "/orders");
    }
    assertThat(lines.all()).hasSize(1_001);
    assertThat(lines.all().get(1_000)).startsWith("refused status=403 reason=scope");
    sweepAfter(60);
    assertThat(lines.all()).hasSize(1_002);
    assertThat(lines.all().get(1_001)).endsWith(" count=499");
  }

  @Test
  void pathsHaveNeitherIdsNorSecretsNorControlCharacters() {
    String token = Tokens.make();
    assertThat(AuditLog.path(new Target.OneInstance(new Key("or ders", "secret"), Query.EMPTY)))
        .isEqualTo("/or%20ders/...");
    assertThat(AuditLog.path(new Target.OneService(Subject.of("a\u009b31m"), Query.EMPTY)))
        .isEqualTo("/a%C2%9B31m");
    assertThat(AuditLog.path(new Target.Operation("/_x\u001b[31m\n" + token, Query.EMPTY)))
        .isEqualTo("/_x?[31m?(a?token)");
    assertThat(AuditLog.path(new Target.Operation("/_" + "x".repeat(1_000), Query.EMPTY)))
        .hasSizeLessThan(130);
  }
}

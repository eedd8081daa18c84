package io.hera.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hera.client.CacheEvent.Answered;
import io.hera.client.CacheEvent.Lost;
import io.hera.client.Reply.Settled;
import io.hera.testkit.ScenarioFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Runs each file of {@code src/test/resources/client} as a test, and more. */
class CacheRuleTest {
  private static final Path SCENARIOS = Path.of("src/test/resources/client");

  @TestFactory
  Stream<DynamicTest> scenarios() throws IOException {
    return ScenarioFiles.tests(SCENARIOS, (name, lines) -> new CacheScenario().run(name, lines));
  }

  @Test
  void aFailureOfAScenarioNamesFileLineAndResult() {
    List<String> lines = List.of("answer a settled 1 2", "shown fresh 1");
    assertThatThrownBy(() -> new CacheScenario().run("x.txt", lines))
        .hasMessage("x.txt:2: shown fresh 1: shown are fresh 1 2");
    assertThatThrownBy(() -> new CacheScenario().run("x.txt", List.of("anser a settled")))
        .hasMessageStartingWith("x.txt:1: anser a settled: ");
  }

  private static CacheRule rule() {
    return new CacheRule("orders", Duration.ofSeconds(60), new Random(0), 100);
  }

  private static Answered answer(String node, String... ids) {
    List<Instance> instances = Stream.of(ids)
        .map(id -> new Instance("orders", id, Document.of("{\"port\":1}"), false))
        .toList();
    return new Answered(new Reply(node, String.join(",", ids), instances, Settled.YES));
  }

  @Test
  void anAnswerThatChangesNothingShowsNothing() {
    CacheRule rule = rule();
    assertThat(rule.on(answer("a", "1"), 100)).hasSize(1);
    Snapshot shown = rule.current();
    assertThat(rule.on(answer("a", "1"), 200)).isEmpty();
    assertThat(rule.current()).isSameAs(shown);
  }

  @Test
  void anInstanceThatDoesNotChangeStaysTheSameObject() {
    CacheRule rule = rule();
    rule.on(answer("a", "1"), 100);
    Instance first = rule.current().instances().get(0);
    rule.on(answer("b", "1", "2"), 200);
    assertThat(rule.current().instances().get(0)).isSameAs(first);
  }

  @Test
  void aSnapshotSaysSinceWhenItIsAsFresh() {
    CacheRule rule = rule();
    assertThat(rule.current().sinceNanos()).isEqualTo(100);
    rule.on(answer("a", "1"), 200);
    rule.on(answer("a", "1", "2"), 300);
    assertThat(rule.current().sinceNanos()).isEqualTo(200);
    rule.on(new Lost(), 400);
    rule.on(new Lost(), 500);
    assertThat(rule.current().sinceNanos()).isEqualTo(400);
  }

  @Test
  void aClockThatOverflowsIsNoTrouble() {
    CacheRule rule =
        new CacheRule("orders", Duration.ofSeconds(60), new Random(0), Long.MAX_VALUE - 5);
    rule.on(answer("a", "1", "2"), Long.MAX_VALUE - 5);
    rule.on(answer("b", "1"), Long.MAX_VALUE - 1);
    assertThat(rule.current().instances()).hasSize(2);
    rule.on(answer("b", "1"), Long.MAX_VALUE + Duration.ofSeconds(3).toNanos());
    assertThat(rule.current().instances()).hasSize(1);
  }
}

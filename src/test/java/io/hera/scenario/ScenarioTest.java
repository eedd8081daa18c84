package io.hera.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.hera.testkit.ScenarioFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Runs each file of {@code src/test/resources/scenarios} as a test. */
class ScenarioTest {
  private static final Path SCENARIOS = Path.of("src/test/resources/scenarios");

  @TestFactory
  Stream<DynamicTest> scenarios() throws IOException {
    return ScenarioFiles.tests(SCENARIOS, (name, lines) -> new Scenario().run(name, lines));
  }

  @Test
  void aFailureNamesFileLineExpectationAndResult() {
    List<String> lines = List.of("node a", "put a s/1 {}", "expect a s 2={}");
    assertThat(failure(lines))
        .isEqualTo("x.txt:3: expect a s 2={}: expected {2={}}, found {1={}} on a");
  }

  @Test
  void anUnknownCommandIsAFailure() {
    assertThat(failure(List.of("", "# a comment", "expct a s"))).startsWith("x.txt:3: expct a s: ");
  }

  private static String failure(List<String> lines) {
    try {
      new Scenario().run("x.txt", lines);
    } catch (AssertionError error) {
      return String.valueOf(error.getMessage());
    }
    return "none";
  }
}

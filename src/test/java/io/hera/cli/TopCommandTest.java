package io.hera.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.hera.testkit.Console;
import io.hera.testkit.Ports;
import io.hera.testkit.ServedNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

@Execution(ExecutionMode.CONCURRENT)
@Timeout(60)
class TopCommandTest {
  private final Console console = new Console();

  @Test
  void intoAPipeItPrintsOneFrameOfNodesAndServices() {
    int silent = Ports.free();
    try (ServedNode node = ServedNode.ready()) {
      node.register("/orders/1", "{}");
      node.register("/orders/2", "{}");
      node.register("/web/1", "{}");
      String nodes = "http://127.0.0.1:" + node.port() + ",http://127.0.0.1:" + silent;
      assertThat(console.run("top", "--nodes", nodes)).isZero();
    }
    assertThat(console.out()).doesNotContain("\u001b");
    assertThat(console.lines().get(0)).startsWith("NODE  ADDRESS").endsWith("LAG  SKEW");
    assertThat(console.lines().get(1))
        .matches("a     127.0.0.1:\\d+  ready   3          [0-9.]+ .*");
    assertThat(console.lines().get(2)).matches("-     127.0.0.1:\\d+  silent  - .*");
    assertThat(console.lines().get(3))
        .isEqualTo("http://127.0.0.1:" + silent + " does not answer: connection refused");
    assertThat(console.lines().subList(4, 8))
        .containsExactly(
            "",
            "SERVICE  INSTANCES  CHANGES/S",
            "orders   2          0.0",
            "web      1          0.0");
  }

  @Test
  void withoutANodeItEnds() {
    assertThat(console.run("top", "--nodes", "http://127.0.0.1:" + Ports.free()))
        .isEqualTo(5);
    assertThat(console.run("top", "-n", "0")).isEqualTo(2);
    assertThat(console.err()).isEqualTo("hera: -n: 0 is below 1%n".formatted());
  }
}

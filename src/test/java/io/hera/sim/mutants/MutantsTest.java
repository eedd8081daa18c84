package io.hera.sim.mutants;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The gate: a rule that can be switched off with nobody noticing is untested or unneeded. */
class MutantsTest {
  private static final Duration DEADLINE = Duration.ofSeconds(60);
  private static final int SEEDS = 1;

  static List<Mutant> mutants() {
    return Mutant.all();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("mutants")
  void whatIsSwitchedOffIsMissed(Mutant mutant) {
    Hunt hunt = new Hunt(Compilation.of(mutant), DEADLINE);
    assertThat(caught(hunt, List.of(mutant.test())))
        .as("%s: caught by", mutant.name())
        .isPresent();
  }

  @Test
  void nothingIsMissedWhenNothingIsSwitchedOff() {
    List<String> tests = mutants().stream().map(Mutant::test).distinct().toList();
    assertThat(caught(new Hunt(Map.of(), DEADLINE), tests)).isEmpty();
  }

  private static Optional<String> caught(Hunt hunt, List<String> tests) {
    return IntStream.range(0, SEEDS)
        .mapToObj(hunt::seed)
        .flatMap(Optional::stream)
        .findFirst()
        .or(() -> tests.stream().map(hunt::test).flatMap(Optional::stream).findFirst());
  }

  @Test
  void everyRuleHasAMutant() {
    assertThat(mutants())
        .extracting(Mutant::rule)
        .containsAll(IntStream.rangeClosed(1, 13).mapToObj(rule -> "P" + rule).toList())
        .contains("S7", "S8");
  }

  @Test
  void anEditThatDoesNotFitTheSourceAnyMoreIsRefused() {
    Mutant mutant = Mutant.parse("m", """
        rule: P1
        switches off: an example
        file: io/hera/Example.java
        test: io.hera.ExampleTest
        --- old
        two();
        +++ new
        three();
        """);
    assertThat(mutant.applyTo("one();\ntwo();\n")).isEqualTo("one();\nthree();\n");
    assertThatThrownBy(() -> mutant.applyTo("one();\n")).hasMessageContaining("not in io/hera");
    assertThatThrownBy(() -> mutant.applyTo("two();\ntwo();\n"))
        .hasMessageContaining("more than once");
  }

  @Test
  void whatDoesNotEndIsCaught() {
    CountDownLatch never = new CountDownLatch(1);
    assertThat(Hunt.within(Duration.ofMillis(50), () -> {
          never.await();
          return Optional.empty();
        }))
        .contains("does not end");
  }
}

package io.hera.sim.mutants;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The texts of the mutants fit the sources and tests as they are; {@link MutantsTest} runs them.
 */
class MutantTextsTest {
  static List<Mutant> mutants() {
    return Mutant.all();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("mutants")
  void anOldTextIsInItsSourceOnce(Mutant mutant) {
    String source = Compilation.original(mutant);
    assertThat(mutant.applyTo(source)).isNotEqualTo(source);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("mutants")
  void theTestOfAMutantExists(Mutant mutant) {
    Path file =
        Compilation.root().resolve("src/test/java").resolve(mutant.test().file());
    String method = mutant.test().method();
    assertThat(file).content().contains(method.isEmpty() ? "@" : "void " + method + "(");
  }

  @Test
  void everyRuleHasAMutant() {
    assertThat(mutants())
        .extracting(Mutant::rule)
        .containsAll(IntStream.rangeClosed(1, 13).mapToObj(rule -> "P" + rule).toList())
        .contains("S7", "S8");
  }
}

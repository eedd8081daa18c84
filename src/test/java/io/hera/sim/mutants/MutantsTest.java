package io.hera.sim.mutants;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The gate: a rule is untested or unneeded if no test fails when it is switched off. */
class MutantsTest {
  /** Without a mutant, all named tests together take as long; with one, some would wait for half a minute. */
  private static final Duration DEADLINE = Duration.ofSeconds(20);
  /** Enough for all tests of the rules, on a machine with other work. */
  private static final Duration ALL_TESTS_DEADLINE = Duration.ofMinutes(2);

  private static final long SEED = 0;
  private static final int TROUBLE_SEEDS = 40;

  static List<Mutant> mutants() {
    return Mutant.all();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("mutants")
  void aTestOrAnInvariantFailsWhenARuleIsSwitchedOff(Mutant mutant) {
    Hunt hunt = new Hunt(Compilation.of(mutant), DEADLINE);
    assertThat(caught(hunt, List.of(mutant.test())))
        .as("%s: caught by", mutant.name())
        .isPresent();
  }

  static List<Mutant> simulatedMutants() {
    return mutants().stream().filter(mutant -> !mutant.troubles().isEmpty()).toList();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("simulatedMutants")
  void theKindsOfTroubleThatAMutantNamesBreakAnInvariant(Mutant mutant) {
    Hunt hunt = new Hunt(Compilation.of(mutant), DEADLINE);
    for (Mutant.Lead lead : mutant.troubles()) {
      boolean broken = hunt.seed(lead.seed(), lead.trouble()).isPresent();
      assertThat(broken || isFoundByAnotherSeed(hunt, mutant, lead))
          .as("%s: broken by %s", mutant.name(), lead.trouble())
          .isTrue();
    }
  }

  /** Plans change, and with them the seeds that break an invariant. */
  private static boolean isFoundByAnotherSeed(Hunt hunt, Mutant mutant, Mutant.Lead lead) {
    OptionalLong found = LongStream.range(0, TROUBLE_SEEDS)
        .filter(seed -> hunt.seed(seed, lead.trouble()).isPresent())
        .findFirst();
    found.ifPresent(seed -> System.out.printf(
        "mutants/%s.txt: %s finds nothing any more, %s is faster%n",
        mutant.name(), lead, new Mutant.Lead(lead.trouble(), seed)));
    return found.isPresent();
  }

  @Test
  void noTestFailsWhileNoRuleIsSwitchedOff() {
    List<TestName> tests = mutants().stream().map(Mutant::test).distinct().toList();
    assertThat(caught(new Hunt(Map.of(), ALL_TESTS_DEADLINE), tests)).isEmpty();
  }

  private static Optional<String> caught(Hunt hunt, List<TestName> tests) {
    return tests.stream()
        .map(hunt::test)
        .flatMap(Optional::stream)
        .findFirst()
        .or(() -> hunt.seed(SEED));
  }

  @Test
  void aRunThatDoesNotEndCountsAsAFailure() {
    CountDownLatch never = new CountDownLatch(1);
    assertThat(Hunt.within(Duration.ofMillis(50), () -> {
          never.await();
          return Optional.empty();
        }))
        .contains("does not end");
  }
}

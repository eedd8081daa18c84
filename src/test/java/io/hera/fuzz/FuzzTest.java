package io.hera.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Runs each {@link Target} over its corpus and over mutations of it, a fixed number by a fixed
 * seed; {@code -Dseed=} and {@code -Dfuzz.executions=} change both. Inputs that break a rule are
 * written to {@code target/fuzz}.
 */
class FuzzTest {
  private static final long SEED = Long.getLong("seed", 2012);
  private static final int EXECUTIONS = Integer.getInteger("fuzz.executions", 1_000);

  @ParameterizedTest
  @EnumSource(Target.class)
  void theInputsOfTheCorpusBreakNoRule(Target target) {
    Corpus.of(target).forEach((name, input) -> execute(target, name, input));
  }

  @ParameterizedTest
  @EnumSource(Target.class)
  void mutationsOfTheCorpusBreakNoRule(Target target) {
    List<byte[]> corpus = List.copyOf(Corpus.of(target).values());
    int accepted = 0;
    for (int i = 0; i < EXECUTIONS; i++) {
      Random random = new Random(SEED + i);
      byte[] input = new Mutator(corpus, random).next();
      accepted += execute(target, "seed-" + (SEED + i), input) ? 1 : 0;
    }
    assertThat(accepted).as("accepted").isBetween(EXECUTIONS / 100, EXECUTIONS * 99 / 100);
  }

  private static boolean execute(Target target, String name, byte[] input) {
    try {
      return target.accepts(input);
    } catch (AssertionError broken) {
      Path kept = keep(target, name, input);
      throw new AssertionError(
          "%s, %s, kept as %s: %s".formatted(target, name, kept, broken.getMessage()), broken);
    }
  }

  private static Path keep(Target target, String name, byte[] input) {
    try {
      Path folder = Files.createDirectories(Path.of("target/fuzz", target.label()));
      return Files.write(folder.resolve(name), input);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
